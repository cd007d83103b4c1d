package io.github.mparticleintercom.files;

/** Nothing in a file could be read. */
public final class UnreadableFile extends Exception {

    private static final long serialVersionUID = 1L;

    /** With the reason code and its sentence. */
    public UnreadableFile(String message) {
        super(message);
    }
}
