package io.github.mparticleintercom.intercom;

/** Intercom refused the request and would refuse it again. The message is the reason code. */
public final class IntercomRefused extends Exception {

    private static final long serialVersionUID = 1L;

    /** With words that hold no personal data. */
    public IntercomRefused(String message) {
        super(message);
    }
}
