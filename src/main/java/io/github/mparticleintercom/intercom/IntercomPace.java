package io.github.mparticleintercom.intercom;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/**
 * Paces the calls to Intercom by what the headers of its answers tell of the allowance, so that instances and other apps of
 * a workspace share it. Intercom allows 10,000 calls a minute to an app and 25,000 to a workspace, each in windows of ten
 * seconds (developers.intercom.com, "Rate limiting"). The credentials of all platforms share one pace, that of the credential
 * with the least left: a call that had to wait would keep a consumer from the calls of the other platforms anyway.
 */
public final class IntercomPace {

    /** The length of Intercom's windows, in nanoseconds. */
    static final long DOCUMENTED_WINDOW = TimeUnit.SECONDS.toNanos(10);
    /** Protects from nonsense in {@code Retry-After}. */
    private static final long LONGEST_HOLD = TimeUnit.SECONDS.toNanos(60);

    private final LongSupplier nanoTime;
    private final Pacer pacer;
    /** Whose turn comes next; the others queue for it. */
    private final ReentrantLock head = new ReentrantLock(true);
    private final ReentrantLock state = new ReentrantLock();
    private final Condition news = state.newCondition();

    /**
     * Paces with the system's clocks.
     *
     * @param windowMillis how long a window is, as long as no answer told
     */
    public IntercomPace(long windowMillis) {
        this(windowMillis, Clock.systemUTC(), System::nanoTime);
    }

    IntercomPace(long windowMillis, Clock clock, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        Instant now = clock.instant();
        pacer = new Pacer(nanoTime.getAsLong(), now.getEpochSecond() * RateReport.SECOND + now.getNano(),
                TimeUnit.MILLISECONDS.toNanos(windowMillis), () -> ThreadLocalRandom.current().nextDouble());
    }

    /**
     * Waits for the next turn, first come, first served.
     *
     * @throws RejectedExecutionException when the bundle stops meanwhile
     */
    public Turn take() {
        try {
            head.lockInterruptibly();
            try {
                return next();
            } finally {
                head.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException("Interrupted while waiting for a turn", e);
        }
    }

    private Turn next() throws InterruptedException {
        state.lockInterruptibly();
        try {
            // an answer may bring the turn nearer or put it off: only now is it known when it comes
            for (long wait = waitNanos(); wait > 0; wait = waitNanos()) {
                news.awaitNanos(wait);
            }
            return pacer.take(nanoTime.getAsLong());
        } finally {
            state.unlock();
        }
    }

    private long waitNanos() {
        return pacer.waitNanos(nanoTime.getAsLong());
    }

    /** Learns from the headers of an answer to the call of this turn. */
    public void learn(@Variable("turn") Turn turn, @Header("X-RateLimit-Limit") String limit,
            @Header("X-RateLimit-Remaining") String remaining, @Header("X-RateLimit-Reset") String reset,
            @Header("Date") String date) {
        RateReport report = RateReport.of(limit, remaining, reset, date);
        change(() -> pacer.learn(nanoTime.getAsLong(), turn, report));
    }

    /** Closes the way for everyone after a 429: for as long as the answer asks, else until the reset that it names. */
    public void hold(@Variable("answer") IntercomAnswer answer, @Header("X-RateLimit-Limit") String limit,
            @Header("X-RateLimit-Remaining") String remaining, @Header("X-RateLimit-Reset") String reset) {
        RateReport report = RateReport.of(limit, remaining, reset, null);
        long nanos = Math.min(TimeUnit.MILLISECONDS.toNanos(answer.retryMillis()), LONGEST_HOLD);
        change(() -> pacer.hold(nanoTime.getAsLong(), nanos, report));
    }

    /** How much of its allowance Intercom has told of, and how much of that is used. */
    public PaceUse use() {
        state.lock();
        try {
            return pacer.use(nanoTime.getAsLong());
        } finally {
            state.unlock();
        }
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
