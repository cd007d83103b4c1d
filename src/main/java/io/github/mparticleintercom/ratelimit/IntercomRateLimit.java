package io.github.mparticleintercom.ratelimit;

import io.github.mparticleintercom.metrics.Gauged;
import io.github.mparticleintercom.metrics.Metrics;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.apache.camel.Variable;

/**
 * Spreads the calls to Intercom by what the headers of its answers report about the allowance, so that instances and other apps of
 * a workspace share it. Intercom allows 10,000 calls a minute to an app and 25,000 to a workspace, each in windows of ten
 * seconds (developers.intercom.com, "Rate limiting"). The credentials of all platforms share one limit, that of the credential
 * with the least left: a call that had to wait would keep a consumer from the calls of the other platforms anyway.
 */
public final class IntercomRateLimit implements Gauged {

    /** The length of Intercom's windows, in nanoseconds. */
    static final long DOCUMENTED_WINDOW = TimeUnit.SECONDS.toNanos(10);
    /** How often whoever waits looks whether the bundle stops. */
    private static final long STOP_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /**
     * What is known of Intercom's allowance.
     *
     * @param allowed calls in the running window; 0 until an answer said
     * @param used    calls of them that are used, by this instance or by others
     */
    public record Usage(long allowed, long used) {
    }

    private final LongSupplier nanoTime;
    private final RateLimiter limiter;
    /** Whose permit comes next; the others queue for it. */
    private final ReentrantLock head = new ReentrantLock(true);
    private final ReentrantLock state = new ReentrantLock();
    private final Condition news = state.newCondition();
    private StopSignal stop = new StopSignal();
    private final AtomicInteger waiting = new AtomicInteger();

    /**
     * A limit by the system's clocks.
     *
     * @param windowMillis how long a window is, as long as no answer says
     */
    public IntercomRateLimit(long windowMillis) {
        this(windowMillis, Clock.systemUTC(), System::nanoTime);
    }

    IntercomRateLimit(long windowMillis, Clock clock, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        Instant now = clock.instant();
        limiter = new RateLimiter(nanoTime.getAsLong(), now.getEpochSecond() * RateReport.SECOND + now.getNano(),
                TimeUnit.MILLISECONDS.toNanos(windowMillis), () -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * Waits for the next permit, first come, first served, and hands it to the call.
     *
     * @throws RejectedExecutionException when the bundle stops meanwhile
     */
    public void acquire(@Variable("request") Permit.Holder call) {
        call.permit(acquire());
    }

    Permit acquire() {
        waiting.incrementAndGet();
        try {
            while (!head.tryLock(STOP_LOOK_NANOS, TimeUnit.NANOSECONDS)) {
                checkStop();
            }
            try {
                return next();
            } finally {
                head.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException("Interrupted while waiting for a permit", e);
        } finally {
            waiting.decrementAndGet();
        }
    }

    private Permit next() throws InterruptedException {
        state.lockInterruptibly();
        try {
            // an answer may bring the permit nearer or put it off: only now is it known when it comes
            for (long wait = waitNanos(); wait > 0; wait = waitNanos()) {
                news.awaitNanos(Math.min(wait, STOP_LOOK_NANOS));
                checkStop();
            }
            return limiter.take(nanoTime.getAsLong());
        } finally {
            state.unlock();
        }
    }

    private void checkStop() {
        if (stop.isStopping()) {
            throw new RejectedExecutionException("Stopping: what waits stays on the queue");
        }
    }

    private long waitNanos() {
        return limiter.waitNanos(nanoTime.getAsLong());
    }

    /**
     * Learns from the headers of an answer; each may be null.
     *
     * @param permit    that of the call
     * @param limit     {@code X-RateLimit-Limit}
     * @param remaining {@code X-RateLimit-Remaining}
     * @param reset     {@code X-RateLimit-Reset}, in Unix seconds
     * @param date      {@code Date}
     */
    public void learn(Permit permit, String limit, String remaining, String reset, String date) {
        RateReport report = RateReport.of(limit, remaining, reset, date);
        change(() -> limiter.learn(nanoTime.getAsLong(), permit, report));
    }

    /** Gives nobody a permit after a 429: for as long as the answer asks, in milliseconds, else until the reset that it names. */
    public void hold(long retryMillis, String limit, String remaining, String reset) {
        RateReport report = RateReport.of(limit, remaining, reset, null);
        change(() -> limiter.hold(nanoTime.getAsLong(), TimeUnit.MILLISECONDS.toNanos(retryMillis), report));
    }

    /** How many calls wait for a permit. */
    public int waiting() {
        return waiting.get();
    }

    /** How much of its allowance Intercom has reported, and how much of that is used. */
    public Usage usage() {
        state.lock();
        try {
            return limiter.use(nanoTime.getAsLong());
        } finally {
            state.unlock();
        }
    }

    /** Ends waits when the bundle stops. */
    public void setStop(StopSignal stop) {
        this.stop = stop;
    }

    @Override
    public void gauges(Metrics metrics) {
        metrics.gauge("rate.limit.allowed", "Calls that Intercom allows in the running window, as its answers report",
                () -> usage().allowed());
        metrics.gauge("rate.limit.used", "Calls of them that are used, by whomever", () -> usage().used());
        metrics.gauge("rate.limit.waiting", "Calls that wait for a permit", this::waiting);
    }

    private void change(Runnable change) {
        state.lock();
        try {
            change.run();
            news.signal();
        } finally {
            state.unlock();
        }
    }
}
