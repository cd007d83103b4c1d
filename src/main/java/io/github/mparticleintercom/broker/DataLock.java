package io.github.mparticleintercom.broker;

import io.github.mparticleintercom.settings.SettingsException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a data folder to one instance. Two of them on the same files would wait for each other or undo each other's work. */
final class DataLock implements AutoCloseable {

    private final FileChannel held;

    private DataLock(FileChannel held) {
        this.held = held;
    }

    /**
     * Takes the folder, and makes it where there is none.
     *
     * @throws SettingsException when it cannot be written to or is in use
     */
    static DataLock take(Path data) {
        try {
            Files.createDirectories(data);
            FileChannel lock = FileChannel.open(data.resolve("in-use"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isFree(lock)) {
                return new DataLock(lock);
            }
            lock.close();
        } catch (IOException e) {
            throw new SettingsException("mparticle-intercom.broker.data is " + data.toAbsolutePath()
                    + ", which cannot be written to: " + e.getMessage() + ".");
        }
        throw new SettingsException("mparticle-intercom.broker.data is " + data.toAbsolutePath()
                + ", which another instance uses.");
    }

    private static boolean isFree(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // held by another broker of this very process: the same answer
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        held.close();
    }
}
