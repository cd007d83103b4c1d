package io.github.mparticleintercom.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import io.github.mparticleintercom.mparticle.MparticleEvent;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What is different about the events of one name.
 *
 * @param name     the name at Intercom; null where it stays
 * @param fallback the name in place of one that a template does not make; null for the name that the event has without this
 * @param sent     whether they go to Intercom at all
 * @param renamed  attributes to send under another name, by their names at mParticle
 * @param dropped  attributes to leave out, by their names at mParticle
 * @param added    attributes to take from somewhere else, by their names at Intercom
 */
public record MappedEvent(NameTemplate name, String fallback, boolean sent, Map<String, String> renamed, Set<String> dropped,
        Map<String, FieldPath> added) {

    /** Nothing is different. */
    public static final MappedEvent NONE = new MappedEvent(null, null, true, Map.of(), Set.of(), Map.of());

    /** Whether the name depends on what the event holds, so that there is no telling how many names there are. */
    public boolean isTemplate() {
        return name != null && !name.isFixed();
    }

    /**
     * The name at Intercom.
     *
     * @param otherwise the name that the event has without a mapping
     */
    public String name(MparticleBatch batch, MparticleEvent event, String otherwise) {
        String made = name == null ? otherwise : name.name(batch, event);
        return made == null || made.isEmpty() ? fallback(otherwise) : made;
    }

    /** The name where a template makes none, or none that Intercom has room for. */
    public String fallback(String otherwise) {
        return fallback == null ? otherwise : fallback;
    }

    /** Hands out the attributes that are taken from somewhere else, where there is something to take. */
    public void add(MparticleBatch batch, MparticleEvent event, BiConsumer<String, JsonNode> attributes) {
        added.forEach((attribute, path) -> {
            JsonNode value = path.read(batch, event);
            if (value != null) {
                attributes.accept(attribute, value);
            }
        });
    }
}
