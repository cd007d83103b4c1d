package io.github.mparticleintercom.health;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomAnswer;
import io.github.mparticleintercom.intercom.IntercomAnswers;
import io.github.mparticleintercom.intercom.IntercomConnection;
import io.github.mparticleintercom.intercom.IntercomOutages;
import io.github.mparticleintercom.intercom.QueuedRequest;
import java.util.Map;
import org.apache.camel.Variable;
import org.apache.camel.Variables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether delivery runs; if not, why. */
public final class DeliveryHealth extends Checks {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.delivery");

    private volatile String paused;
    private String pausedFor;
    private IntercomConnection connection;
    private IntercomOutages outages;

    /** A health check that is up. */
    public DeliveryHealth() {
        add("delivery", Probe.NONE, () -> Problem.of(Reason.CREDENTIAL_REFUSED, paused));
    }

    /** Knows which credential is used for what. */
    public void setConnection(IntercomConnection connection) {
        this.connection = connection;
    }

    /** Has Intercom asked whether it accepts the credential again. */
    public void setOutages(IntercomOutages outages) {
        this.outages = outages;
    }

    /** Delivery stops because of the last answer to this request. */
    public synchronized void pause(@Variable("request") QueuedRequest request) {
        if (paused == null) {
            IntercomAnswer answer = request.answer();
            String because = "Intercom answered " + answer.status() + " " + answer.code() + " to the credential of "
                    + (request.platform().isEmpty() ? "batches without a platform" : "platform " + request.platform());
            paused = "delivery is paused: " + because;
            pausedFor = connection.credentialOf(request.platform());
            outages.pause();
            LOG.error("Delivery paused, everything stays queued: {}. It goes on by itself when Intercom's /me accepts the credential;"
                    + " a new one in the settings or a mounted file is taken without a restart.", because);
        }
    }

    /**
     * Intercom answered to the check of a credential. Sets {@code answer} to {@code accepted} where it accepts the one that delivery
     * is paused for.
     */
    public synchronized void answered(@Variable("request") QueuedRequest request, @Variables Map<String, Object> variables) {
        IntercomAnswer answer = request.answer();
        if (paused != null && answer != null && answer.word().equals(IntercomAnswers.DONE)
                && request.platform().equals(pausedFor)) {
            variables.put("answer", IntercomAnswers.ACCEPTED);
            LOG.info("Intercom accepts the credential again");
        }
    }

    /** Delivery runs again. */
    public synchronized void resume() {
        paused = null;
        outages.resume();
        LOG.info("Delivery resumed");
    }
}
