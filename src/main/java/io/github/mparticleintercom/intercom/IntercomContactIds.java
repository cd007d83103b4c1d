package io.github.mparticleintercom.intercom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.mparticleintercom.Json;
import java.io.IOException;
import org.apache.camel.Variable;

/** Remembers which contact at Intercom is which user, as long as there is room. */
public final class IntercomContactIds {

    private final Cache<String, String> ids;

    /**
     * An empty memory.
     *
     * @param users how many users to remember at most
     */
    public IntercomContactIds(long users) {
        this.ids = Caffeine.newBuilder().maximumSize(users).build();
    }

    /** The contact's id, or null when it is not known here. */
    public String idOf(@Variable("userKey") String userKey) {
        return ids.getIfPresent(userKey);
    }

    /** Remembers the contact that the answer names. */
    public void remember(@Variable("userKey") String userKey, @Variable("answer") IntercomAnswer answer) {
        if (answer.contactId() != null) {
            ids.put(userKey, answer.contactId());
        }
    }

    /** Forgets a user, because the contact is gone. */
    public void forget(@Variable("userKey") String userKey) {
        ids.invalidate(userKey);
    }

    /** The smallest contact that an event of this body can be about, as JSON text. */
    public String smallest(@Variable("request") String eventBody) throws IOException {
        JsonNode event = Json.MAPPER.readTree(eventBody);
        ObjectNode contact = Json.object().put("role", "user");
        if (event.has("user_id")) {
            contact.set("external_id", event.get("user_id"));
        } else {
            contact.set("email", event.get("email"));
        }
        return Json.write(contact);
    }

    /** The event's body with the contact that the answer names in place of the user's id or email, as JSON text. */
    public String addressed(@Variable("request") String eventBody, @Variable("answer") IntercomAnswer answer)
            throws IOException {
        ObjectNode event = (ObjectNode) Json.MAPPER.readTree(eventBody);
        event.remove("user_id");
        event.remove("email");
        return Json.write(event.put("id", answer.contactId()));
    }
}
