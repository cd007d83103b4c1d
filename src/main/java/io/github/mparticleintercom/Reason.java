package io.github.mparticleintercom;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Why something was skipped, dead-lettered, changed or refused: a code, a sentence in plain words and what to do about it.
 * Answers, logs, receipts, metrics and dead letters use these codes. A route may use a code of its own: any text in
 * kebab-case is a reason.
 */
public final class Reason {

    private static final Map<String, Reason> KNOWN = new LinkedHashMap<>();
    private static final int MAX_CHARS = 64;

    // skipped: never forwarded, never an error
    public static final Reason NO_IDENTITY = known("no-identity",
            "The batch names neither a Customer ID nor an email, so Intercom cannot know the user",
            "Nothing, unless these users should be known: then set a Customer ID or an email in mParticle");
    public static final Reason DEVELOPMENT_ENVIRONMENT = known("development-environment",
            "The batch comes from mParticle's development environment",
            "To forward such batches set mparticle-intercom.batches.development to true");
    public static final Reason EVENT_TYPE_OFF = known("event-type-off",
            "Events of this type are not forwarded",
            "To forward this type add it to mparticle-intercom.events.types");
    public static final Reason EVENT_NAME_OFF = known("event-name-off",
            "Events of this name are not forwarded",
            "To forward this name add it to mparticle-intercom.events.names, or take its send: false out of the event mapping");
    public static final Reason DUPLICATE = known("duplicate",
            "The same thing was accepted before",
            "Nothing; Intercom gets it once");
    public static final Reason ALIAS_REQUEST = known("alias-request",
            "This is an alias request of mParticle, which joins two profiles there, and no batch",
            "Nothing, or switch off Send Alias Requests in the connection at mParticle");
    public static final Reason EMPTY_OBJECT = known("empty-object",
            "This is an empty object, as mParticle writes one to see whether it may write at all",
            "Nothing");
    public static final Reason SCREEN_VIEW_ENDED = known("screen-view-ended",
            "Android reports a screen view twice; this is the end of one whose beginning is forwarded",
            "Nothing");
    public static final Reason LONG_AGO = known("long-ago",
            "The event happened longer ago than the setting allows",
            "To forward such events raise mparticle-intercom.events.past-days, or set events.far-times to warn");
    public static final Reason IN_THE_FUTURE = known("in-the-future",
            "The event lies further in the future than the setting allows",
            "Correct the clock of what sends it, or raise mparticle-intercom.events.future-days, or set events.far-times to warn");
    public static final Reason NO_CONSENT = known("no-consent",
            "The user has not granted the consent that forwarding needs",
            "Nothing, unless the purpose is the wrong one: then correct mparticle-intercom.consent.purpose, or the route that asks for it");

    // dead-lettered at intake: kept on the dead letter queue with the original bytes
    public static final Reason INVALID_JSON = known("invalid-json",
            "The text is not JSON",
            "Fix the text and replay it with the fixed body, or discard it");
    public static final Reason INVALID_GZIP = known("invalid-gzip",
            "The bytes are packed with gzip and cannot be unpacked: they are damaged, or broken off",
            "Send it again whole, then discard this one, or replay it with a plain body");
    public static final Reason NOT_A_BATCH = known("not-a-batch",
            "The JSON is not an mParticle batch",
            "Find out what sends it; discard it, or replay it with a batch as body");
    public static final Reason INVALID_FIELD = known("invalid-field",
            "A field has a value of the wrong kind",
            "Fix the named field and replay it with the fixed body");
    public static final Reason INVALID_EVENT = known("invalid-event",
            "The event lacks something that every event of its type has",
            "Add what the named field lacks and replay it with the fixed body");
    public static final Reason TOO_MANY_BATCHES = known("too-many-batches",
            "The array holds more batches than one request may bring",
            "Send the array again in smaller parts, then discard this one");
    public static final Reason BATCH_TOO_LARGE = known("batch-too-large",
            "The batch is larger than one batch may be",
            "Raise mparticle-intercom.files.max-batch-bytes and put the file in again, then discard this one");
    public static final Reason NO_CREDENTIAL = known("no-credential",
            "No API key or access token is set for the platform of this batch",
            "Set mparticle-intercom.platform.*.api-key or mparticle-intercom.intercom.access-token, start again, then replay it");

