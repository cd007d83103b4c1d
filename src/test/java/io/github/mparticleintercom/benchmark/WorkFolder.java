package io.github.mparticleintercom.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder under {@code target}, which is on a disk where the system's folder for temporary files may be in memory.
 *
 * @param path where it is
 */
record WorkFolder(Path path) implements AutoCloseable {

    static WorkFolder create(String name) throws IOException {
        Path parent = Files.createDirectories(Path.of("target", "benchmark").toAbsolutePath());
        return new WorkFolder(Files.createTempDirectory(parent, name));
    }

    /** Deletes it with all that is in it. */
    @Override
    public void close() throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(path)) {
            files = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }
}
