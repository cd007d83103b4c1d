package io.github.mparticleintercom.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Change;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The attributes of an event while they are gathered, in the order in which they matter: the first of a name stays. */
final class Metadata {

    private final ObjectNode attributes = Json.object();
    private final Map<String, String> renamed;
    private final Set<String> ignored;
    private final List<Change> changes;

    /**
     * Nothing so far.
     *
     * @param renamed attributes to send under another name, by their names at mParticle
     * @param ignored the event's own attributes to leave out
     * @param changes where to note what is left out
     */
    Metadata(Map<String, String> renamed, Set<String> ignored, List<Change> changes) {
        this.renamed = renamed;
        this.ignored = ignored;
        this.changes = changes;
    }

    /** Adds one of mParticle's fields under its name, unless the name is taken or there is no value. */
    void add(String name, JsonNode value) {
        if (Json.text(value) != null) {
            attributes.putIfAbsent(target(name), value);
        }
    }

    void add(String name, String value) {
        attributes.putIfAbsent(target(name), JsonNodeFactory.instance.textNode(value));
    }

    /** Adds a list or an object that was made here, unless the name is taken. */
    void addWhole(String name, JsonNode value) {
        attributes.putIfAbsent(target(name), value);
    }

    /** Adds the event's own attributes, where nothing else holds the name. */
    void addCustom(ObjectNode data) {
        if (!(data.get("custom_attributes") instanceof ObjectNode custom)) {
            return;
        }
        for (Map.Entry<String, JsonNode> attribute : custom.properties()) {
            String name = attribute.getKey();
            if (ignored.contains(name)) {
                changes.add(new Change(Reason.TECHNICAL_ATTRIBUTE, IntercomNames.field("metadata.", name)));
            } else if (attributes.putIfAbsent(target(name), attribute.getValue()) != null) {
                changes.add(new Change(Reason.NAME_COLLISION, IntercomNames.field("metadata.", name)));
            }
        }
    }

    private String target(String name) {
        return renamed.isEmpty() ? name : renamed.getOrDefault(name, name);
    }

    ObjectNode attributes() {
        return attributes;
    }
}
