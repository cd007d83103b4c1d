package io.github.mparticleintercom.intercom;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.mparticleintercom.Json;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Variable;
import org.apache.camel.Variables;

/**
 * Remembers of as many users as there is room for which contact they are and what Intercom has last confirmed of them, so
 * that a profile that has not changed costs no call.
 */
public final class KnownContacts {

    private static final String REQUEST = "request";
    private static final String CONTACT_ID = "contactId";
    private static final String ANSWER = "answer";

    private final Clock clock;
    private Cache<String, Known> contacts = memory(100_000);
    private long unchangedMillis = TimeUnit.DAYS.toMillis(1);
    private UnknownAttributes unknownAttributes;

    /** What is known of one user; the profile is a fingerprint, since the values themselves are nobody's business here. */
    private record Known(String id, String profile, long confirmedAt) {
    }

    /** An empty memory, by the system's clock. */
    public KnownContacts() {
        this(Clock.systemUTC());
    }

    KnownContacts(Clock clock) {
        this.clock = clock;
    }

    private static Cache<String, Known> memory(long users) {
        return Caffeine.newBuilder().maximumSize(users).build();
    }

    /** How many users to remember at most. */
    public void setUsers(long users) {
        contacts = memory(users);
    }

    /** How long, in minutes, a confirmed profile counts as what Intercom has. */
    public void setUnchangedMinutes(long minutes) {
        unchangedMillis = TimeUnit.MINUTES.toMillis(minutes);
    }

    /** Which attributes are left out. */
    public void setUnknownAttributes(UnknownAttributes unknownAttributes) {
        this.unknownAttributes = unknownAttributes;
    }

    /**
     * Begins with a contact: leaves out the attributes that Intercom does not know, sets {@code contactId} where it is known, and
     * {@code answer} to {@code send}, or to {@code unchanged} where Intercom confirmed this very profile not too long ago.
     */
    public void prepare(@Variable(REQUEST) QueuedRequest request, @Variables Map<String, Object> variables) {
        request.begin();
        // why an earlier attempt was held
        variables.remove("reason");
        if (unknownAttributes.strip(request.body())) {
            request.bodyChanged();
        }
        Known known = contacts.getIfPresent(request.userKey());
        if (known == null) {
            variables.remove(CONTACT_ID);
        } else {
            variables.put(CONTACT_ID, known.id());
        }
        boolean unchanged = known != null && known.profile() != null
                && clock.millis() - known.confirmedAt() < unchangedMillis && known.profile().equals(fingerprint(request.body()));
        variables.put(ANSWER, unchanged ? "unchanged" : "send");
    }

    /** The user is the contact of variable {@code contactId}. Sets {@code answer} to {@code send}. */
    public void remember(@Variable(REQUEST) QueuedRequest request, @Variable(CONTACT_ID) String contactId,
            @Variables Map<String, Object> variables) {
        contacts.put(request.userKey(), new Known(contactId, null, 0));
        variables.put(ANSWER, "send");
    }

    /** Intercom has the profile now, as the contact of variable {@code contactId}. */
    public void confirm(@Variable(REQUEST) QueuedRequest request, @Variable(CONTACT_ID) String contactId) {
        contacts.put(request.userKey(), new Known(contactId, fingerprint(request.body()), clock.millis()));
    }

    /** The contact is gone. Sets {@code answer} to {@code send} and forgets {@code contactId}. */
    public void forget(@Variable(REQUEST) QueuedRequest request, @Variables Map<String, Object> variables) {
        contacts.invalidate(request.userKey());
        variables.remove(CONTACT_ID);
        variables.put(ANSWER, "send");
    }

    /** The same for the same fields in another order, which mParticle does not promise. */
    private static String fingerprint(JsonNode profile) {
        return Json.fingerprint(sorted(profile));
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
