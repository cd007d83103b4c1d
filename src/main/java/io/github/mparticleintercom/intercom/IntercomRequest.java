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
    private String fallbackName;
    private boolean othersFollow;
    private String source;

    /** What a request is about. */
    public enum Operation {
        CONTACT("contact", "custom_attributes", "/contacts"), EVENT("event", "metadata", "/events"),
        /** The company of a user: the user's id or email, and the company beside it; without one, the user has none any more. */
        COMPANY("company", "custom_attributes", "/companies"),
        /** The tags of a user: the user's id or email, and {@code tags}, true for each to have and false for each to lose. */
        TAGS("tags", "tags", "/contacts/{id}/tags"),
        /** A user who is to be forgotten: one identity, and when that was asked for. */
        ERASURE("erasure", "", "/contacts/{id}");

        private final String code;
        private final String attributes;
        private final String path;

        Operation(String code, String attributes, String path) {
            this.code = code;
            this.attributes = attributes;
            this.path = path;
        }

        /** The operation of this word; null if there is none. */
        public static Operation of(String word) {
            for (Operation operation : values()) {
                if (operation.code.equals(word)) {
                    return operation;
                }
            }
            return null;
        }

        /** The address at Intercom that it is sent to where nothing is known of its user yet. */
        public String path() {
            return path;
        }

        /** The field of its body that names the user by the Customer ID. */
        public String customerIdField() {
            return this == EVENT ? "user_id" : "external_id";
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
     * @param eventId   the event it comes from; null for all but events
     * @param body      the JSON that Intercom gets; of a company or tags with the user that they belong to
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
        Operation known = Operation.of(operation);
        if (known == null) {
            throw new IllegalArgumentException("The operation of a stored request is none of ours");
        }
        return new IntercomRequest(known, platform, userKey, stableId, batchId, eventId, object, new ArrayList<>(0));
    }

    /** Sets the key of the same user where only the email is known; null if there is none. */
    public IntercomRequest otherUserKey(String key) {
        this.otherUserKey = key;
        return this;
    }

    /** Sets the name for an event whose own was made by a template, where Intercom has no room for that; null for any other. */
    public IntercomRequest fallbackName(String name) {
        this.fallbackName = name;
        return this;
    }

    /** Other requests of the same user come behind this contact and make it known where it says nothing. */
    public IntercomRequest othersFollow(boolean follow) {
        this.othersFollow = follow;
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

    /** The name for an event where Intercom has no room for its own; null where there is none. */
    public String fallbackName() {
        return fallbackName;
    }

    /** The same for the same thing, however often it comes in. */
    public String stableId() {
        return stableId;
    }

    /** The batch it comes from. */
    public String batchId() {
        return batchId;
    }

    /** The event it comes from; null for all but events. */
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

    /** The name of an event; "" for all else. */
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

    /** Whether this contact only names the user, whom the requests behind it name as well. */
    public boolean saysNothing() {
        return othersFollow && operation == Operation.CONTACT && body.size() == 2 && body.has("role");
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
