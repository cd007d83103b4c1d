package io.github.mparticleintercom.translate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import java.util.ArrayList;
import java.util.List;

/** A name with places for an event's fields, such as {@code Viewed {screen_name}}. */
final class NameTemplate {

    /** Text and fields in turn, beginning and ending with a text. */
    private final List<String> parts = new ArrayList<>();

    /**
     * Reads the template.
     *
     * @throws IllegalArgumentException when a brace has no partner or names no field
     */
    NameTemplate(String template) {
        int from = 0;
        for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', from)) {
            int close = template.indexOf('}', open);
            String field = close < 0 ? "" : template.substring(open + 1, close).strip();
            if (field.isEmpty() || field.indexOf('{') >= 0) {
                throw new IllegalArgumentException("'" + template + "' must name a field in every pair of braces,"
                        + " such as Viewed {screen_name}");
            }
            parts.add(template.substring(from, open));
            parts.add(field);
            from = close + 1;
        }
        parts.add(template.substring(from));
    }

    /** The name for an event with this {@code data}; a field that it does not have is left out. */
    String name(ObjectNode data) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            String part = i % 2 == 0 ? parts.get(i) : field(data, parts.get(i));
            name.append(part == null ? "" : part);
        }
        return name.toString().strip();
    }

    private static String field(ObjectNode data, String name) {
        String value = Json.text(data.get(name));
        return value != null ? value : Json.text(data.path("custom_attributes").get(name));
    }
}
