package io.github.mparticleintercom.ratelimit;

/**
 * Which part of the calls that Intercom counts comes from this instance. The others are instances of this bundle, or other
 * apps of the workspace; they are seen only as calls that are gone and were not ours.
 */
final class Share {

    /**
     * Below 1, everybody takes somewhat more than the part he had. Who had less takes more in proportion, so instances come
     * to the same part, and nothing is left over. What is taken too much, the reports take back while the window lasts.
     */
    private static final double EXPONENT = 0.8;
    /** Where an instance starts that had nothing to send for long. */
    private static final double LEAST = 0.1;
    /** How much of a window's calls is remembered: about half a second's at the full rate. */
    private static final double MEMORY = 0.04;

    private double mine;
    private double all;

    Share() {
        forget();
    }

    /** An answer of ours came; since the last one Intercom counted this many calls, of a limit of so many. */
    void counted(long calls, long limit) {
        double kept = Math.exp(-calls / (MEMORY * limit));
        mine = mine * kept + 1;
        all = all * kept + calls;
    }

    /** Which part of the calls that are left is ours, from 0 to 1. */
    double part() {
        return all <= mine ? 1 : Math.max(LEAST, Math.pow(mine / all, EXPONENT));
    }

    /** Starts as one of a few: if there are no others, some answers show it. */
    void forget() {
        mine = 2;
        all = 8;
    }
}
