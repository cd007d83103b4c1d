package io.github.mparticleintercom.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;

/**
 * Reads a fault from JSON: {@code action} is status, latency, drop-before, drop-after, hang or raw; {@code status},
 * {@code body}, {@code headers}, {@code latency_millis}, {@code method}, {@code path}, {@code path_prefix},
 * {@code times} and {@code always} are optional.
 */
public final class FaultJson {

    private FaultJson() {
    }

    /** The fault that the JSON describes. */
    public static Fault parse(ObjectNode json) {
        Fault fault = action(json);
        JsonNode body = json.path("body");
        if (!body.isMissingNode()) {
            fault = fault.body(body.isTextual() ? body.textValue() : Json.write(body));
        }
        for (Map.Entry<String, JsonNode> header : json.path("headers").properties()) {
            fault = fault.header(header.getKey(), header.getValue().asText());
        }
        String method = json.path("method").asText("");
        String path = json.path("path").asText("");
        String prefix = json.path("path_prefix").asText("");
        fault = fault.matching(request -> method.isEmpty() || request.method().equals(method))
                .matching(request -> path.isEmpty() || request.path().equals(path))
                .matching(request -> request.path().startsWith(prefix))
                .after(Duration.ofMillis(json.path("latency_millis").asLong(0)));
        return json.path("always").asBoolean() ? fault.always() : fault.times(json.path("times").asInt(1));
    }

    private static Fault action(ObjectNode json) {
        return switch (json.path("action").asText("status")) {
            case "status" -> Fault.status(status(json));
            case "latency" -> Fault.latency(Duration.ZERO);
            case "drop-before" -> Fault.dropBefore();
            case "drop-after" -> Fault.dropAfter();
            case "hang" -> Fault.hang();
            case "raw" -> Fault.raw(json.path("body").asText());
            default -> throw ApiException.invalid("action", "The sandbox does not know this action");
        };
    }

    private static int status(ObjectNode json) {
        int status = json.path("status").asInt();
        if (status < 200 || status > 599) {
            throw ApiException.invalid("status", "status must be 200 to 599");
        }
        return status;
    }
}
