package io.github.mparticleintercom;

/**
 * Every reason code there is, with a sentence in plain words and what to do about it. Answers, logs, receipts and dead
 * letters use these codes and no others.
 */
public enum Reason {

    // skipped: never forwarded, never an error
    NO_IDENTITY("no-identity", "The batch names neither a Customer ID nor an email, so Intercom cannot know the user",
            "Nothing, unless these users should be known: then set a Customer ID or an email in mParticle"),
    DEVELOPMENT_ENVIRONMENT("development-environment", "The batch comes from mParticle's development environment",
            "To forward such batches set mparticle-intercom.batches.development to true"),
    EVENT_TYPE_OFF("event-type-off", "Events of this type are not forwarded",
            "To forward this type add it to mparticle-intercom.events.types"),
    EVENT_NAME_OFF("event-name-off", "Events of this name are not forwarded",
            "To forward this name add it to mparticle-intercom.events.names"),
    DUPLICATE("duplicate", "The same thing was accepted before",
            "Nothing; Intercom has been told"),

    // parked at the door: kept on the dead queue with the original bytes
    INVALID_JSON("invalid-json", "The text is not JSON",
            "Mend the text and replay it with the mended body, or discard it"),
    NOT_A_BATCH("not-a-batch", "The JSON is not an mParticle batch",
            "Find out what sends it; discard it, or replay it with a batch as body"),
    INVALID_FIELD("invalid-field", "A field has a value of the wrong kind",
            "Mend the named field and replay it with the mended body"),
    INVALID_EVENT("invalid-event", "The event lacks something that every event of its type has",
            "Add what the named field lacks and replay it with the mended body"),
    TOO_MANY_BATCHES("too-many-batches", "The array holds more batches than one request may bring",
            "Send the array again in smaller parts, then discard this one"),
    BATCH_TOO_LARGE("batch-too-large", "The batch is larger than one batch may be",
            "Raise mparticle-intercom.files.max-batch-bytes and put the file in again, then discard this one"),
    NO_CREDENTIAL("no-credential", "No API key or access token is set for the platform of this batch",
            "Set mparticle-intercom.platform.*.api-key or mparticle-intercom.intercom.access-token, start again, then replay it"),

    // changed: forwarded, but not as it came
    TOO_MANY_ATTRIBUTES("too-many-attributes", "More attributes than the limit; this one was left out",
            "Name the attributes that matter in mparticle-intercom.events.priority-attributes or .user.priority-attributes"),
    NAME_TOO_LONG("name-too-long", "The name was longer than the limit and was cut",
            "Send a shorter name, or rename it with mparticle-intercom.events.rename or .user.rename"),
    NAME_CLEANED("name-cleaned", "The name held characters that Intercom does not allow and was changed",
            "Nothing, or rename it with mparticle-intercom.events.rename or .user.rename"),
    NAME_COLLISION("name-collision", "Another attribute has the same name already; this one was left out",
            "Rename one of the two in mParticle, or with mparticle-intercom.user.rename"),
    VALUE_TOO_LONG("value-too-long", "The text was longer than the limit and was cut",
            "Send a shorter text"),
    VALUE_EMPTY("value-empty", "The attribute has no value and was left out",
            "Nothing"),
    VALUE_UNSUPPORTED("value-unsupported", "Intercom has no place for a value of this kind; it was left out",
            "Send a text, a number or a boolean in its place"),
    LIST_JOINED("list-joined", "Intercom takes no lists; the entries were joined into one text",
            "Nothing"),
    NOT_A_DATE("not-a-date", "Intercom reads a name ending in _date as a time, and this is none; the name was changed",
            "Send the time in seconds or as ISO 8601, or rename the attribute"),
    INVALID_EMAIL("invalid-email", "The email is not an address and was left out",
            "Correct the address in mParticle"),
    SAME_SECOND("same-second", "Intercom keeps one event of a name per user and second; this one was moved on",
            "Nothing, or set mparticle-intercom.events.keep-seconds-apart to false"),

