package io.github.mparticleintercom.outcome;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.mparticle.Identities;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The audit log that the {@link Journal} writes, as it lies on disk: the file and what was rolled away of it. */
public final class AuditLog {

    private static final List<String> KEYS = List.of("batch_id", "event_id", "user_key", "dead_letter_id", "request_id");
    /** Enough for a thousand lines. */
    private static final int TAIL_BYTES = 1 << 18;

    private final Path newest;

    /** The one that {@code log4j2.properties} names, by the same words. */
    public AuditLog() {
        String set = System.getProperty("mparticle-intercom.audit.file", System.getenv("MPARTICLE_INTERCOM_AUDIT_FILE"));
        newest = Path.of(set == null || set.isBlank() ? "logs/audit.jsonl" : set);
    }

    /** Whoever reads records. */
    public interface Reader {

        /** Reads a record and the line that it stands on. */
        void read(JsonNode audited, String line) throws IOException;
    }

    /** The file that is written to. */
    public Path file() {
        return newest;
    }

    /**
     * Reads all that is recorded under a key, oldest first.
     *
     * @param key a batch id, an event id, a user's Customer ID or email, a dead letter's id or Intercom's request id
     * @throws IOException when the files cannot be read
     */
    public void find(String key, Reader reader) throws IOException {
        Set<String> keys = keys(key);
        for (Path file : files()) {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    JsonNode audited = matching(line, keys);
                    if (audited != null) {
                        reader.read(audited, line);
                    }
                }
            }
        }
    }

    /**
     * The last records, oldest first, as far as they lie near the end of the newest file.
     *
     * @param outcome only those with this outcome; null for every one
     * @throws IOException when the file cannot be read
     */
    public List<JsonNode> last(int most, String outcome) throws IOException {
        if (!Files.exists(newest)) {
            return List.of();
        }
        byte[] end;
        boolean whole;
        try (RandomAccessFile file = new RandomAccessFile(newest.toFile(), "r")) {
            long start = Math.max(0, file.length() - TAIL_BYTES);
            whole = start == 0;
            end = new byte[(int) (file.length() - start)];
            file.seek(start);
            file.readFully(end);
        }
        List<JsonNode> all = new String(end, StandardCharsets.UTF_8).lines().skip(whole ? 0 : 1).map(AuditLog::parse)
                .filter(audited -> audited != null && (outcome == null || outcome.equals(audited.path("outcome").asText()))).toList();
        return all.subList(Math.max(0, all.size() - most), all.size());
    }

    /** The log knows no email addresses, only their fingerprints. */
    private static Set<String> keys(String key) {
        Set<String> keys = new TreeSet<>(Set.of(key));
        if (Identities.isAddress(key)) {
            keys.add(new Identities(null, key, null, false).key());
            keys.add(new Identities(key, null, null, false).key());
        }
        return keys;
    }

    /** Most lines are not meant, and to look for the text is quicker than to read each. */
    private static JsonNode matching(String line, Set<String> keys) {
        if (keys.stream().map(Json::write).noneMatch(line::contains)) {
            return null;
        }
        JsonNode audited = parse(line);
        return audited != null && KEYS.stream().anyMatch(name -> keys.contains(audited.path(name).asText(""))) ? audited : null;
    }

    /** Null for a line that is being written. */
    private static JsonNode parse(String line) {
        try {
            JsonNode audited = Json.MAPPER.readTree(line);
            return audited.isObject() ? audited : null;
        } catch (IOException e) {
            return null;
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
        List<Path> files = new ArrayList<>(numbered.values());
        if (Files.exists(newest)) {
            files.add(newest);
        }
        return files;
    }

    private static InputStream open(Path file) throws IOException {
        InputStream stream = Files.newInputStream(file);
        return isPacked(file) ? new GZIPInputStream(stream, 1 << 16) : stream;
    }

    private static boolean isPacked(Path file) {
        return file.toString().endsWith(".gz");
    }
}
