package io.github.mparticleintercom.intercom;

/** Intercom does not accept the credential; no call will succeed until it does. */
public final class IntercomCredentialRefused extends Exception {

    private static final long serialVersionUID = 1L;

    /** With words that hold no personal data. */
    public IntercomCredentialRefused(String message) {
        super(message);
    }
}
