package io.github.mparticleintercom.ratelimit;

/**
 * What Intercom's clock shows, learned from its answers, because the clock of this machine may be wrong or be set while we run.
 * Every answer bounds the difference; the estimate moves only as far as the bounds demand, and so follows every drift.
 */
final class ServerClock {

    private final long longestWindow;
    private long ahead;

    /**
     * Believes the clock of this machine until an answer says better.
     *
     * @param ahead         its nanoseconds since 1970 less those of {@link System#nanoTime()}, which is never set
     * @param longestWindow the most that a reset can be ahead, in nanoseconds
     */
    ServerClock(long ahead, long longestWindow) {
        this.ahead = ahead;
        this.longestWindow = longestWindow;
    }

    /** Intercom's time at this moment of ours. */
    long at(long here) {
        return here + ahead;
    }

    /** The moment of ours at which Intercom's clock shows this. */
    long here(long there) {
        return there - ahead;
    }

    /** Between these two moments of ours Intercom made this report. */
    void observe(long sent, long received, RateReport report) {
        long earliest = report.reset() - longestWindow;
        long latest = report.reset();
        if (report.date() != null) {
            earliest = Math.max(earliest, report.date());
            latest = Math.min(latest, report.date() + RateReport.SECOND);
        }
        if (earliest <= latest) {
            ahead = Math.max(earliest - received, Math.min(latest - sent, ahead));
        }
    }

    /** At this moment of ours Intercom's clock had passed that of its own. */
    void passed(long there, long here) {
        ahead = Math.max(there - here, ahead);
    }
}