    // changed: forwarded, but not as it came
    public static final Reason TOO_MANY_ATTRIBUTES = known("too-many-attributes",
            "More attributes than the limit; this one was left out",
            "Name the attributes that matter in mparticle-intercom.events.priority-attributes or user.priority-attributes");
    public static final Reason NAME_TOO_LONG = known("name-too-long",
            "The name was longer than the limit and was truncated",
            "Send a shorter name, or rename it in the event mapping or with mparticle-intercom.events.rename-attributes or user.rename");
    public static final Reason NAME_CLEANED = known("name-cleaned",
            "The name held characters that Intercom does not allow and was changed",
            "Nothing, or rename it in the event mapping or with mparticle-intercom.events.rename-attributes or user.rename");
    public static final Reason NAME_COLLISION = known("name-collision",
            "Another attribute has the same name already; this one was left out",
            "Rename one of the two in mParticle, in the event mapping, or with mparticle-intercom.user.rename or events.rename-attributes");
    public static final Reason VALUE_TOO_LONG = known("value-too-long",
            "The text was longer than the limit and was truncated",
            "Send a shorter text");
    public static final Reason VALUE_EMPTY = known("value-empty",
            "The attribute has no value and was left out",
            "Nothing");
    public static final Reason VALUE_UNSUPPORTED = known("value-unsupported",
            "Intercom has no place for a value of this kind; it was left out",
            "Send a text, a number or a boolean in its place");
    public static final Reason LIST_JOINED = known("list-joined",
            "Intercom takes no lists; the entries were joined into one text",
            "Nothing");
    public static final Reason NOT_A_DATE = known("not-a-date",
            "Intercom reads this ending of the name, _date or _at, as a time, and the value is none; the name was changed",
            "Send Unix seconds, Unix milliseconds or ISO 8601, or rename the attribute");
    public static final Reason NO_COMPANY = known("no-company",
            "The attribute is about a company, and the batch does not say which one; it was left out",
            "Send the attribute that mparticle-intercom.company.id-attribute names with it");
    public static final Reason INVALID_EMAIL = known("invalid-email",
            "The email is not an address and was left out",
            "Correct the address in mParticle");
    public static final Reason SAME_SECOND = known("same-second",
            "Intercom keeps one event of a name per user and second; this one was shifted by a second",
            "Nothing, or set mparticle-intercom.events.avoid-same-second-collisions to false");
    public static final Reason TIME_UNIT = known("time-unit",
            "A time came as seconds, microseconds, nanoseconds or text where Unix milliseconds belong; it was read as what it is",
            "Nothing, or send Unix milliseconds");
    public static final Reason INVALID_TIME = known("invalid-time",
            "A time was none, or is too far away for Intercom to hold; the batch's time or that of receipt stands in its place",
            "Send Unix milliseconds");
    public static final Reason EVENT_NAME_FALLBACK = known("event-name-fallback",
            "There is no room for a further event name of a template; the event was sent under its fallback name",
            "Archive names in Intercom and take them out of event-names.txt, or give fewer events names of their own in the event mapping");
    public static final Reason TECHNICAL_ATTRIBUTE = known("technical-attribute",
            "The attribute was put there by mParticle itself and was left out",
            "Nothing, or take its name out of mparticle-intercom.events.ignored-attributes");

    // dead-lettered at delivery: kept on the dead letter queue with the request
    public static final Reason INTERCOM_REFUSED = known("intercom-refused",
            "Intercom refused the request and would refuse it again",
            "Read Intercom's code and message, fix the request or Intercom's settings, then replay it");
    public static final Reason AMBIGUOUS_CONTACT = known("ambiguous-contact",
            "Intercom knows several contacts by these details",
            "Merge these contacts in Intercom if they are one person; if not, replay it with a body that names a Customer ID, or another email");
    public static final Reason EMAIL_TAKEN = known("email-taken",
            "Another contact at Intercom has this email; this one was sent without it",
            "Nothing, if the two share the address; else correct the Customer ID or the email in mParticle");
    public static final Reason MERGED_INTO_ANOTHER = known("merged-into-another",
            "The contact was merged at Intercom into one with another Customer ID, which keeps that and its email; only the rest was sent to it",
            "Nothing, if the two are one person; else split them at Intercom, or join them in mParticle");
    public static final Reason AMBIGUOUS_COMPANY = known("ambiguous-company",
            "The user has another company or none any more, and Intercom lists several for the contact, of which any may be the one before",
            "Detach the right one in Intercom; where it is a dead letter, discard that then");
    public static final Reason LEAD_NOT_MERGED = known("lead-not-merged",
            "Intercom refused to merge the lead of the same email into the user; both stay",
            "Merge the two in Intercom");
    public static final Reason ARCHIVED_CONTACT = known("archived-contact",
            "The contact is archived at Intercom",
            "Unarchive it in Intercom, or set mparticle-intercom.contacts.archived to unarchive, then replay it");
    public static final Reason UNKNOWN_ATTRIBUTE = known("unknown-attribute",
            "Intercom does not know a custom attribute of this name",
            "Create it in Intercom, or set mparticle-intercom.contacts.unknown-attributes to create or drop, then replay it");
    public static final Reason EVENT_NAME_QUOTA = known("event-name-quota",
            "The workspace has as many event names as Intercom allows",
            "Archive names in Intercom and take them out of event-names.txt, or rename or switch off events, then replay it");
    public static final Reason INTERCOM_UNAVAILABLE = known("intercom-unavailable",
            "Intercom failed on this request again and again while others went through",
            "Replay it; if it fails again, give Intercom's support the request id");
    public static final Reason INTERNAL_ERROR = known("internal-error",
            "The request could not be handled; this is a fault of the routes or their settings",
            "Look for its ids in the log, fix the routes or their settings, then replay it");

