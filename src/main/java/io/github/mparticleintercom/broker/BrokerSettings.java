package io.github.mparticleintercom.broker;

import io.github.mparticleintercom.settings.SettingsException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Which broker holds the queues, as the bean is set. A text that is empty stands for nothing. */
final class BrokerSettings {

    /** The name of the host's connection factory. */
    String connectionFactory = "";
    /** An Artemis broker to connect to; the embedded one where there is none, unless the host has one. */
    String url = "";
    /** Who we are to the external broker, and who others must be to the embedded one. */
    String user = "";
    String password = "";
    /** The folder of all that is kept on disk. */
    String data;
    /** Where the embedded broker listens for other programs, as {@code tcp://host:port}. */
    String listen = "";
    boolean tlsEnabled;
    /** Where the key store with the embedded broker's certificate is. */
    String tlsKeyStore = "";
    String tlsKeyStorePassword = "";
    /** How many stable ids are remembered, where the broker is not somebody else's Artemis. */
    int duplicateMemory;
    /** How much of a queue the embedded broker keeps in memory before it writes pages to disk. */
    long memoryBytes;
    String requestsQueue;
    String deadLetterQueue;
    int requestsConsumers;
    int retryConsumers;

    /** The queue of requests that are tried again apart. */
    String retryQueue() {
        return requestsQueue + ".retries";
    }

    /**
     * Takes the data folder, and makes it where there is none, until what is returned is closed. Two instances on the same files would
     * wait for each other or undo each other's work.
     *
     * @throws SettingsException when it cannot be written to or is in use
     */
    FileChannel lockData() {
        Path folder = Path.of(data);
        try {
            Files.createDirectories(folder);
            FileChannel lock = FileChannel.open(folder.resolve("in-use"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isFree(lock)) {
                return lock;
            }
            lock.close();
        } catch (IOException e) {
            throw new SettingsException("mparticle-intercom.broker.data is " + folder.toAbsolutePath()
                    + ", which cannot be written to: " + e.getMessage() + ".");
        }
        throw new SettingsException("mparticle-intercom.broker.data is " + folder.toAbsolutePath() + ", which another instance uses.");
    }

    private static boolean isFree(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // held by another broker of this very process: the same answer
            return false;
        }
    }

    boolean ofHost() {
        return !connectionFactory.isEmpty();
    }

    boolean embedded() {
        return url.isEmpty() && !ofHost();
    }
}
