package io.github.mparticleintercom.erasure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.erasure.ErasureRequest.Identity;
import io.github.mparticleintercom.intercom.IntercomAnswers;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.intercom.IntercomRequest.Operation;
import io.github.mparticleintercom.intercom.QueuedRequest;
import io.github.mparticleintercom.mparticle.Identities;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The forgetting of one user, in the order of that user's requests: which contacts Intercom has, and by what other names the user
 * turns out to be known. It is the variable {@code erasure} of delivery. One thread works on it.
 *
 * <p>A contact with a Customer ID is taken out only in the order of the requests of that Customer ID: what an email finds of those is
 * left to a part of its own. So nothing that came before it follows, and nobody who came after it goes.
 */
final class UserErasure {

    private static final int PAGE = 150;
    private static final String NAMED = "named";
    private static final String RECEIVED = "received_at";

    private final String id;
    private final Identity identity;
    private final String userKey;
    private final long received;
    private final String platform;
    /** The names that have, or had, a part of their own. */
    private final Set<String> named = new LinkedHashSet<>();
    private final LinkedHashSet<String> contacts = new LinkedHashSet<>();
    /** The contacts that were met so far. */
    private final Set<String> seen = new HashSet<>();
    private final Map<String, Identity> others = new LinkedHashMap<>();
    private final Set<String> otherEmails = new LinkedHashSet<>();
    private final String known;
    private Step step = Step.SEARCH;
    private String after = "";

    /** What is to be asked of Intercom next. */
    enum Step {
        /** For the next page of contacts. */
        SEARCH,
        /** For the contact of a Customer ID, since a search shows a new one late, and one that was merged never. */
        LOOKUP,
        /** For the contact that is remembered for an email, of which the same is true, and which may have another email by now. */
        READ,
        /** To take a contact out. */
        REMOVE,
        /** For nothing more. */
        DONE
    }

    /** What is to be done for this request off the queue; the contact that is remembered for the user, or null. */
    UserErasure(QueuedRequest request, String contactId) {
        JsonNode body = request.body();
        id = request.batchId();
        identity = new Identity(body.path("identity_type").asText(), body.path("identity_value").asText());
        userKey = request.userKey();
        platform = request.platform();
        received = body.path(RECEIVED).asLong();
        body.path(NAMED).forEach(name -> named.add(name.asText()));
        known = contactId;
    }

    /**
     * The request that has a user forgotten.
     *
     * @param id       {@code subject_request_id}
     * @param identity whom
     * @param received when that was asked for, in Unix milliseconds
     * @param named    the names of all that have a part of their own
     * @param platform whose credential to call with
     * @param again    what made it necessary once more; "" where it is asked for
     */
    static IntercomRequest request(String id, Identity identity, long received, Set<String> named, String platform, String again) {
        ObjectNode body = Json.object().put("identity_type", identity.type()).put("identity_value", identity.value()).put(RECEIVED, received);
        ArrayNode names = body.putArray(NAMED);
        named.forEach(names::add);
        return new IntercomRequest(Operation.ERASURE, platform, identity.userKey(), "erasure-" + id + "-" + identity.name() + again, id, null, body,
                List.of());
    }

    String id() {
        return id;
    }

    /** The name of this part. */
    String name() {
        return identity.name();
    }

    /** What to ask of Intercom next. */
    Step step() {
        return step;
    }

    /** The next page of contacts to ask for, as JSON text. */
    String query() {
        ObjectNode query = Json.object();
        String value = identity.value();
        String lower = value.toLowerCase(Locale.ROOT);
        ObjectNode filter = query.putObject("query");
        if (identity.isEmail() && !lower.equals(value)) {
            filter.put("operator", "OR").putArray("value").add(equal("email", value)).add(equal("email", lower));
        } else {
            filter.setAll(equal(identity.isEmail() ? "email" : "external_id", value));
        }
        ObjectNode page = query.putObject("pagination").put("per_page", PAGE);
        if (!after.isEmpty()) {
            page.put("starting_after", after);
        }
        return Json.write(query);
    }

