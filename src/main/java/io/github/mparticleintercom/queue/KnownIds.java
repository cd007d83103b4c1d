package io.github.mparticleintercom.queue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The last so many ids, in memory and in a file, one a line. A file of Camel's own repository is read through for every new id,
 * which is too slow for as many as there are here.
 */
final class KnownIds {

    private final Path file;
    private final int most;
    private final Deque<String> inOrder = new ArrayDeque<>();
    private final Set<String> ids = new HashSet<>();
    private long lines;

    KnownIds(Path file, int most) {
        this.file = file;
        this.most = most;
    }

    /** Reads what was kept. A line that a crash cut short matches nothing and goes with the rest in time. */
    synchronized void open() throws IOException {
        if (Files.exists(file)) {
            try (Stream<String> kept = Files.lines(file, StandardCharsets.ISO_8859_1)) {
                kept.forEach(this::remember);
            }
        }
        rewrite();
    }

    synchronized boolean contains(String id) {
        return ids.contains(id);
    }

    /** Keeps more, and lets the oldest go. */
    synchronized void add(Collection<String> more) throws IOException {
        more.forEach(this::remember);
        lines += more.size();
        if (lines > 2L * most) {
            rewrite();
        } else {
            Files.write(file, more, StandardCharsets.ISO_8859_1, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
    }

    synchronized void clear() throws IOException {
        ids.clear();
        inOrder.clear();
        rewrite();
    }

    private void remember(String id) {
        if (ids.add(id)) {
            inOrder.add(id);
            if (inOrder.size() > most) {
                ids.remove(inOrder.remove());
            }
        }
    }

    /** Through another file, so that a crash leaves the one or the other whole. */
    private void rewrite() throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.write(next, inOrder, StandardCharsets.ISO_8859_1);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        lines = inOrder.size();
    }
}
