package io.github.mparticleintercom.health;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.broker.QueueSnapshot;
import io.github.mparticleintercom.broker.QueueStatus;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Whether dead letters came lately. Old ones that somebody left lying are no news. */
public final class DeadLetterHealth extends Check {

    private QueueStatus status;
    private long nanos = TimeUnit.MINUTES.toNanos(15);
    private long known = -1;
    private Instant grewAt;
    private long grewAtNanos;

    /** Nobody has looked yet. */
    public DeadLetterHealth() {
        super("mparticle-intercom-dead-letters");
    }

    /** Knows how the queues stand. */
    public void setStatus(QueueStatus status) {
        this.status = status;
        status.onRefresh(this::seen);
    }

    /** How long, in milliseconds, dead letters are news. */
    public void setMillis(long millis) {
        nanos = TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private synchronized void seen(QueueSnapshot snapshot) {
        if (!snapshot.reachable()) {
            return;
        }
        if (known >= 0 && snapshot.deadLetters() > known) {
            grewAt = Instant.now();
            grewAtNanos = System.nanoTime();
        }
        known = snapshot.deadLetters();
    }

    @Override
    synchronized Finding find() {
        return grewAt == null || System.nanoTime() - grewAtNanos > nanos ? Finding.UP : Finding.down(Reason.DEAD_LETTERS_GROWING,
                known + " dead letters on their queue, the last came at " + grewAt);
    }
}
