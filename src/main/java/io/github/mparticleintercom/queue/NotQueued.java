package io.github.mparticleintercom.queue;

/** The queue did not take an intake, and nothing of it is forwarded; whoever sent it has to keep it. */
public final class NotQueued extends Exception {

    private static final long serialVersionUID = 1L;

    /** With words that hold no personal data. */
    public NotQueued(String message) {
        super(message);
    }
}
