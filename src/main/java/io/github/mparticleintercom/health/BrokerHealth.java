package io.github.mparticleintercom.health;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.queue.QueueLook;
import org.apache.camel.Body;

/** Whether the broker can be reached and has room. Without it nothing can be taken, so this is the one check of readiness. */
public final class BrokerHealth extends Check {

    /** Nobody has looked for so long: whoever looks waits for the broker. */
    private static final long OVERDUE_NANOS = 60_000_000_000L;

    private volatile QueueLook last;
    private volatile long lookedAt;

    /** Nobody has looked yet. */
    public BrokerHealth() {
        super("mparticle-intercom-broker");
    }

    /** Somebody looked. */
    public void note(@Body QueueLook look) {
        lookedAt = System.nanoTime();
        last = look;
    }

    @Override
    public boolean isReadiness() {
        return true;
    }

    @Override
    Finding find() {
        QueueLook look = last;
        if (look == null) {
            return Finding.UNKNOWN;
        }
        if (!look.reachable() || System.nanoTime() - lookedAt > OVERDUE_NANOS) {
            return Finding.down(Reason.BROKER_UNAVAILABLE, "the broker does not answer");
        }
        return look.diskFull() ? Finding.down(Reason.BROKER_UNAVAILABLE, "the broker's disk is full") : Finding.UP;
    }
}
