package io.github.mparticleintercom.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/** What an endpoint sees of a request: decoded path segments, query parameters and the body, null if empty. */
record ApiRequest(List<String> segments, Map<String, String> parameters, JsonNode body) {

    String segment(int index) {
        return segments.get(index);
    }

    /** A query parameter, or null. */
    String query(String name) {
        return parameters.get(name);
    }
}
