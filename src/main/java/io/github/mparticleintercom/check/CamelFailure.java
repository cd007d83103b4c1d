package io.github.mparticleintercom.check;

import java.nio.file.Path;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;

/** What Camel itself says of routes that it cannot take, as a problem. */
public final class CamelFailure {

    private CamelFailure() {
    }

    /** Whether a route, rather than something around it, made Camel fail. */
    public static boolean isOfRoute(Throwable failure) {
        return route(failure) != null;
    }

    /**
     * The innermost reason, and where the route is that Camel was at.
     *
     * @param failure what Camel threw
     * @param routes  the folder of the route files
     */
    public static Problem problem(Throwable failure, Path routes) {
        Throwable reason = failure;
        while (reason.getCause() != null && reason.getCause() != reason) {
            reason = reason.getCause();
        }
        String message = reason.getMessage() == null ? reason.toString() : reason.getMessage().strip().replaceAll("\\s+", " ");
        String sentence = message.endsWith(".") ? message : message + ".";
        String id = route(failure);
        Spot route = id == null ? null : RouteFiles.read(routes, problem -> { }).routes().get(id);
        return route == null ? Problem.of(sentence) : route.problem("Camel cannot make the route " + id + ": " + sentence);
    }

    private static String route(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FailedToCreateRouteException create) {
                return create.getRouteId();
            }
            if (cause instanceof FailedToStartRouteException start) {
                return start.getRouteId();
            }
        }
        return null;
    }
}
