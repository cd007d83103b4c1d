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

    int status() {
        return status;
    }

    Reason reason() {
        return reason;
    }

    String field() {
        return field;
    }
}
