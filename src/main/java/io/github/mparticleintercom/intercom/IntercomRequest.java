package io.github.mparticleintercom.intercom;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Change;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One request for Intercom. Its body and its changes belong to it alone, and steps change them in place. */
public class IntercomRequest {

    private final Operation operation;
    private final String platform;
    private final String userKey;
    private final String stableId;
    private final String batchId;
    private final String eventId;
    private final ObjectNode body;
    private final List<Change> changes;
    private String otherUserKey;
    private boolean eventsFollow;
    private String source;

    /** What a request is about. */
    public enum Operation {
        CONTACT("contact", "custom_attributes"), EVENT("event", "metadata");

        private final String code;
        private final String attributes;

        Operation(String code, String attributes) {
            this.code = code;
            this.attributes = attributes;
        }

        /** The operation of this word; null if there is none. */
        static Operation of(String word) {
            return CONTACT.code.equals(word) ? CONTACT : EVENT.code.equals(word) ? EVENT : null;
        }

        /** The word for it in message properties. */
        public String code() {
            return code;
        }
    }

    /**
     * A request.
     *
     * @param operation what it is about
     * @param platform  the platform whose credential sends it; "" for none in particular
     * @param userKey   orders the requests of one user
     * @param stableId  the same for the same thing, however often it comes in
     * @param batchId   the batch it comes from
     * @param eventId   the event it comes from; null for a contact
     * @param body      the JSON that Intercom gets
     * @param changes   what is not as mParticle sent it, so far
     */
    public IntercomRequest(Operation operation, String platform, String userKey, String stableId, String batchId,
            String eventId, ObjectNode body, List<Change> changes) {
        this.operation = operation;
        this.platform = platform;
        this.userKey = userKey;
        this.stableId = stableId;
        this.batchId = batchId;
        this.eventId = eventId;
        this.body = body;
        this.changes = changes;
    }

    /**
     * A request that was stored: the word for its operation, and its body as text.
     *
     * @throws IOException              when the text is no JSON object
     * @throws IllegalArgumentException when there is no such operation
     */
    public static IntercomRequest stored(String operation, String platform, String userKey, String stableId, String batchId,
            String eventId, String json) throws IOException {
        JsonNode body = Json.MAPPER.readTree(json);
        if (!(body instanceof ObjectNode object)) {
            throw new IOException("The body of a stored request is no JSON object");
        }
        for (Operation known : Operation.values()) {
            if (known.code.equals(operation)) {
                return new IntercomRequest(known, platform, userKey, stableId, batchId, eventId, object, new ArrayList<>(0));
            }
        }
        throw new IllegalArgumentException("The operation of a stored request is neither contact nor event");
    }

    /** Sets the key of the same user where only the email is known; null if there is none. */
    public IntercomRequest otherUserKey(String key) {
        this.otherUserKey = key;
        return this;
    }

    /** Events of the same user come behind this contact and make it known where it says nothing. */
    public IntercomRequest eventsFollow(boolean follow) {
        this.eventsFollow = follow;
        return this;
    }

    /** Sets where it came from, for people; null if unknown. */
    public void source(String from) {
        this.source = from;
    }

    /** Where it came from, for people; null if unknown. */
    public String source() {
        return source;
    }

    /** To be called by whoever changed the body in place, for what keeps the body as text. */
    public void bodyChanged() {
        // the text is written when it is asked for
    }

    /** What it is about. */
    public Operation operation() {
        return operation;
    }

    /** The platform whose credential sends it; "" for none in particular. */
    public String platform() {
        return platform;
    }

    /** Orders the requests of one user. */
    public String userKey() {
        return userKey;
    }

    /** The key of the same user where only the email is known; null if there is none. */
    public String otherUserKey() {
        return otherUserKey;
    }

    /** The same for the same thing, however often it comes in. */
    public String stableId() {
        return stableId;
    }

    /** The batch it comes from. */
    public String batchId() {
        return batchId;
    }

    /** The event it comes from; null for a contact. */
    public String eventId() {
        return eventId;
    }

    /** The JSON that Intercom gets; may be changed. */
    public ObjectNode body() {
        return body;
    }

    /** What is not as mParticle sent it; may be added to. */
    public List<Change> changes() {
        return changes;
    }

    /** Notes a change; the field is named as Intercom would name it. */
    public void changed(Reason reason, String field) {
        changes.add(new Change(reason, field));
    }

    /** The name of an event; "" for a contact. */
    public String eventName() {
        return body.path("event_name").asText();
    }

    /** The field of the body that holds the attributes: {@code custom_attributes} or {@code metadata}. */
    public String attributesField() {
        return operation.attributes;
    }

    /** The attributes, null when the body has none. */
    public ObjectNode attributes() {
        return body.get(operation.attributes) instanceof ObjectNode object ? object : null;
    }

    /** Whether this contact only names the user, whom the events behind it name as well. */
    public boolean saysNothing() {
        return eventsFollow && operation == Operation.CONTACT && body.size() == 2 && body.has("role");
    }

    /** The body as JSON text. */
    public String json() {
        return Json.write(body);
    }

    /** The body as JSON in UTF-8. */
    public byte[] bytes() {
        try {
            return Json.MAPPER.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            // half of a character that takes two: in a text it is one like any other, and becomes a question mark
            return json().getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Its ids, and nothing of what it says. */
    @Override
    public String toString() {
        return "IntercomRequest[" + operation.code + ", batch " + batchId + (eventId == null ? "" : ", event " + eventId) + "]";
    }
}
