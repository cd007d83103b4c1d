package io.github.mparticleintercom.broker;

/**
 * Which broker holds the queues.
 *
 * @param connectionFactory the name of the host's connection factory; "" for none
 * @param url             an Artemis broker to connect to; "" for the embedded one, unless the host has one
 * @param user            who we are to the external broker, and who others must be to the embedded one; "" for nobody
 * @param password        that user's password
 * @param data            the folder of all that is kept on disk
 * @param listener        where the embedded broker listens for other programs
 * @param duplicateMemory how many stable ids are remembered, where the broker is not somebody else's Artemis
 * @param memoryBytes     how much of a queue the embedded broker keeps in memory before it writes pages to disk
 * @param requestsQueue   the queue of requests for Intercom
 * @param requestsConsumers how many consumers take from it
 * @param retryConsumers  how many consumers take from its retry queue
 */
record BrokerSettings(String connectionFactory, String url, String user, String password, String data,
        BrokerListener listener, int duplicateMemory, long memoryBytes, String requestsQueue, int requestsConsumers, int retryConsumers) {

    /** Takes missing texts for empty ones. */
    BrokerSettings {
        connectionFactory = connectionFactory == null ? "" : connectionFactory.strip();
        url = url == null ? "" : url.strip();
        user = user == null ? "" : user.strip();
        password = password == null ? "" : password;
    }

    /** Collects the settings one by one. */
    static final class Builder {
        String connectionFactory = "";
        String url = "";
        String user = "";
        String password = "";
        String data = "data";
        String listen = "";
        boolean tlsEnabled;
        String tlsKeyStore = "";
        String tlsKeyStorePassword = "";
        int duplicateMemory = 100_000;
        long memoryBytes = 20_000_000;
        String requestsQueue = "mparticle-intercom.requests";
        int requestsConsumers = 64;
        int retryConsumers = 16;

        BrokerSettings settings() {
            return new BrokerSettings(connectionFactory, url, user, password, data,
                    new BrokerListener(listen, tlsEnabled, tlsKeyStore, tlsKeyStorePassword), duplicateMemory, memoryBytes,
                    requestsQueue, requestsConsumers, retryConsumers);
        }
    }

    boolean ofHost() {
        return !connectionFactory.isEmpty();
    }

    boolean embedded() {
        return url.isEmpty() && !ofHost();
    }

    boolean hasUser() {
        return !user.isEmpty();
    }
}
