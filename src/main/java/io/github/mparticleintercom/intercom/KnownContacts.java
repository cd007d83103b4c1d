package io.github.mparticleintercom.intercom;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomRequest.Operation;
import io.github.mparticleintercom.intercom.QueuedRequest.Call;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.camel.Variable;
import org.apache.camel.Variables;

/**
 * Remembers of as many users as there is room for which contact they are and what Intercom has last confirmed of them, so
 * that a profile that has not changed costs no call, and a contact that was deleted at Intercom comes back whole. All of it is
 * in memory alone: after a restart nothing is known, and the next profile of each user is sent.
 */
public final class KnownContacts {

    private static final String REQUEST = "request";
    private static final String CONTACT_ID = "contactId";
    private static final String ANSWER = "answer";

    private final Clock clock;
    private Cache<String, Known> contacts = memory(100_000);
    private Cache<String, String> profiles = profiles(20_000_000);
    private long unchangedMillis = TimeUnit.DAYS.toMillis(1);
    private UnknownAttributes unknownAttributes;
    private boolean leads;

    /**
     * What is known of one user: the contact's id, which is sure for a user with a Customer ID and for a lead, while somebody else
     * may have an email by now; a fingerprint of the profile that was last confirmed; and which batch made the contact, null if it was
     * none that was confirmed last.
     */
    private record Known(String id, boolean sure, String profile, long confirmedAt, String madeBy) {
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

    private static Cache<String, String> profiles(long bytes) {
        return Caffeine.newBuilder().maximumWeight(bytes).<String, String>weigher((user, profile) -> user.length() + profile.length())
                .build();
    }

    /** How many characters of profiles to remember at most, about a byte each. */
    public void setProfileBytes(long bytes) {
        profiles = profiles(bytes);
    }

    /** How long, in minutes, a confirmed profile counts as what Intercom has. */
    public void setUnchangedMinutes(long minutes) {
        unchangedMillis = TimeUnit.MINUTES.toMillis(minutes);
    }

    /** What a user is of whom no Customer ID is known: {@code user} or {@code lead}. */
    public void setRoleWithoutCustomerId(String role) {
        leads = role.equals("lead");
    }

    boolean areLeads() {
        return leads;
    }

    /** Which attributes are left out. */
    public void setUnknownAttributes(UnknownAttributes unknownAttributes) {
        this.unknownAttributes = unknownAttributes;
    }

    /**
     * Begins with a contact: leaves out the attributes that Intercom does not know, sets {@code contactId} where it is known, and
     * {@code answer} to {@code send}, or to {@code unchanged} where Intercom confirmed this very profile not too long ago. Whose an
     * email is now only Intercom knows: without a Customer ID the contact is not known, unless it is a lead. Sets {@code leadId} to the
     * lead that the user was before.
     */
    public void prepare(@Variable(REQUEST) QueuedRequest request, @Variables Map<String, Object> variables) {
        request.begin();
        // why an earlier attempt was held
        variables.remove("reason");
        unknownAttributes.strip(request);
        Known known = contacts.getIfPresent(request.userKey());
        name(request, variables);
        Known lead = leads && request.otherUserKey() != null ? contacts.getIfPresent(request.otherUserKey()) : null;
        if (lead == null || !lead.sure()) {
            variables.remove("leadId");
        } else {
            variables.put("leadId", lead.id());
        }
        // the contact of a lead is sent with each batch, because its events need it
        boolean unchanged = known != null && known.sure() && request.isLeadsRole() && request.body().size() == 2
                || known != null && known.profile() != null
                && clock.millis() - known.confirmedAt() < unchangedMillis && known.profile().equals(fingerprint(request.body()));
        variables.put(ANSWER, unchanged ? "unchanged" : "send");
        if (unchanged && profiles.getIfPresent(request.userKey()) == null) {
            profiles.put(request.userKey(), request.text());
        }
    }

    /** The user is the contact of variable {@code contactId}. Sets {@code answer} to {@code send}. */
    public void remember(@Variable(REQUEST) QueuedRequest request, @Variable(CONTACT_ID) String contactId,
            @Variables Map<String, Object> variables) {
        Known before = contacts.getIfPresent(request.userKey());
        if (!request.isAnothers() && (before == null || !before.id().equals(contactId))) {
            contacts.put(request.userKey(), new Known(contactId, isSure(request), null, 0, madeBy(request)));
        }
        variables.put(ANSWER, "send");
    }

    private static String madeBy(QueuedRequest request) {
        return request.call() == Call.CONTACT_CREATE && request.answer().word().equals(IntercomAnswers.DONE) ? request.batchId() : null;
    }

    private static boolean isSure(QueuedRequest request) {
        return request.hasCustomerId() || request.isLead();
    }

    /** Sets {@code contactId} to what is known, or to nothing. */
    void name(QueuedRequest request, Map<String, Object> variables) {
        Known known = contacts.getIfPresent(request.userKey());
        if (known == null || !known.sure()) {
            variables.remove(CONTACT_ID);
        } else {
            variables.put(CONTACT_ID, known.id());
            request.lead(!request.hasCustomerId());
        }
    }

