package io.github.mparticleintercom.erasure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.erasure.ErasureRequest.Identity;
import io.github.mparticleintercom.intercom.ErasedUsers;
import io.github.mparticleintercom.intercom.ErasedUsers.Since;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.intercom.KnownCompanies;
import io.github.mparticleintercom.intercom.KnownContacts;
import io.github.mparticleintercom.intercom.KnownTags;
import io.github.mparticleintercom.intercom.QueuedRequest;
import io.github.mparticleintercom.intercom.RequestMessages;
import io.github.mparticleintercom.outcome.Journal;
import io.github.mparticleintercom.translate.IntercomSeconds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.camel.Variable;
import org.apache.camel.Variables;

/** What the forgetting of a user has to compute, from the queue to the end. */
public final class ErasureDelivery {

    private static final String REQUEST = "request";
    private static final String ERASURE = "erasure";
    private static final String ANSWER = "answer";
    private static final String OUTCOME = "outcome";
    private static final String CONTACT_ID = "contactId";

    private ErasureRegister register;
    private KnownContacts knownContacts;
    private KnownCompanies knownCompanies;
    private KnownTags knownTags;
    private IntercomSeconds seconds;
    private ErasedUsers users = new ErasedUsers();
    private DryRunFile dryRun;
    private Journal journal;
    /** The ids of the requests that ended and whose users are remembered no more. One thread uses it. */
    private final Set<String> forgotten = new HashSet<>();

    /** What is kept of each request. */
    public void setRegister(ErasureRegister register) {
        this.register = register;
    }

    /** Knows who was delivered too late. */
    public void setUsers(ErasedUsers users) {
        this.users = users;
    }

    /** Remembers users. */
    public void setKnownContacts(KnownContacts knownContacts) {
        this.knownContacts = knownContacts;
    }

    /** Remembers whose company is which. */
    public void setKnownCompanies(KnownCompanies knownCompanies) {
        this.knownCompanies = knownCompanies;
    }

    /** Remembers who has which tags. */
    public void setKnownTags(KnownTags knownTags) {
        this.knownTags = knownTags;
    }

    /** Remembers events of users. */
    public void setSeconds(IntercomSeconds seconds) {
        this.seconds = seconds;
    }

    /** What a dry run wrote down of users. */
    public void setDryRun(DryRunFile dryRun) {
        this.dryRun = dryRun;
    }

    /** Where the end is recorded. */
    public void setJournal(Journal journal) {
        this.journal = journal;
    }

    /**
     * Begins, or begins again. Sets {@code erasure}, {@code step}, {@code query}, {@code contactId}, and {@code answer} to {@code send},
     * or to {@code erased} in a dry run, which asks nothing of Intercom, or to {@code cancelled}.
     */
    public void begin(@Variable(REQUEST) QueuedRequest request, @Variable(OUTCOME) String outcome, @Variables Map<String, Object> variables) {
        request.begin();
        // why an earlier attempt was held
        variables.remove("reason");
        UserErasure erasure = new UserErasure(request, knownContacts.contactId(request.userKey()));
        variables.put(ERASURE, erasure);
        boolean isCancelled = register.update(erasure.id(), record -> {
            if (record.path(ErasureRegister.STATUS).asText().equals("pending")) {
                ErasureStatus.set(record, "in_progress");
            }
        }).filter(ErasureStatus::isCancelled).isPresent();
        next(erasure, variables);
        if (isCancelled || outcome.equals("dry-run")) {
            variables.put(ANSWER, isCancelled ? "cancelled" : "erased");
        }
    }

    /**
     * Goes on by Intercom's answer. Sets {@code step} ({@code search}, {@code lookup}, {@code read}, {@code remove}), {@code query},
     * {@code contactId}, and {@code answer}: {@code send}, or {@code erased} at the end.
     */
    public void next(@Variable(REQUEST) QueuedRequest request, @Variable(ERASURE) Object erasure, @Variable(ANSWER) String answer,
            @Variable(CONTACT_ID) String contactId, @Variables Map<String, Object> variables) {
        JsonNode found = request.answer().body();
        ((UserErasure) erasure).answered(answer, found, contactId);
        request.settled();
        next((UserErasure) erasure, variables);
    }

