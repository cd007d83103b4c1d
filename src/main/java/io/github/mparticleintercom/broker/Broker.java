package io.github.mparticleintercom.broker;

import jakarta.jms.ConnectionFactory;

/** One kind of broker. Each kind alone knows the classes that it needs, so that those of the others need not be there. */
interface Broker {

    /**
     * Starts what is ours to start.
     *
     * @return how to connect
     * @throws Exception when it cannot start
     */
    ConnectionFactory start() throws Exception;

    /** Stops what {@link #start()} started; does nothing where nothing was. */
    void stop() throws Exception;

    /** Whether it refuses a message that it was sent before, as Artemis does. */
    boolean refusesDuplicates();

    /** Whether it has too little room on disk to take more, as far as is known. */
    default boolean isDiskFull() {
        return false;
    }

    /** Whether it cannot be brought back by this process. */
    default boolean isGivenUp() {
        return false;
    }

    /** What of its storage was gone at the start, for a person; "" if nothing was. */
    default String missing() {
        return "";
    }
}
