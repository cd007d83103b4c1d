package io.github.mparticleintercom.ratelimit;

/** What is left of Intercom's allowance in the running window, as far as the answers say. Times are Intercom's. */
final class Allowance {

    /** Part of every window, beside one call, that is left unused, for calls of others that no answer has reported yet. */
    private static final double MARGIN = 0.007;

    /** The most of a window's calls that is expected to cross the reset. */
    private static final double MOST_CROSSED = 0.02;

    private final long window;
    private boolean known;
    private boolean confirmed;
    private long limit;
    private long remaining;
    /** Number of the first permit that {@link #remaining} cannot contain. */
    private long countedBefore;
    private long reset;
    /** How many calls are expected to come to Intercom only after the reset; how many did in the last windows. */
    private long crossing;
    private long crossedBefore;
    private long crossed;

    /** Knows nothing; what comes after a reset is taken for a window of this length until an answer says better. */
    Allowance(long window) {
        this.window = window;
    }

    boolean isKnown() {
        return known;
    }

    /** Whether an answer of the running window has come. */
    boolean isConfirmed() {
        return known && confirmed;
    }

    long limit() {
        return limit;
    }

    long reset() {
        return reset;
    }

    /**
     * Goes over to the window that runs at this time. If there was no report in the last one, nothing is known any more.
     *
     * @param permits how many permits were taken so far
     * @return whether another window began
     */
    boolean roll(long now, long permits) {
        if (!known || now < reset) {
            return false;
        }
        known = confirmed && now < reset + window;
        confirmed = false;
        reset += window;
        remaining = limit;
        countedBefore = permits;
        crossing = Math.min(Math.min(crossed, crossedBefore), (long) (MOST_CROSSED * limit));
        crossedBefore = crossed;
        crossed = 0;
        return true;
    }

    /**
     * Takes over what an answer reports, unless another one reported newer things before.
     *
     * @return how many calls Intercom counted since what was known before
     */
    long learn(Permit permit, RateReport report) {
        if (known && permit.reset() < report.reset()) {
            crossed++;
        }
        boolean first = !known;
        boolean later = report.reset() > reset;
        // the answer to a call that was made after the reset as we saw it: we were wrong
        boolean earlier = report.reset() < reset && !confirmed && permit.reset() == reset;
        boolean other = first || later || earlier || report.limit() != limit;
        if (!other && (report.reset() < reset || report.remaining() >= remaining)) {
            return 0;
        }
        long calls = first || earlier ? 1 : other && report.remaining() >= remaining ? report.limit() - report.remaining()
                : Math.max(0, remaining - report.remaining());
        known = true;
        confirmed = true;
        limit = report.limit();
        remaining = report.remaining();
        reset = report.reset();
        countedBefore = permit.number() + 1;
        return calls;
    }

    /** How many calls of the window are used, by whomever; with those of ours that no report contains yet. */
    long used(long permits) {
        return limit - remaining + Math.max(0, permits - countedBefore);
    }

    /**
     * How many calls are left for us.
     *
     * @param share our part of what is left
     * @param permits how many permits were taken so far; those that no report contains are ours in any case
     */
    double left(double share, long permits) {
        double left = share * (remaining - 1 - MARGIN * limit) + crossing - (permits - countedBefore);
        // one call per window must always be possible, or we would never learn that there is more
        return !confirmed && permits == countedBefore ? Math.max(1, left) : left;
    }
}
