package io.github.mparticleintercom.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.http.ManagementEngine;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;

/** All routes of the context, ours and those that an engineer adds: where each takes from, where it sends to, and what Camel counts. */
final class RouteMap {

    private static final Pattern DESTINATION = Pattern.compile("[?&]destinationName=([^&]*)");

    private RouteMap() {
    }

    /**
     * The routes in the order of their ids: {@code id}, {@code description}, {@code state}, {@code from} and {@code to} without options,
     * {@code management} where it is one of the management port, and the counters where Camel's management is on.
     */
    static ArrayNode read(CamelContext context) {
        ArrayNode routes = Json.MAPPER.createArrayNode();
        context.getRoutes().stream().sorted((one, other) -> one.getId().compareTo(other.getId()))
                .forEach(route -> routes.add(read(context, route)));
        return routes;
    }

    private static ObjectNode read(CamelContext context, Route route) {
        ObjectNode json = Json.object().put("id", route.getId()).put("description", route.getDescription())
                .put("state", String.valueOf(context.getRouteController().getRouteStatus(route.getId())))
                .put("management", ManagementEngine.isOnManagement(route.getEndpoint()));
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        RouteDefinition definition = model == null ? null : model.getRouteDefinition(route.getId());
        if (definition != null) {
            json.put("from", place(context, definition.getInput().getEndpointUri()));
            ArrayNode to = json.putArray("to");
            Stream.concat(all(definition, SendDefinition.class).map(SendDefinition::getEndpointUri),
                    all(definition, ToDynamicDefinition.class).map(ToDynamicDefinition::getUri))
                    .map(uri -> place(context, uri)).distinct().forEach(to::add);
        }
        count(json, context, route);
        return json;
    }

    private static <T> Stream<T> all(RouteDefinition route, Class<T> step) {
        return ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), step).stream();
    }

    private static void count(ObjectNode json, CamelContext context, Route route) {
        ManagedCamelContext managed = context.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class);
        ManagedRouteMBean counters = managed == null ? null : managed.getManagedRoute(route.getId());
        if (counters == null) {
            return;
        }
        try {
            json.put("total", counters.getExchangesTotal()).put("failed", counters.getExchangesFailed())
                    .put("inflight", counters.getExchangesInflight()).put("mean_millis", counters.getMeanProcessingTime());
        } catch (Exception e) {
            // the route was removed while it was read
            json.remove(List.of("total", "failed", "inflight", "mean_millis"));
        }
    }

    /** An address without its options and user, which may hold secrets; of a queue its name, wherever the address has it. */
    private static String place(CamelContext context, String uri) {
        if (uri == null) {
            return "";
        }
        String resolved = uri;
        try {
            resolved = context.resolvePropertyPlaceholders(uri);
        } catch (RuntimeException e) {
            // a setting that is gone by now
        }
        String address = resolved.split("\\?", 2)[0].replaceFirst("^([\\w.-]+):/*", "$1:").replaceFirst(":[^/]*@", ":");
        Matcher destination = DESTINATION.matcher(resolved);
        return destination.find() ? address.split(":", 2)[0] + ":" + destination.group(1) : address;
    }
}
