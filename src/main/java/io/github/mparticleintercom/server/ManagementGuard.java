package io.github.mparticleintercom.server;

import io.github.mparticleintercom.http.HttpRefusal;
import io.github.mparticleintercom.http.ManagementAccess;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks for the same access on the whole management port as our routes do, also for what Camel puts there. Health is left
 * out, which probes ask for, and the console, which holds no data.
 *
 * @param access who may call
 * @param health where health is
 */
record ManagementGuard(ManagementAccess access, String health) implements Handler<RoutingContext> {

    @Override
    public void handle(RoutingContext call) {
        String path = call.normalizedPath();
        try {
            if (!path.equals("/") && !path.equals(health) && !path.startsWith(health + "/")) {
                access.check(headers(call.request()));
            }
            call.next();
        } catch (HttpRefusal refusal) {
            ErrorAnswers.answer(call, refusal);
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
