package io.github.mparticleintercom;

/**
 * Every reason code there is, with its sentence in plain words. Answers, logs, receipts and dead letters use these
 * codes and no others.
 */
public enum Reason {

    // skipped: never forwarded, never an error
    NO_IDENTITY("no-identity", "The batch names neither a Customer ID nor an email, so Intercom cannot know the user"),
    DEVELOPMENT_ENVIRONMENT("development-environment", "The batch comes from mParticle's development environment"),
    EVENT_TYPE_OFF("event-type-off", "Events of this type are not forwarded"),
    EVENT_NAME_OFF("event-name-off", "Events of this name are not forwarded"),
    DUPLICATE("duplicate", "The same thing was accepted before"),

    // parked at the door: kept on the dead queue with the original bytes
    INVALID_JSON("invalid-json", "The text is not JSON"),
    NOT_A_BATCH("not-a-batch", "The JSON is not an mParticle batch"),
    INVALID_FIELD("invalid-field", "A field has a value of the wrong kind"),
    INVALID_EVENT("invalid-event", "The event lacks something that every event of its type has"),
    TOO_MANY_BATCHES("too-many-batches", "The array holds more batches than one request may bring"),
    BATCH_TOO_LARGE("batch-too-large", "The batch is larger than one batch may be"),
    NO_CREDENTIAL("no-credential", "No API key or access token is set for the platform of this batch"),

    // changed: forwarded, but not as it came
    TOO_MANY_ATTRIBUTES("too-many-attributes", "More attributes than the limit; this one was left out"),
    NAME_TOO_LONG("name-too-long", "The name was longer than the limit and was cut"),
    NAME_CLEANED("name-cleaned", "The name held characters that Intercom does not allow and was changed"),
    NAME_COLLISION("name-collision", "Another attribute has the same name already; this one was left out"),
    VALUE_TOO_LONG("value-too-long", "The text was longer than the limit and was cut"),
    VALUE_EMPTY("value-empty", "The attribute has no value and was left out"),
    VALUE_UNSUPPORTED("value-unsupported", "Intercom has no place for a value of this kind; it was left out"),
    LIST_JOINED("list-joined", "Intercom takes no lists; the entries were joined into one text"),
    NOT_A_DATE("not-a-date", "Intercom reads a name ending in _date as a time, and this is none; the name was changed"),
    INVALID_EMAIL("invalid-email", "The email is not an address and was left out"),
    SAME_SECOND("same-second", "Intercom keeps one event of a name per user and second; this one was moved on"),

    // parked at delivery: kept on the dead queue with the request
    INTERCOM_REFUSED("intercom-refused", "Intercom refused the request and would refuse it again"),
    AMBIGUOUS_CONTACT("ambiguous-contact", "Intercom knows several contacts by these details"),
    ARCHIVED_CONTACT("archived-contact", "The contact is archived at Intercom"),
    UNKNOWN_ATTRIBUTE("unknown-attribute", "Intercom does not know a custom attribute of this name"),
    EVENT_NAME_QUOTA("event-name-quota", "The workspace has as many event names as Intercom allows"),
    INTERCOM_UNAVAILABLE("intercom-unavailable", "Intercom failed on this request again and again while others went through"),
    INTERNAL_ERROR("internal-error", "The request could not be handled; this is a fault of the routes or their settings"),

    // delivery stops until somebody acts
    CREDENTIAL_REFUSED("credential-refused", "Intercom does not accept the access token"),

    // answers of the HTTP door
    MISSING_AUTHORIZATION("missing-authorization", "The Authorization header is missing"),
    WRONG_AUTHORIZATION("wrong-authorization", "The Authorization header is not the expected one"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", "Content-Type must be application/json"),
    UNSUPPORTED_ENCODING("unsupported-encoding", "Content-Encoding must be gzip or absent"),
    BODY_TOO_LARGE("body-too-large", "The body is larger than mparticle-intercom.http.max-body-bytes"),
    BAD_REQUEST("bad-request", "The request is not understood"),
    NOT_FOUND("not-found", "There is nothing at this address"),
    METHOD_NOT_ALLOWED("method-not-allowed", "Only POST is allowed at this address"),
    QUEUE_FULL("queue-full", "Too many requests are waiting for Intercom; send again later"),
    BROKER_UNAVAILABLE("broker-unavailable", "The queue cannot take the batch now; send again later");

    private final String code;
    private final String sentence;

    Reason(String code, String sentence) {
        this.code = code;
        this.sentence = sentence;
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

    @Override
    public String toString() {
        return code;
    }
}
