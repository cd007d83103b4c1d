package io.github.mparticleintercom.server;

import io.github.mparticleintercom.http.HttpRefusal;
import io.github.mparticleintercom.http.ManagementAccess;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Asks for the same access on the whole management port as our routes do, also for what Camel puts there. Health is left
 * out, which probes ask for, and the console, which holds no data.
 */
public final class ManagementGuard extends MainListenerSupport {

    private static final int BEFORE_ALL = -1;

    private final ManagementAccess access = new ManagementAccess();
    private String health;

    @Override
    public void afterConfigure(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        ManagementHttpServer server = context.hasService(ManagementHttpServer.class);
        if (server == null) {
            return;
        }
        access.setAuthorization(Installation.setting(context, "http.authorization"));
        access.setHost(server.getHost());
        health = server.getHealthPath();
        try {
            // started right after the server, and before all else
            context.addService(new ServiceSupport() {
                @Override
                protected void doStart() {
                    server.getRouter().route().order(BEFORE_ALL).handler(ManagementGuard.this::check);
                }
            }, true, true);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void check(RoutingContext call) {
        String path = call.normalizedPath();
        try {
            if (!path.equals("/") && !path.equals(health) && !path.startsWith(health + "/")) {
                access.check(headers(call.request()));
            }
            call.next();
        } catch (HttpRefusal refusal) {
            ErrorAnswers.answer(call, refusal.status(), refusal.reason(), refusal.field());
        }
    }

    /** As a route has them. */
    private static Map<String, Object> headers(HttpServerRequest request) {
        Map<String, Object> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.headers().names().forEach(name -> headers.put(name, request.headers().getAll(name)));
        // no parameter of the query is among them
        headers.remove("CamelHttpQuery");
        headers.put("CamelHttpUrl", request.absoluteURI());
        headers.put("CamelHttpMethod", request.method().name());
        return headers;
    }
}