    /** The contact that the user of this request was last, whoever has its email now; null if none is known. */
    String id(QueuedRequest request) {
        Known known = contacts.getIfPresent(request.userKey());
        return known == null ? null : known.id();
    }

    /** Whether the batch of this request made the contact of its user: nothing else hangs on it yet. */
    boolean isMadeByBatch(QueuedRequest request) {
        Known known = contacts.getIfPresent(request.userKey());
        return known != null && known.madeBy() != null && known.madeBy().equals(request.batchId());
    }

    /** The lead that the user of this request is; null if it is none, or none is known. */
    String lead(QueuedRequest request) {
        Known known = request.hasCustomerId() ? null : contacts.getIfPresent(request.userKey());
        return known == null || !known.sure() ? null : known.id();
    }

    /** The contact is done, and its lead was merged into it or not. Sets {@code answer} to {@code done}. */
    public void merged(@Variable(REQUEST) QueuedRequest request, @Variable(ANSWER) String answer,
            @Variables Map<String, Object> variables) {
        if (request.otherUserKey() != null) {
            contacts.invalidate(request.otherUserKey());
        }
        if (!answer.equals(IntercomAnswers.DONE) && !answer.equals(IntercomAnswers.MISSING)) {
            request.changed(Reason.LEAD_NOT_MERGED, "email");
        }
        variables.put(ANSWER, IntercomAnswers.DONE);
    }

    /** Intercom has the profile now, as the contact of variable {@code contactId}. Another's contact is not remembered as this user's. */
    public void confirm(@Variable(REQUEST) QueuedRequest request, @Variable(CONTACT_ID) String contactId) {
        String id = request.isAnothers() ? id(request) : contactId;
        if (id != null) {
            contacts.put(request.userKey(), new Known(id, isSure(request), fingerprint(request.body()), clock.millis(), madeBy(request)));
        }
        ObjectNode before = lastProfile(request);
        profiles.put(request.userKey(), before == null ? request.text() : Json.write(over(before, request.sent())));
    }

    /**
     * The contact is gone. Sets {@code answer} to {@code send} and forgets {@code contactId}. What was known of the contact is sent
     * with what the request says of it.
     */
    public void forget(@Variable(REQUEST) QueuedRequest request, @Variables Map<String, Object> variables) {
        request.anothers(false);
        contacts.invalidate(request.userKey());
        ObjectNode before = lastProfile(request);
        if (before != null && request.operation() == Operation.CONTACT) {
            profiles.invalidate(request.userKey());
            request.send(over(before, request.sent()));
        }
        variables.remove(CONTACT_ID);
        variables.put(ANSWER, "send");
    }

    /**
     * The email is that of another contact, which must not become this user. Sets {@code answer} to {@code send}, without it and to
     * this user's own contact.
     */
    public void leaveEmailOut(@Variable(REQUEST) QueuedRequest request, @Variables Map<String, Object> variables) {
        ObjectNode contact = request.sent().deepCopy();
        contact.remove("email");
        request.send(contact);
        request.changed(Reason.EMAIL_TAKEN, "email");
        name(request, variables);
        variables.put(ANSWER, "send");
    }

    /**
     * The contact was merged into that of variable {@code contactId}, which has another Customer ID: it gets what is said of the user, and
     * stays who it is. Sets {@code answer} to {@code send}.
     */
    public void leaveIdentityOut(@Variable(REQUEST) QueuedRequest request, @Variables Map<String, Object> variables) {
        request.anothers(true);
        if (request.operation() == Operation.CONTACT) {
            request.changed(Reason.MERGED_INTO_ANOTHER, "external_id");
        }
        variables.put(ANSWER, "send");
    }

    /** What is known of the user of this request, for a contact that has to be made anew; null if nothing is. */
    ObjectNode lastProfile(QueuedRequest request) {
        String profile = profiles.getIfPresent(request.userKey());
        try {
            return profile == null ? null : (ObjectNode) Json.MAPPER.readTree(profile);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The later one over the earlier one, which is changed: what is cleared is gone. */
    private static ObjectNode over(ObjectNode earlier, ObjectNode later) {
        later.properties().forEach(field -> {
            if (field.getValue().isNull()) {
                earlier.remove(field.getKey());
            } else if (field.getValue() instanceof ObjectNode attributes && earlier.get(field.getKey()) instanceof ObjectNode there) {
                over(there, attributes);
            } else {
                earlier.set(field.getKey(), field.getValue());
            }
        });
        return earlier;
    }

    /** The contact of the user with this key; null if it is not known. */
    public String contactId(String userKey) {
        Known known = contacts.getIfPresent(userKey);
        return known == null ? null : known.id();
    }

    /** Nothing is known any more of the users whose keys are meant. */
    public void forgetUsers(Predicate<String> userKeys) {
        contacts.asMap().keySet().removeIf(userKeys);
        profiles.asMap().keySet().removeIf(userKeys);
    }

    /** The same for the same fields in another order, which mParticle does not promise. */
    static String fingerprint(JsonNode profile) {
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
