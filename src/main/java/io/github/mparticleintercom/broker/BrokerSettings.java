package io.github.mparticleintercom.broker;

/** Which broker holds the queues. A text that is empty stands for nothing. */
final class BrokerSettings {

    /** The name of the host's connection factory. */
    String connectionFactory = "";
    /** An Artemis broker to connect to; the embedded one where there is none, unless the host has one. */
    String url = "";
    /** Who we are to the external broker, and who others must be to the embedded one. */
    String user = "";
    String password = "";
    /** The folder of all that is kept on disk. */
    String data = "data";
    /** Where the embedded broker listens for other programs, as {@code tcp://host:port}. */
    String listen = "";
    boolean tlsEnabled;
    /** Where the key store with the embedded broker's certificate is. */
    String tlsKeyStore = "";
    String tlsKeyStorePassword = "";
    /** How many stable ids are remembered, where the broker is not somebody else's Artemis. */
    int duplicateMemory = 100_000;
    /** How much of a queue the embedded broker keeps in memory before it writes pages to disk. */
    long memoryBytes = 20_000_000;
    String requestsQueue = "mparticle-intercom.requests";
    int requestsConsumers = 64;
    int retryConsumers = 16;

    boolean ofHost() {
        return !connectionFactory.isEmpty();
    }

    boolean embedded() {
        return url.isEmpty() && !ofHost();
    }
}
