package io.github.mparticleintercom.files;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
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

    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    /** Whether this file is taken; the first time that one is not, says why. */
    boolean takes(File file) {
        String name = file.getName();
        if (name.getBytes(StandardCharsets.UTF_8).length > NAME_BYTES) {
            report(name, "its name is longer than " + NAME_BYTES + " bytes");
            return false;
        }
        try {
            // another process may have taken it meanwhile
            if (Files.isRegularFile(file.toPath(), LinkOption.NOFOLLOW_LINKS)
                    || Files.notExists(file.toPath(), LinkOption.NOFOLLOW_LINKS)) {
                return true;
            }
        } catch (InvalidPathException e) {
            report(name, "the locale does not know all letters of its name");
            return false;
        }
        report(name, "it is a link or no plain file");
        return false;
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
            LOG.warn("{}: left alone, {}", name, why);
        }
    }
}