    // parked at delivery: kept on the dead queue with the request
    INTERCOM_REFUSED("intercom-refused", "Intercom refused the request and would refuse it again",
            "Read Intercom's code and message, mend the request or Intercom's settings, then replay it"),
    AMBIGUOUS_CONTACT("ambiguous-contact", "Intercom knows several contacts by these details",
            "Merge these contacts in Intercom, then replay it"),
    ARCHIVED_CONTACT("archived-contact", "The contact is archived at Intercom",
            "Unarchive it in Intercom, or set mparticle-intercom.contacts.archived to unarchive, then replay it"),
    UNKNOWN_ATTRIBUTE("unknown-attribute", "Intercom does not know a custom attribute of this name",
            "Create it in Intercom, or set mparticle-intercom.contacts.unknown-attributes to create or drop, then replay it"),
    EVENT_NAME_QUOTA("event-name-quota", "The workspace has as many event names as Intercom allows",
            "Archive names in Intercom and take them out of event-names.txt, or rename or switch off events, then replay it"),
    INTERCOM_UNAVAILABLE("intercom-unavailable", "Intercom failed on this request again and again while others went through",
            "Replay it; if it fails again, give Intercom's support the request id"),
    INTERNAL_ERROR("internal-error", "The request could not be handled; this is a fault of the routes or their settings",
            "Look for its ids in the log, mend the routes or their settings, then replay it"),

    // delivery stops until somebody acts
    CREDENTIAL_REFUSED("credential-refused", "Intercom does not accept the access token",
            "Set a valid token and start again, or resume delivery once Intercom accepts it"),

    // told by health alone
    WRONG_WORKSPACE("wrong-workspace", "The access token belongs to another workspace than the App ID",
            "Set mparticle-intercom.intercom.app-id or the token, whichever is wrong, and start again"),
    WRONG_REGION("wrong-region", "The workspace is in another region than the one that is set",
            "Set mparticle-intercom.intercom.region to the region of the workspace and start again"),
    DEAD_LETTERS_GROWING("dead-letters-growing", "Something was parked lately",
            "List the dead letters and do what they advise"),

    // answers of the HTTP door
    MISSING_AUTHORIZATION("missing-authorization", "The Authorization header is missing",
            "Send the Authorization header that mparticle-intercom.http.authorization holds"),
    WRONG_AUTHORIZATION("wrong-authorization", "The Authorization header is not the expected one",
            "Send the Authorization header that mparticle-intercom.http.authorization holds"),
    AUTHORIZATION_NOT_SET("authorization-not-set", "This is for authorised callers only, and no authorization is set",
            "Set mparticle-intercom.http.authorization and send it as the Authorization header"),
    SETTING_MISSING("setting-missing", "There is nothing to hand out before this is set",
            "Set what the field names"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", "Content-Type must be application/json",
            "Send Content-Type: application/json"),
    UNSUPPORTED_ENCODING("unsupported-encoding", "Content-Encoding must be gzip or absent",
            "Send the body plain or packed with gzip"),
    BODY_TOO_LARGE("body-too-large", "The body is larger than mparticle-intercom.http.max-body-bytes",
            "Send it in parts, or raise mparticle-intercom.http.max-body-bytes"),
    NO_SUCH_LETTER("no-such-letter", "There is no dead letter with this id",
            "List the dead letters; it may have been replayed or discarded"),
    LETTER_OUT_OF_REACH("letter-out-of-reach", "More dead letters lie before this one than the broker keeps in memory",
            "Replay or discard older ones first, the oldest before all"),
    INVALID_PARAMETER("invalid-parameter", "A parameter is missing or has a value that it cannot have",
            "Give reason as one of the reason codes or as all, limit as a whole number from 1"),
    BAD_REQUEST("bad-request", "The request is not understood",
            "Read what the field says and send it in another way"),
    NOT_FOUND("not-found", "There is nothing at this address",
            "Look up the addresses in the README"),
    METHOD_NOT_ALLOWED("method-not-allowed", "This method is not allowed at this address",
            "Look up the method in the README"),
    WRONG_HOST("wrong-host", "The management port was called by a name that is not its own",
            "Use the address that the log tells at the start, or set camel.management.host to this name"),
    OTHER_SITE("other-site", "The call does not come from the page of this port",
            "Use the page, or the resources of the HTTP door"),
    QUEUE_FULL("queue-full", "Too many requests are waiting for Intercom; send again later",
            "Wait for delivery to catch up, or raise mparticle-intercom.broker.high-water-mark"),
    BROKER_UNAVAILABLE("broker-unavailable", "The queue cannot take the batch now; send again later",
            "Look at the broker and its disk");

    private final String code;
    private final String sentence;
    private final String advice;

    Reason(String code, String sentence, String advice) {
        this.code = code;
        this.sentence = sentence;
        this.advice = advice;
    }

    /** The code in kebab-case, as it stands in answers, logs and dead letters. */
    public String code() {
        return code;
    }

    /**
     * The reason with this code.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static Reason of(String code) {
        return valueOf(code.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
    }

    /** What it means, for a person. */
    public String sentence() {
        return sentence;
    }

    /** What to do about it, for a person. */
    public String advice() {
        return advice;
    }

    @Override
    public String toString() {
        return code;
    }
}
