package io.github.mparticleintercom.intercom;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Change;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.ratelimit.Permit;
import java.time.Instant;
import java.util.ArrayList;

/**
 * One request on its way from the queue to Intercom: what its message says, and what was learned on the way. It is the variable
 * {@code request} of delivery. One thread works on it.
 */
public final class QueuedRequest extends IntercomRequest implements Permit.Holder {

    /** More than the longest way of detours takes: not there, there after all, archived, merged, ambiguous. */
    private static final int MOST_CALLS = 16;

    private final String original;
    private final int replays;
    private final Instant takenAt;
    private ObjectNode sent;
    private String text;
    private boolean changed;
    private String unknownAttribute;
    private int attempts;
    private int failures;
    private int calls;
    private boolean namedByContactId;
    private boolean lookedUp;
    private boolean searched;
    private boolean lead;
    private boolean anothers;
    private Call call;
    private long calledAt;
    private Permit permit;
    private IntercomAnswer answer;
    private long answersBefore = -1;
    private final boolean retry;
    private int failuresAlone;
    private boolean leaves;
    private boolean firstOfConsumer;
    private long acceptedAt = System.currentTimeMillis();

    /**
     * What a message holds.
     *
     * @param original the JSON for Intercom as it stands in the message
     * @param body     the same, parsed
     * @param replays  how often it was replayed from the dead letter queue
     * @param before   what was tried before it came to the retry queue; null where it comes from the queue of requests
     */
    QueuedRequest(Operation operation, String platform, String userKey, String stableId, String batchId, String eventId,
            String source, String original, ObjectNode body, int replays, Before before) {
        super(operation, platform, userKey, stableId, batchId, eventId, body, new ArrayList<>(0));
        source(source);
        this.original = original;
        this.sent = body;
        this.text = original;
        this.replays = replays;
        this.retry = before != null;
        this.takenAt = before == null ? Instant.now() : before.takenAt();
        if (before != null) {
            attempts = before.attempts();
            failures = before.failures();
            failuresAlone = before.failuresAlone();
        }
    }

    /**
     * What was tried before a request came to the retry queue.
     *
     * @param attempts      how often it was tried
     * @param failures      how often that failed, and not for the rate limit
     * @param failuresAlone how often while others went through
     * @param takenAt       when delivery took it first
     */
    record Before(int attempts, int failures, int failuresAlone, Instant takenAt) {
    }

    /** A call of our own about no message, with this credential. */
    static QueuedRequest check(String platform) {
        return new QueuedRequest(Operation.CONTACT, platform, "", "", null, null, null, "", null, 0, null);
    }

    /** What one call is for, in the words of the metrics. */
    enum Call {
        CONTACT_CREATE("contact-create"), CONTACT_UPDATE("contact-update"), EVENT("event"), CHECK("check"),
        CONTACT_LOOKUP("contact-lookup", true), CONTACT_READ("contact-read", true), MERGED_READ("contact-read", true), CONTACT_UNARCHIVE("contact-unarchive", true),
        CONTACT_SEARCH("contact-search", true), CONTACT_MERGE("contact-merge", true), ATTRIBUTE_CREATE("attribute-create", true),
        COMPANY("company", true), COMPANY_LIST("company-list", true), COMPANY_ATTACH("company-attach", true),
        COMPANY_DETACH("company-detach", true), TAG("tag", true), TAG_LIST("tag-list", true), TAG_ADD("tag-add", true),
        TAG_REMOVE("tag-remove", true), ERASED_SEARCH("contact-search", true), CONTACT_DELETE("contact-delete", true),
        CONTACT_ARCHIVE("contact-archive", true);

        private final String word;
        private final boolean aside;

        Call(String word) {
            this(word, false);
        }

        Call(String word, boolean aside) {
            this.word = word;
            this.aside = aside;
        }

        /** Whether it only helps another call, or needs a permission that most requests do not: that it is forbidden stops nothing. */
        boolean isAside() {
            return aside;
        }

        String word() {
            return word;
        }

        /** Whether it changes something that a request asks for: that it is taken means that Intercom takes requests. */
        boolean isTaken() {
            return switch (this) {
                case EVENT, CONTACT_CREATE, CONTACT_UPDATE, COMPANY, COMPANY_ATTACH, COMPANY_DETACH, TAG_ADD, TAG_REMOVE -> true;
                default -> false;
            };
        }

        /** Whether its answer is read for more than an id of a contact. */
        boolean isRead() {
            return switch (this) {
                case CHECK, COMPANY, COMPANY_LIST, TAG, TAG_LIST, ERASED_SEARCH -> true;
                default -> false;
            };
        }
    }

    /** The JSON of the message, whatever was made of it since. */
    public String original() {
        return original;
    }

    /** How often it was replayed from the dead letter queue. */
    public int replays() {
        return replays;
    }

    /** When it was accepted, in Unix milliseconds, however often it was deferred or replayed since. */
    public long acceptedAt() {
        return acceptedAt;
    }

