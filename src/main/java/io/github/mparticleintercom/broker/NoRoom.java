package io.github.mparticleintercom.broker;

import io.github.mparticleintercom.Reason;

/** Nothing more can be taken at the moment; whoever sent it has to keep it. */
public final class NoRoom extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    NoRoom(Reason reason) {
        super(reason.sentence());
        this.reason = reason;
    }

    /** {@link Reason#QUEUE_FULL} or {@link Reason#BROKER_UNAVAILABLE}. */
    public Reason reason() {
        return reason;
    }
}
