package io.github.mparticleintercom.ratelimit;

import java.util.function.DoubleSupplier;

/**
 * Spreads the calls that are left evenly over the rest of the window, and corrects itself with every answer. It is not safe
 * for several threads and never waits itself: whoever holds it asks again after the wait, or as soon as an answer comes.
 * Times are {@link System#nanoTime()}.
 */
final class RateLimiter {

    /** After that long without an answer nobody knows what others left: one call asks, the rest waits for its answer. */
    private static final long QUIET = 1_000_000_000L;
    /** However long an answer asks to wait, which may be nonsense, one call asks again. */
    private static final long LONGEST_HOLD = 60_000_000_000L;
    /** However near the reset is after a 429, it did not come soon enough. */
    private static final long SHORTEST_HOLD = 200_000_000L;
    /** How late a permit may be taken without moving those behind it: timers and threads are no more exact than that. */
    private static final long SLACK = 20_000_000L;
    /** Times the even rate of a whole window that is not exceeded, however little time is left for however many calls. */
    private static final double TOP_SPEED = 4;
    /** Part of a window in which instances begin again after the reset, each at a moment of its own. */
    private static final double SPREAD = 0.01;

    private final long window;
    private final ServerClock clock;
    private final Allowance allowance;
    private final Share share = new Share();
    private final DoubleSupplier random;
    private long permits;
    private long lastSlot;
    private long takenAt;
    private long heardAt;
    private long closedUntil;

    /**
     * Knows nothing of the allowance.
     *
     * @param now    the time
     * @param epoch  the same in nanoseconds since 1970, by this machine's clock
     * @param window how long a window is, until answers say, in nanoseconds
     * @param random numbers from 0 to 1
     */
    RateLimiter(long now, long epoch, long window, DoubleSupplier random) {
        this.window = window;
        this.random = random;
        clock = new ServerClock(epoch - now, Math.max(window, IntercomRateLimit.DOCUMENTED_WINDOW));
        allowance = new Allowance(window);
        lastSlot = now - SLACK;
        takenAt = now - 2 * QUIET;
        heardAt = takenAt;
        closedUntil = now;
    }

    /** How long until the next permit, as things stand; 0 or less when it can be taken. */
    long waitNanos(long now) {
        if (now < closedUntil) {
            return closedUntil - now;
        }
        if (now - heardAt > QUIET && now - takenAt < QUIET) {
            return takenAt + QUIET - now;
        }
        long opensAt = clock.here(allowance.reset());
        if (allowance.roll(clock.at(now), permits)) {
            lastSlot = Math.max(lastSlot, opensAt + jitter());
        }
        if (!allowance.isKnown()) {
            share.forget();
            return 0;
        }
        return nextSlot() - now;
    }

    private long jitter() {
        return (long) (random.getAsDouble() * SPREAD * window);
    }

    private long nextSlot() {
        long reset = clock.here(allowance.reset());
        double left = allowance.left(share.part(), permits);
        if (left < 1) {
            return reset;
        }
        double even = (reset - lastSlot) / left;
        return lastSlot + (long) Math.max(even, window / TOP_SPEED / allowance.limit());
    }

    /** How things stand, as far as answers say. */
    IntercomRateLimit.Usage use(long now) {
        if (!allowance.isKnown()) {
            return new IntercomRateLimit.Usage(0, 0);
        }
        return new IntercomRateLimit.Usage(allowance.limit(), clock.at(now) < allowance.reset() ? allowance.used(permits) : 0);
    }

    /** Takes the permit that {@link #waitNanos} said is free. */
    Permit take(long now) {
        lastSlot = allowance.isKnown() ? Math.max(nextSlot(), now - SLACK) : now;
        takenAt = now;
        return new Permit(permits++, now, allowance.reset());
    }

    /** An answer came, with this report or with none: null. */
    void learn(long now, Permit permit, RateReport report) {
        if (permit.takenAt() - closedUntil >= 0) {
            heardAt = now;
        }
        if (report == null) {
            return;
        }
        clock.observe(permit.takenAt(), now, report);
        if (!isPlausible(now, report)) {
            return;
        }
        if (allowance.isConfirmed() && report.reset() > allowance.reset()) {
            clock.passed(allowance.reset(), now);
        }
        share.counted(allowance.learn(permit, report), report.limit());
    }

    /** What stands in front of Intercom may send such headers too, with a reset in another unit or of another kind of window. */
    private boolean isPlausible(long now, RateReport report) {
        return clock.here(report.reset()) - now <= Math.max(LONGEST_HOLD, window);
    }

    /**
     * Closes the way after a 429; then again one call asks first.
     *
     * @param nanos  for how long; 0 for until the reset
     * @param report what the 429 reported, which may be of a window that is over by now; null for nothing
     */
    void hold(long now, long nanos, RateReport report) {
        long wait = nanos > 0 ? nanos
                : report == null || !isPlausible(now, report) ? window : Math.max(clock.here(report.reset()) - now, SHORTEST_HOLD);
        closedUntil = Math.max(closedUntil, now + Math.min(wait, LONGEST_HOLD) + jitter());
        takenAt = now - 2 * QUIET;
        heardAt = takenAt;
    }
}
