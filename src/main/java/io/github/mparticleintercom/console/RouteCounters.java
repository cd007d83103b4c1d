package io.github.mparticleintercom.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;

/** What Camel counts of our routes. */
final class RouteCounters {

    private static final String OURS = "mparticle-intercom-";

    private RouteCounters() {
    }

    /** The routes in the order of their names, with their counters where Camel's management is on. */
    static ArrayNode read(CamelContext context) {
        ManagedCamelContext managed = context.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class);
        ArrayNode routes = Json.MAPPER.createArrayNode();
        context.getRoutes().stream().filter(route -> route.getId().startsWith(OURS))
                .sorted((one, other) -> one.getId().compareTo(other.getId()))
                .forEach(route -> routes.add(read(context, managed, route)));
        return routes;
    }

    private static ObjectNode read(CamelContext context, ManagedCamelContext managed, Route route) {
        ObjectNode json = Json.object().put("id", route.getId().substring(OURS.length()))
                .put("description", route.getDescription())
                .put("state", String.valueOf(context.getRouteController().getRouteStatus(route.getId())));
        ManagedRouteMBean counters = managed == null ? null : managed.getManagedRoute(route.getId());
        if (counters != null) {
            try {
                json.put("total", counters.getExchangesTotal()).put("failed", counters.getExchangesFailed())
                        .put("inflight", counters.getExchangesInflight()).put("mean_millis", counters.getMeanProcessingTime());
            } catch (Exception e) {
                // the route was removed while it was read
                return json;
            }
        }
        return json;
    }
}
