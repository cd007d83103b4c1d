package io.github.mparticleintercom.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is sent back: status, body as text (null for none) and headers. */
record Answer(int status, String body, Map<String, String> headers) {

    Answer(int status, JsonNode body, Map<String, String> headers) {
        this(status, Json.write(body), headers);
    }

    static Answer ok(JsonNode body) {
        return new Answer(200, body, Map.of());
    }

    static Answer accepted() {
        return new Answer(202, (String) null, Map.of());
    }

    /** The same answer with more headers; those already set win. */
    Answer withDefaults(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(more);
        all.putAll(headers);
        return new Answer(status, body, all);
    }
}