    // delivery waits; nothing is dead-lettered
    public static final Reason CREDENTIAL_REFUSED = known("credential-refused",
            "Intercom does not accept the access token",
            "Set a valid token and start again, or resume delivery once Intercom accepts it");
    public static final Reason EVERYTHING_REFUSED = known("everything-refused",
            "Intercom, or something in its place, refuses one request after the other; they are held and tried again",
            "Look at the status and Intercom's settings; delivery goes on by itself when a request is taken");
    public static final Reason UNEXPECTED_ANSWER = known("unexpected-answer",
            "Something other than Intercom answered in its place; nothing counts as delivered until Intercom answers again",
            "Look for a proxy or a login page on the way, and at mparticle-intercom.intercom.base-url");

    // reported by health alone
    public static final Reason STORAGE_DAMAGED = known("storage-damaged",
            "A part of what the embedded broker keeps on disk was gone at the start",
            "Stop, bring back the whole of mparticle-intercom.broker.data from where it was, and start again; or post again what is missing");
    public static final Reason WRONG_WORKSPACE = known("wrong-workspace",
            "The access token belongs to another workspace than the App ID",
            "Set mparticle-intercom.intercom.app-id or the token, whichever is wrong, and start again");
    public static final Reason WRONG_REGION = known("wrong-region",
            "The workspace is in another region than the one that is set",
            "Set mparticle-intercom.intercom.region to the region of the workspace and start again");
    public static final Reason DEAD_LETTERS_GROWING = known("dead-letters-growing",
            "Something was dead-lettered lately",
            "List the dead letters and do what they advise");

