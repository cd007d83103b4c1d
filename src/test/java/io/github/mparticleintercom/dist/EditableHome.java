package io.github.mparticleintercom.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The distribution, unpacked once more, so that a test may edit its files.
 *
 * @param path where it lies
 */
record EditableHome(Path path) {

    private static final Path DIST = Path.of("target/dist").toAbsolutePath();

    /** Unpacks it into this folder; the libraries are linked, not copied, and the classes that Java keeps of another installation are left. */
    static EditableHome unpack(Path parent) throws IOException {
        Path folder = parent.resolve("home");
        try (Stream<Path> files = Files.walk(DIST)) {
            for (Path file : files.filter(file -> !file.startsWith(DIST.resolve("lib")) && !file.startsWith(DIST.resolve("cache")))
                    .toList()) {
                Files.copy(file, folder.resolve(DIST.relativize(file).toString()));
            }
        }
        Files.createSymbolicLink(folder.resolve("lib"), DIST.resolve("lib"));
        return new EditableHome(folder);
    }

    Path script() {
        return path.resolve("bin/mparticle-intercom");
    }

    /** Replaces a text in one of its files, as an editor does on save. */
    void edit(String file, String before, String after) throws IOException {
        Path edited = path.resolve(file);
        String text = Files.readString(edited);
        assertThat(text).contains(before);
        Files.writeString(edited, text.replace(before, after));
    }
}
