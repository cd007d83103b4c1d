package io.github.mparticleintercom.queue;

/**
 * Which broker holds the queues.
 *
 * @param url             an Artemis broker to connect to; "" for the embedded one
 * @param user            who we are to the external broker, and who others must be to the embedded one; "" for nobody
 * @param password        that user's password
 * @param data            the folder of the embedded broker's journal
 * @param listen          where the embedded broker listens for other programs, as {@code tcp://host:port}; "" for nowhere
 * @param duplicateMemory how many stable ids the embedded broker remembers
 * @param memoryBytes     how much of a queue the embedded broker keeps in memory before it writes pages to disk
 * @param requestsQueue   the queue of requests for Intercom
 * @param requestsConsumers how many consumers take from it
 */
public record BrokerSettings(String url, String user, String password, String data, String listen,
        int duplicateMemory, long memoryBytes, String requestsQueue, int requestsConsumers) {

    /** Takes missing texts for empty ones. */
    public BrokerSettings {
        url = url == null ? "" : url.strip();
        user = user == null ? "" : user.strip();
        password = password == null ? "" : password;
        listen = listen == null ? "" : listen.strip();
    }

    boolean embedded() {
        return url.isEmpty();
    }

    boolean hasUser() {
        return !user.isEmpty();
    }
}
