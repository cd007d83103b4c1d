package io.github.mparticleintercom.intercom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.mparticleintercom.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.TreeMap;
import org.apache.camel.Variable;

/**
 * Remembers of as many users as there is room for which contact they are and what Intercom has last confirmed of them, so
 * that a profile that has not changed costs no call.
 */
public final class KnownContacts {

    private final Cache<String, Known> contacts;
    private final Duration profileTtl;
    private final Clock clock;

    /** What is known of one user; the profile is a fingerprint, since the values themselves are nobody's business here. */
    private record Known(String id, String profile, long confirmedAt) {
    }

    /**
     * An empty memory.
     *
     * @param users          how many users to remember at most
     * @param profileMinutes how long a confirmed profile counts as what Intercom has
     */
    public KnownContacts(long users, long profileMinutes) {
        this(users, Duration.ofMinutes(profileMinutes), Clock.systemUTC());
    }

    KnownContacts(long users, Duration profileTtl, Clock clock) {
        this.contacts = Caffeine.newBuilder().maximumSize(users).build();
        this.profileTtl = profileTtl;
        this.clock = clock;
    }

    /** The contact's id, or null when it is not known here. */
    public String idOf(@Variable("userKey") String userKey) {
        Known known = contacts.getIfPresent(userKey);
        return known == null ? null : known.id();
    }

    /** Whether this profile is the last one that Intercom confirmed, and that not too long ago. */
    public boolean isUnchanged(@Variable("userKey") String userKey, @Variable("contact") String profile)
            throws IOException {
        Known known = contacts.getIfPresent(userKey);
        return known != null && clock.millis() - known.confirmedAt() < profileTtl.toMillis()
                && fingerprint(profile).equals(known.profile());
    }

    /** Remembers the contact that the answer names. What it confirms is not known yet. */
    public void remember(@Variable("userKey") String userKey, @Variable("answer") IntercomAnswer answer) {
        if (answer.contactId() != null) {
            contacts.put(userKey, new Known(answer.contactId(), null, 0));
        }
    }

    /** Remembers that Intercom has this profile now. */
    public void confirm(@Variable("userKey") String userKey, @Variable("contact") String profile) throws IOException {
        Known known = contacts.getIfPresent(userKey);
        if (known != null) {
            contacts.put(userKey, new Known(known.id(), fingerprint(profile), clock.millis()));
        }
    }

    /** Forgets a user, because the contact is gone. */
    public void forget(@Variable("userKey") String userKey) {
        contacts.invalidate(userKey);
    }

    /** Whether the contact has no Customer ID to look it up by. */
    public boolean lacksExternalId(@Variable("contact") String contact) throws IOException {
        return Json.text(Json.MAPPER.readTree(contact).get("external_id")) == null;
    }

    /** Where Intercom finds the contact of this Customer ID. */
    public String lookupPath(@Variable("contact") String contact) throws IOException {
        String id = Json.MAPPER.readTree(contact).path("external_id").asText();
        return "/contacts/find_by_external_id/" + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The smallest contact that an event of this body can be about, as JSON text. */
    public String smallest(@Variable("original") String eventBody) throws IOException {
        JsonNode event = Json.MAPPER.readTree(eventBody);
        ObjectNode contact = Json.object().put("role", "user");
        if (event.has("user_id")) {
            contact.set("external_id", event.get("user_id"));
        } else {
            contact.set("email", event.get("email"));
        }
        return Json.write(contact);
    }

    /** The event with the contact's own id in place of the user's id or email, as JSON text. */
    public String addressed(@Variable("request") String eventBody, @Variable("userKey") String userKey)
            throws IOException {
        ObjectNode event = (ObjectNode) Json.MAPPER.readTree(eventBody);
        event.remove("user_id");
        event.remove("email");
        return Json.write(event.put("id", idOf(userKey)));
    }

    /** The same for the same fields in another order, which mParticle does not promise. */
    private static String fingerprint(String profile) throws IOException {
        return Json.fingerprint(sorted(Json.MAPPER.readTree(profile)));
    }

    private static String sorted(JsonNode node) {
        if (!node.isObject()) {
            return node.toString();
        }
        TreeMap<String, String> fields = new TreeMap<>();
        node.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
        return fields.toString();
    }
}
