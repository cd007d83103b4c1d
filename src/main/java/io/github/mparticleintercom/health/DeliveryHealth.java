package io.github.mparticleintercom.health;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomAnswer;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether delivery runs; if not, why. */
public final class DeliveryHealth extends Check {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.delivery");

    private volatile String pausedBecause;

    /** A health check that is up. */
    public DeliveryHealth() {
        super("mparticle-intercom-delivery");
    }

    /** Delivery stops because of this answer. */
    public synchronized void pause(@Variable("answer") IntercomAnswer answer, @Variable("platform") String platform) {
        if (pausedBecause == null) {
            pausedBecause = "Intercom answered " + answer.status() + " " + answer.code() + " to the credential of "
                    + (platform == null || platform.isEmpty() ? "batches without a platform" : "platform " + platform);
            LOG.error("Delivery paused, everything stays queued: {}. Mend the credential, then resume.", pausedBecause);
        }
    }

    /** Delivery runs again. */
    public synchronized void resume() {
        pausedBecause = null;
        LOG.info("Delivery resumed");
    }

    @Override
    Finding find() {
        String because = pausedBecause;
        return because == null ? Finding.UP : Finding.down(Reason.CREDENTIAL_REFUSED, "delivery is paused: " + because);
    }
}
