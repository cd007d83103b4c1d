package io.github.mparticleintercom.files;

import io.github.mparticleintercom.Reason;

/** Nothing in a file could be read, or not the rest of it. */
public final class UnreadableFile extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * Why.
     *
     * @param reason what is wrong
     * @param where  the first place where it is
     */
    public UnreadableFile(Reason reason, String where) {
        super(reason.code() + ": " + reason.sentence() + " (" + where + ")");
    }
}
