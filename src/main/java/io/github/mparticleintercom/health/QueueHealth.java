package io.github.mparticleintercom.health;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.broker.QueueSnapshot;
import io.github.mparticleintercom.broker.QueueStatus;

/** Whether fewer requests wait for Intercom than the mark from which the HTTP intake answers 429. */
public final class QueueHealth extends Check {

    private QueueStatus status;

    /** A queue that nobody has looked at yet. */
    public QueueHealth() {
        super("mparticle-intercom-queue");
    }

    /** Knows how the queues stand. */
    public void setStatus(QueueStatus status) {
        this.status = status;
    }

    @Override
    Finding find() {
        QueueSnapshot seen = status.snapshot();
        return seen == null || !seen.reachable() || seen.waiting() < status.highWaterMark() ? Finding.UP
                : Finding.down(Reason.QUEUE_FULL, seen.waiting() + " requests wait, the mark is " + status.highWaterMark());
    }
}
