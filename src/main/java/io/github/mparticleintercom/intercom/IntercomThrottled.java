package io.github.mparticleintercom.intercom;

/** Intercom's rate limit is reached; the call may be made again later. */
public final class IntercomThrottled extends Exception {

    private static final long serialVersionUID = 1L;

    /** With words that hold no personal data. */
    public IntercomThrottled(String message) {
        super(message);
    }
}
