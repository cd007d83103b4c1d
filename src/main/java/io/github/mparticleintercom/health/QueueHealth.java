package io.github.mparticleintercom.health;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.queue.QueueLook;
import org.apache.camel.Body;

/** Whether fewer requests wait for Intercom than the mark from which the HTTP door answers 429. */
public final class QueueHealth extends Check {

    private final long highWaterMark;
    private volatile long waiting;

    /** A queue that counts as full from so many requests on. */
    public QueueHealth(long highWaterMark) {
        super("mparticle-intercom-queue");
        this.highWaterMark = highWaterMark;
    }

    /** Somebody looked. */
    public void note(@Body QueueLook look) {
        if (look.reachable()) {
            waiting = look.waiting();
        }
    }

    @Override
    Finding find() {
        return waiting < highWaterMark ? Finding.UP
                : Finding.down(Reason.QUEUE_FULL, waiting + " requests wait, the mark is " + highWaterMark);
    }
}
