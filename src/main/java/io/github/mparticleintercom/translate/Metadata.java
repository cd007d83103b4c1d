package io.github.mparticleintercom.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Change;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.mapping.MappedEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The attributes of an event while they are gathered, in the order in which they matter: the first of a name stays. */
final class Metadata {

    private final ObjectNode attributes = Json.object();
    private final MappedEvent event;
    private final Map<String, String> renamed;
    private final Set<String> ignored;
    private final List<Change> changes;

    /**
     * Nothing so far.
     *
     * @param event   what is different about events of this name
     * @param renamed attributes of all events to send under another name, by their names at mParticle
     * @param ignored the event's own attributes to leave out
     * @param changes where to note what is left out
     */
    Metadata(MappedEvent event, Map<String, String> renamed, Set<String> ignored, List<Change> changes) {
        this.event = event;
        this.renamed = renamed;
        this.ignored = ignored;
        this.changes = changes;
    }

    /** Adds one of mParticle's fields under its name, unless the name is taken or there is no value. */
    Metadata add(String name, JsonNode value) {
        if (Json.text(value) != null) {
            addWhole(name, value);
        }
        return this;
    }

    /** Adds what is neither blank nor null, unless the name is taken. */
    void addWhole(String name, JsonNode value) {
        if (!event.dropped().contains(name)) {
            attributes.putIfAbsent(target(name), value);
        }
    }

    /** Adds what was taken from somewhere else, under its name at Intercom; a list or an object comes as it is. */
    void addTaken(String name, JsonNode value) {
        if (value.isContainerNode() || Json.text(value) != null) {
            attributes.set(name, value);
        }
    }

    /** Adds the event's own attributes, where nothing else holds the name. */
    void addCustom(ObjectNode data) {
        if (!(data.get("custom_attributes") instanceof ObjectNode custom)) {
            return;
        }
        for (Map.Entry<String, JsonNode> attribute : custom.properties()) {
            String name = attribute.getKey();
            if (event.dropped().contains(name)) {
                continue;
            }
            if (ignored.contains(name)) {
                changes.add(new Change(Reason.TECHNICAL_ATTRIBUTE, IntercomNames.field("metadata.", name)));
            } else if (attributes.putIfAbsent(target(name), attribute.getValue()) != null) {
                changes.add(new Change(Reason.NAME_COLLISION, IntercomNames.field("metadata.", name)));
            }
        }
    }

    private String target(String name) {
        String own = event.renamed().get(name);
        return own != null ? own : renamed.isEmpty() ? name : renamed.getOrDefault(name, name);
    }

    ObjectNode attributes() {
        return attributes;
    }
}
