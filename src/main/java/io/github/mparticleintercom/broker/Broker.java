package io.github.mparticleintercom.broker;

import jakarta.jms.ConnectionFactory;

/** One kind of broker. Each kind alone knows the classes that it needs, so that those of the others need not be there. */
interface Broker {

    /** Names tell what is of Artemis: a host with a broker of another make does not have its classes. */
    String ARTEMIS = "org.apache.activemq.artemis.";

    /**
     * Starts what is ours to start.
     *
     * @return how to connect
     * @throws Exception when it cannot start
     */
    ConnectionFactory start() throws Exception;

    /** Stops what {@link #start()} started; does nothing where nothing was. */
    void stop() throws Exception;

    /** Why it takes nothing at the moment, as far as it knows by itself, for a person; "" if nothing is known. */
    default String outage() {
        return "";
    }

    /** Whether it is known to have stopped, so that nobody needs to wait for its answer. */
    default boolean isStopped() {
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

    /** Whether this is an object of Artemis' client, or of a class made from one. Artemis refuses a message that it was sent before. */
    static boolean isArtemis(Object object) {
        Class<?> type = object.getClass();
        while (type != null && !type.getName().startsWith(ARTEMIS)) {
            type = type.getSuperclass();
        }
        return type != null;
    }

    /** Whether the broker refused a message because it had taken it before. */
    static boolean isDuplicate(Throwable failure) {
        Throwable cause = failure;
        while (cause != null && !cause.getClass().getName().equals(ARTEMIS + "api.core.ActiveMQDuplicateIdException")) {
            cause = cause.getCause();
        }
        return cause != null;
    }
}
