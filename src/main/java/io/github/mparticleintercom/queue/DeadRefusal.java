package io.github.mparticleintercom.queue;

import io.github.mparticleintercom.Reason;

/** What was asked of the dead letters cannot be done; none of them was touched. */
public final class DeadRefusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final String field;

    /**
     * Why.
     *
     * @param reason the reason
     * @param field  what of the request is at fault
     */
    public DeadRefusal(Reason reason, String field) {
        super(reason.sentence() + ": " + field);
        this.reason = reason;
        this.field = field;
    }

    /** The reason. */
    public Reason reason() {
        return reason;
    }

    /** What of the request is at fault. */
    public String field() {
        return field;
    }
}
