package io.github.mparticleintercom.health;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.broker.MessageBroker;

/** Whether the embedded broker could not be brought back though there was room for long: then a new process is left to try. */
public final class BrokerLiveness extends Check {

    private MessageBroker broker;

    /** A check that decides about the process. */
    public BrokerLiveness() {
        super("mparticle-intercom-broker-process");
    }

    /** The broker. */
    public void setBroker(MessageBroker broker) {
        this.broker = broker;
    }

    @Override
    public boolean isLiveness() {
        return true;
    }

    @Override
    Finding find() {
        return broker.isGivenUp() ? Finding.down(Reason.BROKER_UNAVAILABLE, "the embedded broker does not come back by itself")
                : Finding.UP;
    }
}
