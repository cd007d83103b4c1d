package io.github.mparticleintercom.health;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.broker.MessageBroker;

/** Whether the embedded broker found at its start what it had kept. */
public final class StorageHealth extends Check {

    private MessageBroker broker;

    /** Nothing missing yet. */
    public StorageHealth() {
        super("mparticle-intercom-storage");
    }

    /** The broker. */
    public void setBroker(MessageBroker broker) {
        this.broker = broker;
    }

    @Override
    Finding find() {
        String missing = broker.missing();
        return missing.isEmpty() ? Finding.UP : Finding.down(Reason.STORAGE_DAMAGED, missing);
    }
}
