package io.github.mparticleintercom.server;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.http.ManagementEngine;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.main.MainHttpServer;

/** What the HTTP server refuses before a route sees it is refused in the shape of mParticle's errors as well. */
public final class HttpServerAnswers extends HttpDoorListener {

    private volatile boolean reloading;

    /** Whether routes are being replaced, so that one that is missing will be there again in a moment. */
    public void reloading(boolean now) {
        reloading = now;
    }

    @Override
    void add(CamelContext context, MainHttpServer server) {
        server.getRouter().route().last()
                .handler(request -> nobodyThere(request, methods(context, request.normalizedPath(), false)))
                .failureHandler(HttpServerAnswers::failed);
    }

    /** The methods that routes answer at this path, on the management port or on the other. */
    static Set<String> methods(CamelContext context, String path, boolean management) {
        Set<String> methods = new TreeSet<>();
        for (Endpoint endpoint : context.getEndpoints()) {
            if (endpoint instanceof PlatformHttpEndpoint http && http.getHttpMethodRestrict() != null
                    && management == (http.getPlatformHttpEngine() instanceof ManagementEngine
                            && ManagementEngine.isOnManagement(context))
                    && path.matches(http.getPath().replaceAll("\\{[^/]+?\\}", "[^/]+"))) {
                methods.addAll(List.of(http.getHttpMethodRestrict().split(",")));
            }
        }
        return methods;
    }

    private void nobodyThere(RoutingContext request, Set<String> methods) {
        if (reloading) {
            request.response().putHeader("Retry-After", "1");
            answer(request, 503, Reason.BROKER_UNAVAILABLE, null);
        } else {
            notServed(request, methods);
        }
    }

    /** The answer where no route serves this path, or none with this method. */
    static void notServed(RoutingContext request, Set<String> methods) {
        if (methods.isEmpty()) {
            answer(request, 404, Reason.NOT_FOUND, null);
        } else {
            request.response().putHeader("Allow", String.join(", ", methods));
            answer(request, 405, Reason.METHOD_NOT_ALLOWED, null);
        }
    }

    private static void failed(RoutingContext request) {
        int status = request.statusCode();
        if (status == 413) {
            answer(request, status, Reason.BODY_TOO_LARGE, "body");
        } else if (status >= 400 && status < 500) {
            answer(request, status, Reason.BAD_REQUEST, null);
        } else {
            answer(request, 500, Reason.INTERNAL_ERROR, null);
        }
    }
}
