package io.github.mparticleintercom.check;

import io.github.mparticleintercom.check.RouteFiles.Part;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.settings.NearestKey;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.RuntimeCamelCatalog;
import org.apache.camel.model.BeanFactoryDefinition;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.PollDefinition;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RoutingSlipDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.errorhandler.DeadLetterChannelDefinition;
import org.apache.camel.model.language.ConstantExpression;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.model.language.SimpleExpression;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.PluginHelper;

/**
 * The addresses: each is one of a component that is there, with parameters that it knows, and every direct: one is that of exactly one
 * route. No endpoint is made; what a component takes is told by its own description in its jar.
 */
final class Endpoints {

    /** Under which keys addresses stand. */
    static final Set<String> KEYS = Set.of("uri", "to", "toD", "from", "wireTap", "poll", "deadLetterUri");
    /** What does not start where nothing stands behind the colon, and does not say so. */
    private static final Set<String> NAMED = Set.of("bean", "class", "file", "http", "https", "jms");
    /** Besides direct, what Camel allows one route to begin with. */
    private static final Set<String> ONE_CONSUMER = Set.of("file", "platform-http");
    /** Steps that take addresses from an expression, which may be a text without more. */
    private static final Set<Class<?>> BY_EXPRESSION = Set.of(EnrichDefinition.class, PollEnrichDefinition.class,
            RecipientListDefinition.class, RoutingSlipDefinition.class);

    private final RouteFiles routes;
    private final References references;
    private final Libraries libraries;
    private final Placeholders placeholders;
    private final RuntimeCamelCatalog catalog;
    private final Map<String, YamlValue> received = new HashMap<>();
    private final Map<YamlValue, String> called = new LinkedHashMap<>();
    private final Set<String> seen = new TreeSet<>();

    /** The addresses of these routes; the context need not be started. */
    Endpoints(CamelContext context, RouteFiles routes, References references, Libraries libraries) {
        this.routes = routes;
        this.references = references;
        this.libraries = libraries;
        placeholders = new Placeholders(context);
        catalog = PluginHelper.getRuntimeCamelCatalog(context);
    }

    void check() {
        for (Part<?> part : routes.parts()) {
            String address = address(part.model());
            if (address != null) {
                // what only a message tells, and what leads nowhere, is not for us
                placeholders.resolve(address).map(String::strip).filter(text -> !text.startsWith("ref:"))
                        .ifPresent(text -> check(part, text));
            }
        }
        routes.all(ExpressionNode.class).filter(part -> BY_EXPRESSION.contains(part.model().getClass()))
                .forEach(part -> listed(part.model().getExpression()));
        called.forEach((value, address) -> {
            YamlValue receiver = received.get(address);
            if (receiver == null) {
                value.report("No route receives '" + address + "'" + RouteFiles.hint(address, received.keySet()));
            } else {
                route(receiver).ifPresent(route -> Stream.of(route.at("autoStartup"), route.at("precondition"))
                        .filter(never -> never.text().equals("false") && seen.add(never.place())).forEach(never ->
                                never.report("The route never starts, and " + value.place() + " leads to it.")));
            }
        });
    }

    private static Optional<YamlValue> route(YamlValue within) {
        return within == null || within.key().equals("route") ? Optional.ofNullable(within) : route(within.parent());
    }

    private void listed(ExpressionDefinition expression) {
        if (expression instanceof ConstantExpression || expression instanceof SimpleExpression) {
            placeholders.resolve(expression.getExpression()).filter(text -> !text.contains("${")).ifPresent(text ->
                    Stream.of(text.split(",")).map(String::strip).filter(address -> address.contains(":")).forEach(address ->
                            check(new Part<>(expression, routes.place(expression).at("expression")), address)));
        }
    }

    private static String address(Object model) {
        if (model instanceof FromDefinition from) {
            return from.getUri();
        }
        if (model instanceof ToDynamicDefinition to) {
            return to.getUri();
        }
        if (model instanceof PollDefinition poll) {
            return poll.getUri();
        }
        if (model instanceof DeadLetterChannelDefinition channel) {
            return channel.getDeadLetterUri();
        }
        return model instanceof EndpointRequiredDefinition to ? to.getEndpointUri() : null;
    }

    private void check(Part<?> part, String text) {
        String address = text.replace("://", ":").replaceFirst("(?s)\\?.*", "");
        String scheme = address.split(":", 2)[0];
        YamlValue place = part.value().at("uri", "deadLetterUri");
        if (text.isEmpty()) {
            place.report("'uri' is empty.");
        }
        if (text.isEmpty() || scheme.contains("${")) {
            return;
        }
        if (!scheme.equals("direct")) {
            if (part.model() instanceof FromDefinition && ONE_CONSUMER.contains(scheme)) {
                received(text, place);
            }
            component(part.value(), place, scheme, text);
        } else if (!address.contains("${")) {
            YamlValue named = part.value().at("parameters").at("name");
            YamlValue where = named.key().equals("name") ? named : place;
            if (part.model() instanceof FromDefinition) {
                received(address, where);
            } else {
                called.put(where, address);
            }
        }
    }

