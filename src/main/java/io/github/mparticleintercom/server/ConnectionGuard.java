package io.github.mparticleintercom.server;

import io.github.mparticleintercom.Reason;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.main.MainHttpServer;
import org.apache.camel.main.BaseMainSupport;

/**
 * Cuts off clients that keep a connection without doing anything, that trickle their request, or whose request a proxy before
 * us could read in another way.
 */
public final class ConnectionGuard extends HttpDoorListener {

    private PatientVertx vertx;

    @Override
    public void beforeConfigure(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        vertx = new PatientVertx(() -> timeoutMillis(context));
        context.getRegistry().bind("mparticleIntercomVertx", vertx);
    }

    @Override
    void add(CamelContext context, MainHttpServer server) {
        server.getRouter().route().order(-1).handler(ConnectionGuard::checkFraming)
                .handler(request -> awaitBody(request, timeoutMillis(context)));
    }

    /** The server takes every coding for chunked as long as that is among them. */
    private static void checkFraming(RoutingContext request) {
        List<String> codings = request.request().headers().getAll("Transfer-Encoding");
        if (codings.isEmpty() || codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked")) {
            request.next();
        } else {
            request.response().putHeader("Connection", "close");
            answer(request, 400, Reason.BAD_REQUEST, "Transfer-Encoding");
            request.request().connection().close();
        }
    }

    /** Every byte keeps a connection from being idle, so that only a deadline ends a trickle. */
    private static void awaitBody(RoutingContext request, long millis) {
        long deadline = request.vertx().setTimer(millis, id -> {
            if (!request.request().isEnded()) {
                request.request().connection().close();
            }
        });
        request.addEndHandler(end -> request.vertx().cancelTimer(deadline));
        request.next();
    }

    private static long timeoutMillis(CamelContext context) {
        return Long.parseLong(Installation.setting(context, "http.client-timeout-millis"));
    }

    @Override
    public void afterStop(BaseMainSupport main) {
        vertx.close();
    }
}
