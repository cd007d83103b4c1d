package io.github.mparticleintercom.server;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.http.HttpErrors;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.component.platform.http.main.MainHttpServer;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;

/** Adds something to the server of the HTTP door once it and all routes are there. */
abstract class HttpDoorListener extends MainListenerSupport implements StartupListener {

    @Override
    public final void afterConfigure(BaseMainSupport main) {
        try {
            main.getCamelContext().addStartupListener(this);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public final void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
        MainHttpServer server = context.hasService(MainHttpServer.class);
        if (server != null) {
            add(context, server);
        }
    }

    /** Adds it. */
    abstract void add(CamelContext context, MainHttpServer server);

    /** Answers with an error in mParticle's shape, unless an answer is on its way. */
    static void answer(RoutingContext request, int status, Reason reason, String field) {
        if (!request.response().ended() && !request.response().headWritten()) {
            request.response().setStatusCode(status).putHeader("Content-Type", "application/json")
                    .end(HttpErrors.body(status, reason, field));
        }
    }
}
