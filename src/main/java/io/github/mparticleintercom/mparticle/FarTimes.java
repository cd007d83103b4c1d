package io.github.mparticleintercom.mparticle;

import io.github.mparticleintercom.Reason;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done about events that lie far from the moment of receipt: a clock that is wrong, or a backfill, which is wanted.
 * Intercom documents no bound for {@code created_at}; it lists the events of 90 days.
 */
public final class FarTimes {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.intake");
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final AtomicLong saidAt = new AtomicLong(System.nanoTime() - MINUTE);
    private final AtomicLong unsaid = new AtomicLong();
    private long pastMillis = TimeUnit.DAYS.toMillis(90);
    private long futureMillis = TimeUnit.DAYS.toMillis(1);
    private boolean skip;

    /** From how many days before its receipt on an event counts as long ago. */
    public void setPastDays(long days) {
        pastMillis = TimeUnit.DAYS.toMillis(days);
    }

    /** From how many days after its receipt on an event counts as in the future. */
    public void setFutureDays(long days) {
        futureMillis = TimeUnit.DAYS.toMillis(days);
    }

    /** {@code skip} for leaving such events out; any other word for a warning in the log alone. */
    public void setHandling(String word) {
        skip = word.equals("skip");
    }

    /**
     * Warns of an event that lies too far away, once a minute.
     *
     * @param millis     when it happened, in Unix milliseconds
     * @param receivedAt when it came
     * @return why it is skipped; null if it is forwarded
     */
    Reason judge(long millis, long receivedAt) {
        boolean past = receivedAt - millis > pastMillis;
        if (!past && millis - receivedAt <= futureMillis) {
            return null;
        }
        Reason reason = past ? Reason.LONG_AGO : Reason.IN_THE_FUTURE;
        if (skip) {
            return reason;
        }
        long now = System.nanoTime();
        long before = saidAt.get();
        unsaid.incrementAndGet();
        if (now - before >= MINUTE && saidAt.compareAndSet(before, now)) {
            LOG.warn("{} event(s) came that happened long ago or lie in the future, the last one {} days {}. They are forwarded;"
                    + " mparticle-intercom.events.far-times can leave them out", unsaid.getAndSet(0),
                    TimeUnit.MILLISECONDS.toDays(Math.abs(receivedAt - millis)), past ? "ago" : "ahead");
        }
        return null;
    }
}
