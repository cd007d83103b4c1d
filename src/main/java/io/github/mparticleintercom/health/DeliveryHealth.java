package io.github.mparticleintercom.health;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomAnswer;
import io.github.mparticleintercom.intercom.QueuedRequest;
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

    /** Delivery stops because of the last answer to this request. */
    public synchronized void pause(@Variable("request") QueuedRequest request) {
        if (pausedBecause == null) {
            IntercomAnswer answer = request.answer();
            pausedBecause = "Intercom answered " + answer.status() + " " + answer.code() + " to the credential of "
                    + (request.platform().isEmpty() ? "batches without a platform" : "platform " + request.platform());
            LOG.error("Delivery paused, everything stays queued: {}. Fix the credential, then resume.", pausedBecause);
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
