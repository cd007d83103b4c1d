package io.github.mparticleintercom.intercom;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Variable;

/** Holds every consumer back after Intercom said that the allowance is used up. */
public final class IntercomPace {

    /** Spreads the consumers after the wait, so that they do not all call in the same instant. */
    private static final long SPREAD_MILLIS = 500;
    /** When Intercom does not say how long: one window of its rate limit. */
    private static final long DEFAULT_WAIT_MILLIS = 10_000;
    /** Longer than any window; protects from a wrong clock on either side. */
    private static final long LONGEST_WAIT_MILLIS = 60_000;

    private final Clock clock;
    private final AtomicLong openAgainAt = new AtomicLong();

    /** Paces with the system's clock. */
    public IntercomPace() {
        this(Clock.systemUTC());
    }

    IntercomPace(Clock clock) {
        this.clock = clock;
    }

    /** How long to wait before the next call, in milliseconds; 0 when the way is free. */
    public long waitMillis() {
        long wait = openAgainAt.get() - clock.millis();
        return wait <= 0 ? 0 : wait + ThreadLocalRandom.current().nextLong(SPREAD_MILLIS);
    }

    /** Closes the way until the moment that the answer names. */
    public void hold(@Variable("answer") IntercomAnswer answer) {
        long now = clock.millis();
        long until = answer.retryMillis() == 0 ? now + DEFAULT_WAIT_MILLIS : answer.retryMillis();
        openAgainAt.accumulateAndGet(Math.min(until, now + LONGEST_WAIT_MILLIS), Math::max);
    }
}