    private void received(String address, YamlValue where) {
        YamlValue first = received.putIfAbsent(address, where);
        if (first != null) {
            where.report("'" + address + "' is received in " + first.place() + " already.");
        }
    }

    private void component(YamlValue step, YamlValue place, String scheme, String text) {
        String known = scheme;
        Part<BeanFactoryDefinition<?>> bean = routes.beans().get(scheme);
        if (bean != null) {
            known = References.find(bean.model().getType())
                    .map(type -> type.getAnnotation(Component.class)).map(component -> component.value().split(",")[0]).orElse("");
        } else if (!Libraries.have("component/" + scheme)) {
            Set<String> near = new TreeSet<>(routes.beans().keySet());
            near.addAll(Set.of("direct", "file", "timer", "platform-http", "controlbus", "http", "https", "jms", "log", "seda"));
            place.report("There is no component '" + scheme + "' in lib/ and no bean of this name"
                    + RouteFiles.hint(scheme, near));
            return;
        }
        if (NAMED.contains(known) && text.matches("[^:?]+(:(//)?)?")) {
            place.report("'" + text + "' does not say what of " + known + " is meant: that stands behind a colon.");
            return;
        }
        inAddress(place, scheme, text.replaceFirst("^\\w+:(//)?", "").replaceFirst("(?s)[:?].*", ""));
        if (!known.isEmpty() && text.contains("?") && seen.add(known + text.substring(text.indexOf('?')))) {
            parameters(step, place, known, known + text.substring(scheme.length()));
        }
    }

    /** What some components name behind the colon. */
    private void inAddress(YamlValue place, String scheme, String name) {
        switch (scheme) {
            case "language" -> libraries.language(place, name);
            case "dataformat" -> libraries.dataFormat(place, name);
            case "bean" -> references.bean(place, name);
            case "class" -> references.type(place, name);
            default -> { }
        }
    }

    private void parameters(YamlValue step, YamlValue place, String scheme, String text) {
        EndpointValidationResult result = catalog.validateProperties(scheme, properties(text));
        if (result.getUnknown() != null) {
            JsonNode schema = schema(scheme);
            Set<String> names = new TreeSet<>();
            schema.path("properties").fieldNames().forEachRemaining(names::add);
            // some hand on what they do not know
            boolean lenient = schema.path("component").path("lenientProperties").asBoolean();
            result.getUnknown().stream().filter(name -> !lenient || NearestKey.near(name, names).isPresent()).forEach(name -> at(step, place, String.valueOf(name)).accept("'" + name + "' is no parameter of "
                    + scheme + RouteFiles.hint(String.valueOf(name), names)));
        }
        wrong(result.getInvalidBoolean(), step, place, "true or false");
        wrong(result.getInvalidInteger(), step, place, "a whole number");
        wrong(result.getInvalidNumber(), step, place, "a number");
        wrong(result.getInvalidDuration(), step, place, "a time such as 5000 or 5s");
        if (result.getInvalidEnum() != null) {
            result.getInvalidEnum().forEach((name, value) -> at(step, place, String.valueOf(name)).accept("'" + name + "' is '" + value
                    + "', which is not one of " + String.join(", ", (String[]) result.getInvalidEnumChoices().get(name)) + "."));
        }
    }

    /** The parts of an address by name; of one that only a message, or a parameter, makes whole, the parameters alone. */
    private Map<String, String> properties(String text) {
        try {
            return catalog.endpointProperties(text);
        } catch (URISyntaxException | RuntimeException e) {
            Map<String, String> parameters = new HashMap<>();
            for (String pair : text.substring(text.indexOf('?') + 1).split("&")) {
                parameters.put(pair.replaceFirst("(?s)=.*", ""), pair.replaceFirst("(?s)[^=]*=?", ""));
            }
            return parameters;
        }
    }

    private JsonNode schema(String scheme) {
        try {
            return Json.MAPPER.readTree(catalog.componentJSonSchema(scheme));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private void wrong(Map<?, ?> invalid, YamlValue step, YamlValue place, String expected) {
        if (invalid != null) {
            invalid.forEach((name, value) -> at(step, place, String.valueOf(name))
                    .accept("'" + name + "' is '" + value + "', which is not " + expected + "."));
        }
    }

    private Consumer<String> at(YamlValue step, YamlValue place, String parameter) {
        YamlValue parameters = step.at("parameters");
        YamlValue found = parameters == step ? step : parameters.at(parameter);
        return sentence -> (found == step || found == parameters ? place : found).report(sentence);
    }
}
