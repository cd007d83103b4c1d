package io.github.mparticleintercom.intercom;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing to tell Intercom.
 *
 * @param operation what it is about
 * @param platform  the platform whose credential sends it; "" for none in particular
 * @param userKey   orders the requests of one user
 * @param stableId  the same for the same thing, however often it comes in
 * @param batchId   the batch it comes from
 * @param eventId   the event it comes from; null for a contact
 * @param body      the JSON that Intercom gets
 * @param changes   what was cut, cleaned or moved
 */
public record IntercomRequest(Operation operation, String platform, String userKey, String stableId, String batchId,
        String eventId, ObjectNode body, List<Change> changes) {

    /** What Intercom is told about. */
    public enum Operation {
        CONTACT("contact", "custom_attributes"), EVENT("event", "metadata");

        private final String code;
        private final String attributes;

        Operation(String code, String attributes) {
            this.code = code;
            this.attributes = attributes;
        }

        /** The word for it in message properties. */
        public String code() {
            return code;
        }
    }

    /** The field of the body that holds the attributes: {@code custom_attributes} or {@code metadata}. */
    public String attributesField() {
        return operation.attributes;
    }

    /** The body as JSON text. */
    public String getJson() {
        return Json.write(body);
    }

    /** The attributes; empty when the body has none. */
    public ObjectNode attributes() {
        return body.get(attributesField()) instanceof ObjectNode object ? object : Json.object();
    }

    /** The same request with other attributes and with more changes to tell of. */
    public IntercomRequest withAttributes(ObjectNode attributes, List<Change> more) {
        ObjectNode copy = body.deepCopy();
        if (attributes.isEmpty()) {
            copy.remove(attributesField());
        } else {
            copy.set(attributesField(), attributes);
        }
        return withBody(copy, more);
    }

    /** The same request with another body and with more changes to tell of. */
    public IntercomRequest withBody(ObjectNode changed, List<Change> more) {
        List<Change> all = new ArrayList<>(changes);
        all.addAll(more);
        return new IntercomRequest(operation, platform, userKey, stableId, batchId, eventId, changed, List.copyOf(all));
    }
}
