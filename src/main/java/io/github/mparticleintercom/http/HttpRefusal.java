package io.github.mparticleintercom.http;

import io.github.mparticleintercom.Reason;

/** A post is not accepted. */
public final class HttpRefusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final Reason reason;
    private final String field;

    /**
     * Why.
     *
     * @param status the HTTP status of the answer
     * @param reason the reason
     * @param field  the header or field at fault; null if none is
     */
    public HttpRefusal(int status, Reason reason, String field) {
        super(reason.sentence());
        this.status = status;
        this.reason = reason;
        this.field = field;
    }

    /** The HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** The reason. */
    public Reason reason() {
        return reason;
    }

    /** The header or field at fault; null if none is. */
    public String field() {
        return field;
    }
}
