package io.github.mparticleintercom.check;

import io.github.mparticleintercom.check.RouteFiles.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.PropertyBindingException;
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
            RouteFiles files = new RouteFiles(context, routes, problem -> { });
            Part<?> part = bean != null ? files.beans().get(bean) : files.routes().get(route);
            String whole = "Camel cannot make the " + (bean != null ? "bean '" + bean + "'" : "route " + route) + ": " + sentence(failure);
            return part == null ? Problem.of(whole) : place(part.value(), failure).problem(whole);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a bean said against its values. */
    static Problem refusal(String bean, YamlValue value, Throwable failure) {
        return place(value, failure).problem("Camel cannot make the bean '" + bean + "': " + sentence(failure));
    }

    /** The property at fault if it is known. */
    private static YamlValue place(YamlValue definition, Throwable failure) {
        String property = first(failure, cause -> cause instanceof PropertyBindingException binding ? binding.getPropertyName() : null);
        YamlValue place = property == null ? definition : definition.at("properties").at(property);
        return place.key().equals("properties") ? definition : place;
    }

    /** The innermost message that says something. */
    private static String sentence(Throwable failure) {
        String sentence = failure.toString();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
                sentence = cause.getMessage().strip().replaceAll("\\s+", " ");
            }
        }
        return sentence.endsWith(".") ? sentence : sentence + ".";
    }

    private static String route(Throwable failure) {
        return first(failure, cause -> cause instanceof FailedToCreateRouteException create ? create.getRouteId()
                : cause instanceof FailedToStartRouteException start ? start.getRouteId() : null);
    }

    /** The bean at which Camel was, which only its message names. */
    private static String bean(Throwable failure) {
        return first(failure, cause -> {
            Matcher bean = BEAN.matcher(String.valueOf(cause.getMessage()));
            return bean.find() ? bean.group(1) : null;
        });
    }

    private static String first(Throwable failure, Function<Throwable, String> what) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String found = what.apply(cause);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}
