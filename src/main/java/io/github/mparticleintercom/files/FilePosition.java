package io.github.mparticleintercom.files;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * How far the file that is being read was stored, kept on disk, so that a restart goes on there. It is written
 * after the piece before it was committed: what is read once more after a crash is at most one piece, whose stable ids are known.
 */
final class FilePosition {

    private final Path kept;

    /**
     * Keeps it with the journal of the embedded broker: who loses that has to read the file anew.
     *
     * @param data the folder of all that is kept
     */
    FilePosition(Path data) {
        kept = data.resolve("journal").resolve("file-position.txt");
    }

    /** How many batches of this file were stored before; 0 of one that changed meanwhile. */
    long of(File file) throws IOException {
        if (!Files.exists(kept)) {
            return 0;
        }
        List<String> lines = Files.readAllLines(kept);
        int end = lines.isEmpty() ? -1 : lines.get(0).indexOf(' ');
        return end > 0 && lines.get(0).substring(end + 1).equals(key(file)) ? Long.parseLong(lines.get(0).substring(0, end)) : 0;
    }

    /** So many batches of this file are stored. */
    void put(File file, long batches) throws IOException {
        Files.createDirectories(kept.toAbsolutePath().getParent());
        // in one go and without emptying the file first, so that no kill leaves half of it
        Files.write(kept, (batches + " " + key(file) + "\n").getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
    }

    /** No file is being read. */
    void clear() throws IOException {
        Files.deleteIfExists(kept);
    }

    private static String key(File file) {
        return file.length() + " " + file.lastModified() + " " + file.toPath().toAbsolutePath().normalize().toString().replaceAll("\\R", " ");
    }
}