    private static void next(UserErasure erasure, Map<String, Object> variables) {
        variables.put("step", erasure.step().name().toLowerCase(Locale.ROOT));
        variables.put("query", erasure.query());
        String contactId = erasure.contact();
        if (contactId == null) {
            variables.remove(CONTACT_ID);
        } else {
            variables.put(CONTACT_ID, contactId);
        }
        variables.put(ANSWER, erasure.step() == UserErasure.Step.DONE ? "erased" : "send");
    }

    /** The parts of those who turned out to be the same user; their requests go nowhere from now on. */
    public List<IntercomRequest> others(@Variable(ERASURE) Object erasure) {
        UserErasure user = (UserErasure) erasure;
        register.update(user.id(), record -> {
            ObjectNode names = record.withObjectProperty(ErasureRegister.NAMES);
            ArrayNode open = record.withArrayProperty(ErasureRegister.OPEN);
            user.otherNames().stream().filter(name -> !names.has(name)).forEach(open::add);
            user.otherNames().forEach(name -> names.put(name, names.path(name).asBoolean()));
            user.userKeys().stream().map(ErasedUsers::name)
                    .forEach(name -> names.put(name, names.path(name).asBoolean()));
        });
        return user.others();
    }

    /** The forgetting, once more, of those of whom something was on its way to Intercom when they were forgotten by their email. */
    public List<IntercomRequest> late() {
        List<IntercomRequest> requests = new ArrayList<>();
        for (QueuedRequest late = users.late(); late != null; late = users.late()) {
            Since since = users.since(late);
            JsonNode body = late.body();
            String customerId = Json.text(body.has("user_id") ? body.get("user_id") : body.get("external_id"));
            if (since != null && customerId != null) {
                Identity identity = new Identity(Identity.CUSTOMER_ID, customerId);
                requests.add(UserErasure.request(since.id(), identity, since.millis(), Set.of(identity.name()), late.platform(),
                        "-" + late.stableId()));
            }
        }
        return requests;
    }

    /**
     * Nothing is left of this user here nor at Intercom: forgets it, and ends the request with its last part.
     *
     * @throws IOException when what a dry run wrote cannot be read
     */
    public void finish(@Variable(ERASURE) Object erasure, @Variable(OUTCOME) String outcome) throws IOException {
        UserErasure user = (UserErasure) erasure;
        forget(user.userKeys()::contains);
        dryRun.forget(user::concerns);
        end(user.id(), outcome.equals("dry-run") ? "cancelled" : "completed", user.name());
    }

    private void forget(Predicate<String> userKeys) {
        knownContacts.forgetUsers(userKeys);
        knownCompanies.forgetUsers(userKeys);
        knownTags.forgetUsers(userKeys);
        seconds.forgetUsers(userKeys);
    }

    /** Forgets those whom other instances have forgotten, each once: a contact that comes back must not have what is remembered here. */
    public void forgetEverywhere() {
        List<ObjectNode> ended = register.all().stream().filter(record -> record.has(ErasureRegister.ENDED)).toList();
        forgotten.retainAll(ended.stream().map(record -> record.path(ErasureRegister.ID).asText()).toList());
        for (ObjectNode record : ended) {
            JsonNode names = record.path(ErasureRegister.NAMES);
            if (forgotten.add(record.path(ErasureRegister.ID).asText()) && !names.isEmpty()) {
                forget(userKey -> names.has(ErasedUsers.name(userKey)));
            }
        }
    }

    /** Somebody threw the dead letter away that a part of a request had become, so that it will not be carried out. */
    public void cancel(@Variable("deadLetter") Map<String, Object> deadLetter) {
        end(String.valueOf(deadLetter.get(RequestMessages.BATCH_ID)), "cancelled", null);
    }

    /** Ends a request, with the last of its parts or whole. */
    private void end(String id, String status, String part) {
        boolean[] isOver = {false};
        register.update(id, record -> {
            ArrayNode open = record.withArrayProperty(ErasureRegister.OPEN);
            for (int i = open.size() - 1; i >= 0; i--) {
                if (part == null || open.get(i).asText().equals(part)) {
                    open.remove(i);
                }
            }
            isOver[0] = open.isEmpty() && !record.has(ErasureRegister.ENDED);
            if (isOver[0]) {
                ErasureStatus.set(record, status);
                record.put(ErasureRegister.ENDED, System.currentTimeMillis());
            }
        });
        if (isOver[0]) {
            journal.erasure(status, id);
        }
    }
}