    // answers to HTTP calls
    public static final Reason MISSING_AUTHORIZATION = known("missing-authorization",
            "The Authorization header is missing",
            "Send the Authorization header that mparticle-intercom.http.authorization holds");
    public static final Reason WRONG_AUTHORIZATION = known("wrong-authorization",
            "The Authorization header is not the expected one",
            "Send the Authorization header that mparticle-intercom.http.authorization holds");
    public static final Reason AUTHORIZATION_NOT_SET = known("authorization-not-set",
            "This is for authorised callers only, and no authorization is set",
            "Set the authorization of this address (messenger.authorization, erasure.authorization) and send it as the Authorization header");
    public static final Reason SETTING_MISSING = known("setting-missing",
            "There is nothing to hand out before this is set",
            "Set what the field names");
    public static final Reason UNSUPPORTED_MEDIA_TYPE = known("unsupported-media-type",
            "Content-Type must be application/json",
            "Send Content-Type: application/json");
    public static final Reason UNSUPPORTED_ENCODING = known("unsupported-encoding",
            "Content-Encoding must be gzip or absent",
            "Send the body plain or packed with gzip");
    public static final Reason BODY_TOO_LARGE = known("body-too-large",
            "The body is larger than mparticle-intercom.http.max-body-bytes",
            "Send it in parts, or raise mparticle-intercom.http.max-body-bytes");
    public static final Reason NO_SUCH_DEAD_LETTER = known("no-such-dead-letter",
            "There is no dead letter with this id",
            "List the dead letters; it may have been replayed or discarded");
    public static final Reason DEAD_LETTER_OUT_OF_REACH = known("dead-letter-out-of-reach",
            "More dead letters lie before this one than the broker keeps in memory",
            "Replay or discard older ones first, the oldest before all");
    public static final Reason ERASURE_NOT_REPLACEABLE = known("erasure-not-replaceable",
            "The body of an erasure says who is to be forgotten, so no other can be sent in its place",
            "Replay it without a body; a request about somebody else is a new request to forget");
    public static final Reason INVALID_PARAMETER = known("invalid-parameter",
            "A parameter is missing or has a value that it cannot have",
            "Give reason as a reason code or as all, limit as a whole number from 1, before as the id of a dead letter");
    public static final Reason INVALID_ERASURE = known("invalid-erasure",
            "The request to forget a user lacks a field, or one has a value that it cannot have",
            "Correct the named field, as OpenDSR 2.0 describes it, and send the request again");
    public static final Reason UNSUPPORTED_REQUEST_TYPE = known("unsupported-request-type",
            "Only requests of the type erasure are carried out",
            "Ask Intercom itself for access or portability");
    public static final Reason UNSUPPORTED_IDENTITY = known("unsupported-identity",
            "Users are known by controller_customer_id and email in the format raw only",
            "Send only identities that the discovery lists");
    public static final Reason ERASURE_ID_TAKEN = known("erasure-id-taken",
            "The subject_request_id belongs to a request about somebody else",
            "Send each request under an id of its own");
    public static final Reason NO_SUCH_ERASURE = known("no-such-erasure",
            "There is no request with this subject_request_id",
            "Compare the id with that of the answer; a status is kept for mparticle-intercom.erasure.status-days after the end");
    public static final Reason ERASURE_BEGUN = known("erasure-begun",
            "Only a request that is still pending can be cancelled",
            "Ask for its status; what was deleted cannot be brought back");
    public static final Reason HELD = known("held",
            "Intake and delivery are shut until the program is started without --hold",
            "Start it again without --hold");
    public static final Reason BAD_REQUEST = known("bad-request",
            "The request is not understood",
            "Read what the field says and send it in another way");
    public static final Reason NOT_FOUND = known("not-found",
            "There is nothing at this address",
            "Look up the addresses in the README");
    public static final Reason METHOD_NOT_ALLOWED = known("method-not-allowed",
            "This method is not allowed at this address",
            "Look up the method in the README");
    public static final Reason WRONG_HOST = known("wrong-host",
            "The port was called by a name that is not its own",
            "Call localhost or the address that the log names at the start, or set mparticle-intercom.http.authorization");
    public static final Reason OTHER_SITE = known("other-site",
            "The call comes from a web page of another site",
            "Call from the console or from a program");
    public static final Reason QUEUE_FULL = known("queue-full",
            "Too many requests are waiting for Intercom; send again later",
            "Wait for delivery to catch up, or raise mparticle-intercom.broker.high-water-mark");
    public static final Reason SERVER_BUSY = known("server-busy",
            "As many posts as memory is meant for are under way; send again later",
            "Send less at once, or raise mparticle-intercom.http.bodies-budget-bytes and the heap");
    public static final Reason SERVER_NOT_READY = known("server-not-ready",
            "The program starts or stops; send again later",
            "Nothing");
    public static final Reason BROKER_UNAVAILABLE = known("broker-unavailable",
            "The queue cannot take the batch now; send again later",
            "Look at the broker and its disk");

    private final String code;
    private final String sentence;
    private final String advice;

    private Reason(String code, String sentence, String advice) {
        this.code = code;
        this.sentence = sentence;
        this.advice = advice;
    }

    private static Reason known(String code, String sentence, String advice) {
        Reason reason = new Reason(code, sentence, advice);
        KNOWN.put(code, reason);
        return reason;
    }

    /**
     * The reason with this code; one that is not ours gets a sentence that says so.
     *
     * @param code lower-case letters, digits and single hyphens between them, at most 64 characters
     * @throws IllegalArgumentException when it is none
     */
    public static Reason of(String code) {
        Reason known = KNOWN.get(code);
        if (known != null) {
            return known;
        }
        if (!isLegal(code)) {
            throw new IllegalArgumentException("A reason code is lower-case letters, digits and hyphens, such as no-consent");
        }
        return new Reason(code, "A route of this installation gave this reason", "Look at the route that gives it");
    }

    /** The reasons that this project gives itself, in the order of their meaning. */
    public static Collection<Reason> known() {
        return Collections.unmodifiableCollection(KNOWN.values());
    }

    private static boolean isLegal(String code) {
        if (code == null || code.isEmpty() || code.length() > MAX_CHARS) {
            return false;
        }
        boolean hyphen = true;
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            if (c == '-' ? hyphen : !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9')) {
                return false;
            }
            hyphen = c == '-';
        }
        return !hyphen;
    }

    /** The code in kebab-case, as it stands in answers, logs and dead letters. */
    public String code() {
        return code;
    }

    /** What it means, for a person. */
    public String sentence() {
        return sentence;
    }

    /** What to do about it, for a person. */
    public String advice() {
        return advice;
    }

    /** Whether this project gives it, and not only a route of an engineer's. */
    public boolean isKnown() {
        return KNOWN.containsKey(code);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Reason reason && reason.code.equals(code);
    }

    @Override
    public int hashCode() {
        return code.hashCode();
    }

    @Override
    public String toString() {
        return code;
    }
}
