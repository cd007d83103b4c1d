package io.github.mparticleintercom.intercom;

/** Intercom cannot take the request now; the call may be made again later. */
public final class IntercomUnavailable extends Exception {

    private static final long serialVersionUID = 1L;

    /** With words that hold no personal data. */
    public IntercomUnavailable(String message) {
        super(message);
    }
}
