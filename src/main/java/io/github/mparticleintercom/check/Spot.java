package io.github.mparticleintercom.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;

/**
 * One value of a route file.
 *
 * @param file    the file
 * @param pointer where in the file
 * @param key     the key under which it stands; in a list, the key of the list
 * @param value   the value
 * @param parent  the value that holds it; null for the whole file
 */
record Spot(RouteFile file, String pointer, String key, JsonNode value, Spot parent) {

    static Spot root(RouteFile file) {
        return new Spot(file, "", "", file.tree(), null);
    }

    /** Tells of this value and of all in it, from the top down. */
    void walk(Consumer<Spot> visitor) {
        visitor.accept(this);
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                new Spot(file, pointer + "/" + i, key, value.get(i), this).walk(visitor);
            }
        } else {
            value.fieldNames().forEachRemaining(name -> child(name).walk(visitor));
        }
    }

    /** The value under this key; a missing node where there is none. */
    Spot child(String name) {
        return new Spot(file, pointer + "/" + YamlTree.escape(name), name, value.path(name), this);
    }

    /** Its text, if it is one value and no placeholder or expression stands in it; else "". */
    String fixedText() {
        String text = value.isValueNode() ? value.asText().strip() : "";
        return text.contains("{{") || text.contains("${") ? "" : text;
    }

    Problem problem(String sentence) {
        return file.problem(pointer, sentence);
    }
}
