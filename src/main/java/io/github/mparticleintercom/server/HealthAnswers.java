package io.github.mparticleintercom.server;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;

/**
 * Health, in the shape that Camel's management server gives it. What that one writes itself has every message escaped twice, so that a
 * person reads backslashes in each path and around each quote.
 */
final class HealthAnswers implements Handler<RoutingContext> {

    private final CamelContext context;

    HealthAnswers(CamelContext context) {
        this.context = context;
    }

    @Override
    public void handle(RoutingContext call) {
        String level = Objects.requireNonNullElse(call.request().getParam("exposureLevel"),
                HealthCheckRegistry.get(context).getExposureLevel());
        boolean full = level.equals("full");
        boolean data = "true".equals(call.request().getParam("data"));
        boolean ready = call.normalizedPath().endsWith("/ready");
        Collection<HealthCheck.Result> results = ready ? HealthCheckHelper.invokeReadiness(context, level)
                : call.normalizedPath().endsWith("/live") ? HealthCheckHelper.invokeLiveness(context, level)
                : HealthCheckHelper.invoke(context, level);
        boolean up = HealthCheckHelper.isResultsUp(results, ready);
        ObjectNode json = Json.object().put("status", up ? "UP" : "DOWN");
        ArrayNode checks = Json.MAPPER.createArrayNode();
        for (HealthCheck.Result result : results) {
            if (full || !level.equals("oneline") && result.getState() == HealthCheck.State.DOWN) {
                checks.add(json(result, full, data));
            }
        }
        if (!checks.isEmpty()) {
            json.set("checks", checks);
        }
        call.response().setStatusCode(up ? 200 : 503).putHeader("Content-Type", "application/json").end(Json.write(json));
    }

    private static ObjectNode json(HealthCheck.Result result, boolean full, boolean data) {
        ObjectNode json = Json.object().put("name", result.getCheck().getId()).put("status", result.getState().name());
        result.getMessage().ifPresent(message -> json.put("message", message));
        result.getError().filter(error -> full).ifPresent(error -> json.put("error-message", String.valueOf(error.getMessage())));
        if (data) {
            Map<String, String> details = new TreeMap<>();
            result.getDetails().forEach((name, value) -> details.put(name, Objects.toString(value, "")));
            json.set("data", Json.MAPPER.valueToTree(details));
        }
        return json;
    }
}