    private static ObjectNode equal(String field, String value) {
        return Json.object().put("field", field).put("operator", "=").put("value", value);
    }

    /** The contact to read or to take out next; null where there is none. */
    String contact() {
        return step == Step.READ ? known : step == Step.REMOVE ? contacts.iterator().next() : null;
    }

    /**
     * Goes on by Intercom's answer.
     *
     * @param answer    its word
     * @param body      what it holds
     * @param contactId the contact that the answer names; null if it names none
     */
    void answered(String answer, JsonNode body, String contactId) {
        switch (step) {
            case SEARCH -> {
                body.path("data").forEach(this::found);
                String next = Json.text(body.at("/pages/next/starting_after"));
                if (next != null && !next.equals(after)) {
                    after = next;
                    return;
                }
                if (identity.isEmail() ? known != null && !seen.contains(known) : contacts.isEmpty()) {
                    step = identity.isEmail() ? Step.READ : Step.LOOKUP;
                    return;
                }
            }
            case REMOVE -> {
                String gone = contacts.iterator().next();
                contacts.remove(gone);
                add(answer.equals(IntercomAnswers.MERGED) ? contactId : null);
            }
            default -> {
                if (answer.equals(IntercomAnswers.DONE)) {
                    found(body);
                } else if (answer.equals(IntercomAnswers.MERGED) && !identity.isEmail()) {
                    add(contactId);
                }
            }
        }
        step = contacts.isEmpty() ? Step.DONE : Step.REMOVE;
    }

    private void found(JsonNode contact) {
        String contactId = Json.text(contact.get("id"));
        String customerId = Json.text(contact.get("external_id"));
        String email = Json.text(contact.get("email"));
        if (!identity.isEmail()) {
            if (identity.value().equals(customerId)) {
                add(contactId);
                Identity other = email == null ? null : new Identity(Identity.EMAIL, email);
                if (other != null && !named.contains(other.name())) {
                    otherEmails.add(other.userKey());
                }
            }
        } else if (email != null && email.equalsIgnoreCase(identity.value())) {
            if (customerId == null) {
                add(contactId);
            } else {
                seen.add(contactId);
                Identity other = new Identity(Identity.CUSTOMER_ID, customerId);
                if (named.add(other.name())) {
                    others.put(other.userKey(), other);
                }
            }
        }
    }

    private void add(String contactId) {
        if (contactId != null && seen.add(contactId)) {
            contacts.add(contactId);
        }
    }

    /** Those who are to be forgotten as well, each with a part of their own. */
    List<IntercomRequest> others() {
        List<IntercomRequest> requests = new ArrayList<>();
        others.values().forEach(other -> requests.add(request(id, other, received, named, platform, "")));
        return requests;
    }

    Set<String> otherNames() {
        Set<String> names = new LinkedHashSet<>();
        others.values().forEach(other -> names.add(other.name()));
        return names;
    }

    /** The keys of the user that have no part of their own. */
    Set<String> userKeys() {
        Set<String> keys = new LinkedHashSet<>(otherEmails);
        keys.add(userKey);
        return keys;
    }

    /** When that was asked for, in Unix milliseconds. */
    long received() {
        return received;
    }

    /** Whether a batch, or a request for Intercom, is about this user. */
    boolean concerns(JsonNode json) {
        JsonNode customerId = json.has("external_id") ? json.get("external_id") : json.get("user_id");
        Identities user = json.has("user_identities") ? Identities.read(json.get("user_identities"))
                : new Identities(Json.text(customerId), Json.text(json.get("email")), null, false);
        return user.known() && (userKeys().contains(user.key()) || identity.isEmail() && userKey.equals(user.emailKey()));
    }

    /** Its id. */
    @Override
    public String toString() {
        return "UserErasure[" + id + "]";
    }
}
