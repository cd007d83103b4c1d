package io.github.mparticleintercom.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** What became of one thing at one moment: ids and codes, never a value. */
final class AuditLine {

    private final Map<String, String> parts = new LinkedHashMap<>();

    AuditLine(String outcome) {
        parts.put("outcome", outcome);
    }

    /** Adds a part, unless there is nothing to say. */
    AuditLine with(String name, Object value) {
        if (value != null && !value.toString().isEmpty()) {
            parts.put(name, value.toString());
        }
        return this;
    }

    /** The line as JSON text, its moment first. */
    String json(String time, String source) {
        ObjectNode json = Json.object().put("time", time);
        parts.forEach(json::put);
        if (source != null && !source.isEmpty() && !json.has("source")) {
            json.put("source", source);
        }
        return Json.write(json);
    }
}
