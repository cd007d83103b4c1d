package io.github.mparticleintercom.cli;

/** A command cannot do what it was asked. The message is a sentence for the person who asked. */
final class CommandFailure extends RuntimeException {

    /** There is nothing of the kind that was asked for. */
    static final int NOTHING_FOUND = 1;
    /** What was checked is not in order. */
    static final int NOT_GOOD = 1;
    /** The options or arguments of the command are wrong. */
    static final int WRONG_USAGE = 2;
    /** It was understood, and failed. */
    static final int FAILED = 3;

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    CommandFailure(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
