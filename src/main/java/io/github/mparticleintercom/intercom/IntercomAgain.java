package io.github.mparticleintercom.intercom;

/** Something was learned from Intercom's answer, and the request can be made again at once. */
public final class IntercomAgain extends Exception {

    private static final long serialVersionUID = 1L;

    /** With words that hold no personal data. */
    public IntercomAgain(String message) {
        super(message);
    }
}
