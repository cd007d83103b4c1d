package io.github.mparticleintercom.mparticle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Change;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * One event of a batch.
 *
 * @param type     mParticle's {@code event_type}; "" if none is given
 * @param id       {@code event_id}, else {@code source_message_id}, else a short name made from its batch and its place there
 * @param stableId the same for the same event, however often and in whichever batch it comes
 * @param seconds  when it happened, in Unix seconds
 * @param data     the event's {@code data}; empty when there is none
 * @param product  the product of a commerce event that this is about, where each of them is one; null for the event itself
 * @param original the event as it came
 * @param reason   why it goes no further as it is; null when it can
 * @param field    the field at fault; null where there is none
 * @param changes  what is not read as it stands
 */
public record MparticleEvent(String type, String id, String stableId, long seconds, ObjectNode data,
        ObjectNode product, JsonNode original, Reason reason, String field, List<Change> changes) {

    /**
     * An event about each product of a commerce event's action, in their order; none for any other event. They are called alike, so each
     * is a second later than the one before: Intercom keeps one event of a name per user and second.
     */
    public List<MparticleEvent> products() {
        List<MparticleEvent> events = new ArrayList<>();
        if (product == null && data.path("product_action").get("products") instanceof ArrayNode products) {
            for (JsonNode one : products) {
                if (one instanceof ObjectNode of) {
                    int place = events.size();
                    List<Change> changed = new ArrayList<>(changes);
                    if (place > 0) {
                        changed.add(new Change(Reason.SAME_SECOND, "created_at"));
                    }
                    events.add(new MparticleEvent(type, id, Json.fingerprint("product", stableId, String.valueOf(place)), seconds + place,
                            data, of, original, null, null, changed));
                }
            }
        }
        return events;
    }

    /** Its id, and nothing of what it says. */
    @Override
    public String toString() {
        return "MparticleEvent[" + id + (reason == null ? "" : ", " + reason) + "]";
    }

    /** Each is itself only: Camel keys caches by it, and the JSON in it would be hashed at every look. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
