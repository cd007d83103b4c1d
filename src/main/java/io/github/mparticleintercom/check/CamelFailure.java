package io.github.mparticleintercom.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.impl.DefaultCamelContext;

/** What Camel itself says of routes that it cannot take, as a problem. */
public final class CamelFailure {

    private static final Pattern BEAN = Pattern.compile("Error creating bean: (\\S+) of type");

    private CamelFailure() {
    }

    /** Whether a route or a bean of the route files, rather than something around it, made Camel fail. */
    public static boolean isOfRoute(Throwable failure) {
        return route(failure) != null || bean(failure) != null;
    }

    /**
     * The innermost reason that says something, and where the route or the bean is that Camel was at.
     *
     * @param failure what Camel threw
     * @param routes  the folder of the route files
     */
    public static Problem problem(Throwable failure, Path routes) {
        String route = route(failure);
        String bean = bean(failure);
        if (route == null && bean == null) {
            return Problem.of(sentence(failure));
        }
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            RouteFiles files = RouteFiles.read(context, routes, problem -> { });
            if (bean != null) {
                Part part = files.beans().get(bean);
                return part == null ? Problem.of("Camel cannot make the bean '" + bean + "': " + sentence(failure))
                        : References.refusal(part, failure);
            }
            Part part = files.routes().get(route);
            String whole = "Camel cannot make the route " + route + ": " + sentence(failure);
            return part == null ? Problem.of(whole) : part.problem(whole);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The bean at which Camel was, which only its message names. */
    private static String bean(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Matcher bean = BEAN.matcher(String.valueOf(cause.getMessage()));
            if (bean.find()) {
                return bean.group(1);
            }
        }
        return null;
    }

    /** The innermost message that says something. */
    static String sentence(Throwable failure) {
        String sentence = failure.toString();
        for (Throwable cause = failure; cause != null; cause = cause.getCause() == cause ? null : cause.getCause()) {
            if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
                sentence = cause.getMessage().strip().replaceAll("\\s+", " ");
            }
        }
        return sentence.endsWith(".") ? sentence : sentence + ".";
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
