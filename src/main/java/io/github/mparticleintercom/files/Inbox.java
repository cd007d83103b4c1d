package io.github.mparticleintercom.files;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of a folder is taken: whoever may put something there shall reach nothing beside it, and keep nobody waiting. */
final class Inbox {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.files");
    /** A name has 255 bytes at most, and the lock, the reason and a number come behind it. */
    private static final int NAME_BYTES = 235;
    private static final int REPORTED = 1000;
    /** What Java puts in the place of bytes that are no letter, and does not find again. */
    private static final char UNKNOWN_LETTER = '\uFFFD';

    private final Set<String> reported = ConcurrentHashMap.newKeySet();
    /** How large the files were that the last looks found, by path. */
    private final Cache<String, Long> sizes = Caffeine.newBuilder().expireAfterAccess(Duration.ofMinutes(10)).build();

    /**
     * Whether this file is taken: not before two looks find it of the same size, whatever its age is. The first time that a file is never
     * taken, says why.
     */
    boolean takes(File file, String name) {
        if (file.getName().getBytes(StandardCharsets.UTF_8).length > NAME_BYTES) {
            report(name, "its name is longer than " + NAME_BYTES + " bytes");
            return false;
        }
        try {
            File inbox = folder(file, name);
            for (File folder = file.getParentFile(); !folder.equals(inbox); folder = folder.getParentFile()) {
                if (Files.isSymbolicLink(folder.toPath())) {
                    report(name, "its folder is a link");
                    return false;
                }
            }
            if (name.indexOf(UNKNOWN_LETTER) >= 0 && Files.notExists(file.toPath(), LinkOption.NOFOLLOW_LINKS)) {
                report(name, "its name is not UTF-8");
                return false;
            }
            // another process may have taken it meanwhile
            if (Files.isRegularFile(file.toPath(), LinkOption.NOFOLLOW_LINKS)
                    || Files.notExists(file.toPath(), LinkOption.NOFOLLOW_LINKS)) {
                Long size = file.length();
                return size.equals(sizes.asMap().put(file.getPath(), size));
            }
        } catch (InvalidPathException e) {
            report(name, "the locale does not know all letters of its name");
            return false;
        }
        report(name, "it is a link or no plain file");
        return false;
    }

    /** The inbox of a file: its folder, or the one above as many folders as there are in its name. */
    static File folder(File file, String name) {
        File folder = file.getParentFile();
        for (File inner = new File(name).getParentFile(); inner != null; inner = inner.getParentFile()) {
            folder = folder.getParentFile();
        }
        return folder;
    }

    /**
     * Checks that files stay in the folder when they move.
     *
     * @throws IOException when one of the folders that they move to is a link
     */
    static void check(File folder) throws IOException {
        for (String place : new String[] {".done", ".failed"}) {
            if (Files.isSymbolicLink(folder.toPath().resolve(place))) {
                throw new IOException(place + " is a link; nothing is read while files would leave the inbox through it");
            }
        }
    }

    private void report(String name, String why) {
        if (reported.size() == REPORTED) {
            reported.clear();
        }
        if (reported.add(name)) {
            LOG.warn("{}: left alone, {}", MparticleFiles.printable(name), why);
        }
    }
}
