package io.github.mparticleintercom.mapping;

import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import io.github.mparticleintercom.mparticle.MparticleEvent;
import java.util.ArrayList;
import java.util.List;

/** A name with places for fields, such as {@code Viewed {screen_name}}. Without a place it is a name like any other. */
final class NameTemplate {

    private final List<String> texts = new ArrayList<>();
    /** The one behind each text but the last. */
    private final List<FieldPath> fields = new ArrayList<>();

    /**
     * Reads the template.
     *
     * @throws IllegalArgumentException when a brace has no partner or names no field; the message is a sentence that says so
     */
    NameTemplate(String template) {
        int from = 0;
        for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', from)) {
            int close = template.indexOf('}', open);
            String field = close < 0 ? "" : template.substring(open + 1, close).strip();
            if (field.isEmpty() || field.indexOf('{') >= 0) {
                throw new IllegalArgumentException("'" + template + "' must name a field in every pair of braces,"
                        + " such as Viewed {screen_name}.");
            }
            FieldPath.fault(field).ifPresent(sentence -> {
                throw new IllegalArgumentException(sentence);
            });
            texts.add(template.substring(from, open));
            fields.add(FieldPath.of(field));
            from = close + 1;
        }
        texts.add(template.substring(from));
    }

    /** Whether every event gets the same name by it. */
    boolean isFixed() {
        return fields.isEmpty();
    }

    /** The name for an event; null where it lacks one of the fields. */
    String name(MparticleBatch batch, MparticleEvent event) {
        if (isFixed()) {
            return texts.get(0);
        }
        StringBuilder name = new StringBuilder(texts.get(0));
        for (int i = 0; i < fields.size(); i++) {
            String value = Json.text(fields.get(i).read(batch, event));
            if (value == null) {
                return null;
            }
            name.append(value).append(texts.get(i + 1));
        }
        return name.toString().strip();
    }
}
