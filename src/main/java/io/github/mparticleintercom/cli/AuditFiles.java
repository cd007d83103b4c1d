package io.github.mparticleintercom.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The audit log and what was rolled away of it, as {@code log4j2.properties} names the files. */
final class AuditFiles {

    private final Path newest;

    AuditFiles(Path newest) {
        this.newest = newest;
    }

    /** Whoever reads lines. */
    interface Reader {
        void read(String line) throws IOException;
    }

    /** Reads every line, oldest first. */
    void read(Reader reader) throws IOException {
        for (Path file : files()) {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    reader.read(line);
                }
            }
        }
    }

    /** A higher number is newer. While a file is being packed it is there twice, and the packed one is not complete. */
    private List<Path> files() throws IOException {
        Pattern rolled = Pattern.compile(Pattern.quote(newest.getFileName().toString()) + "\\.(\\d+)(\\.gz)?");
        Map<Integer, Path> numbered = new TreeMap<>();
        Path folder = newest.toAbsolutePath().getParent();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.forEach(file -> {
                    Matcher matcher = rolled.matcher(file.getFileName().toString());
                    if (matcher.matches()) {
                        numbered.merge(Integer.valueOf(matcher.group(1)), file, (one, other) -> isPacked(one) ? other : one);
                    }
                });
            }
        }
        return Stream.concat(numbered.values().stream(), Stream.of(newest).filter(Files::exists)).toList();
    }

    private static InputStream open(Path file) throws IOException {
        InputStream stream = Files.newInputStream(file);
        return isPacked(file) ? new GZIPInputStream(stream, 1 << 16) : stream;
    }

    private static boolean isPacked(Path file) {
        return file.toString().endsWith(".gz");
    }
}
