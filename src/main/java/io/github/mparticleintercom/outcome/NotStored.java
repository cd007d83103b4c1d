package io.github.mparticleintercom.outcome;

/** The queue did not take an intake, and nothing of it is forwarded; whoever sent it has to keep it. */
public final class NotStored extends Exception {

    private static final long serialVersionUID = 1L;

    /** With words that hold no personal data. */
    public NotStored(String message) {
        super(message);
    }
}
