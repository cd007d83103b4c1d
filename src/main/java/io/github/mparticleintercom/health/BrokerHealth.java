package io.github.mparticleintercom.health;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.broker.QueueSnapshot;
import io.github.mparticleintercom.broker.QueueStatus;

/** Whether the broker can be reached and has room. Without it nothing can be taken, so this is the one check of readiness. */
public final class BrokerHealth extends Check {

    private QueueStatus status;

    /** Nobody has looked yet. */
    public BrokerHealth() {
        super("mparticle-intercom-broker");
    }

    /** Knows how the queues stand. */
    public void setStatus(QueueStatus status) {
        this.status = status;
    }

    @Override
    public boolean isReadiness() {
        return true;
    }

    @Override
    Finding find() {
        QueueSnapshot seen = status.snapshot();
        if (seen == null) {
            return Finding.UNKNOWN;
        }
        if (!seen.reachable()) {
            return Finding.down(Reason.BROKER_UNAVAILABLE, "the broker does not answer");
        }
        return seen.diskFull() ? Finding.down(Reason.BROKER_UNAVAILABLE, "the broker's disk is full") : Finding.UP;
    }
}