    void acceptedAt(long millis) {
        acceptedAt = millis;
    }

    /** When delivery took it first off a queue. */
    public Instant takenAt() {
        return takenAt;
    }

    /** Whether its consumer had nothing of this user before, as far as the broker tells. */
    public boolean isFirstOfConsumer() {
        return firstOfConsumer;
    }

    void firstOfConsumer(boolean first) {
        firstOfConsumer = first;
    }

    /** How often it was tried, from 1. */
    public int attempts() {
        return Math.max(1, attempts);
    }

    /** Intercom's last answer; null if there was none yet. */
    public IntercomAnswer answer() {
        return answer;
    }

    /** How many good answers Intercom had given before the last failure, or when this was taken, as {@link IntercomOutages} counts them. */
    long answersBefore() {
        return answersBefore;
    }

    void answersBefore(long answersSoFar) {
        answersBefore = answersSoFar;
    }

    /** An attempt failed, and not for the rate limit. */
    void failed() {
        failures++;
    }

    int failures() {
        return failures;
    }

    /** The failure was not that of an outage: others went through since the last one. */
    void failedAlone() {
        failuresAlone++;
    }

    int failuresAlone() {
        return failuresAlone;
    }

    /** Whether it comes from the retry queue. */
    public boolean isRetry() {
        return retry;
    }

    /** It goes to the retry queue, so that others get their turn. */
    void leave() {
        leaves = true;
    }

    boolean leaves() {
        return leaves;
    }

    /** What has been tried until now, for the retry queue. */
    Before tried() {
        return new Before(attempts, failures, failuresAlone, takenAt);
    }

    /** Another attempt begins; what detours of the last one did counts no more. */
    public void begin() {
        attempts++;
        calls = 0;
        namedByContactId = false;
        lookedUp = false;
        searched = false;
        lead = false;
        anothers = false;
        sent = body();
        text = changed ? json() : original;
    }

    /** The JSON to send now. */
    String text() {
        return text;
    }

    /** The same, parsed. */
    ObjectNode sent() {
        return sent;
    }

    /** From now on this is sent in place of the body. */
    void send(ObjectNode other) {
        sent = other;
        text = Json.write(other);
    }

    /** Whether what is sent names a user by Customer ID and by email, of which each may be another contact's. */
    boolean namesTwice() {
        return sent.has("external_id") && sent.has("email");
    }

    /** Notes a change, once for all attempts. */
    @Override
    public void changed(Reason reason, String field) {
        if (!changes().contains(new Change(reason, field))) {
            super.changed(reason, field);
        }
    }

    /** The body was changed in place. */
    @Override
    public void bodyChanged() {
        changed = true;
        sent = body();
        text = json();
    }

    /** One more attribute, tag or contact is settled: there may be many, and each takes calls of its own. */
    public void settled() {
        calls = 0;
    }

    void unknownAttribute(String name) {
        unknownAttribute = name;
    }

    /** The custom attribute that Intercom did not know and that is being created. */
    String unknownAttribute() {
        return unknownAttribute;
    }

    boolean nameByContactIdOnce() {
        boolean first = !namedByContactId;
        namedByContactId = true;
        return first;
    }

    boolean lookUpOnce() {
        boolean first = !lookedUp;
        lookedUp = true;
        return first;
    }

    boolean searchOnce() {
        boolean first = !searched;
        searched = true;
        return first;
    }

    /** Whether its contact is a lead, which no email leads to but this one. */
    boolean isLead() {
        return lead;
    }

    void lead(boolean isLead) {
        lead = isLead;
    }

    /** Whether its contact was merged into that of another Customer ID, which stays who it is. */
    boolean isAnothers() {
        return anothers;
    }

    void anothers(boolean isAnothers) {
        anothers = isAnothers;
    }

    /** Whether it makes a lead of whoever is not known yet. */
    boolean isLeadsRole() {
        return sent.path("role").asText().equals("lead");
    }

    /** Whether it names its user by a Customer ID. */
    boolean hasCustomerId() {
        return customerId() != null;
    }

    /** The Customer ID of its user; null if it names none. */
    String customerId() {
        return Json.text(body().get(operation().customerIdField()));
    }

    /**
     * A call is about to be made.
     *
     * @throws IntercomUnavailable when the answers to this request lead round in circles: it waits then, as for an outage
     */
    void calling(Call next) throws IntercomUnavailable {
        if (++calls > MOST_CALLS) {
            throw new IntercomUnavailable("Intercom's answers lead to no end");
        }
        call = next;
        answer = null;
    }

    Call call() {
        return call;
    }

    @Override
    public void permit(Permit given) {
        permit = given;
        calledAt = System.nanoTime();
    }

    Permit permit() {
        return permit;
    }

    /** When the call was allowed, by {@link System#nanoTime()}. */
    public long calledAt() {
        return calledAt;
    }

    /** What the last call was for, in the words of the metrics. */
    public String callWord() {
        return call == null ? "other" : call.word();
    }

    void answered(IntercomAnswer given) {
        answer = given;
    }
}
