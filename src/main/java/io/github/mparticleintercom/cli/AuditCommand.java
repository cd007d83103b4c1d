package io.github.mparticleintercom.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.mparticle.Identities;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code mparticle-intercom audit}: all that is recorded of a batch, an event or a user, in the order in which it happened. */
@Command(name = "audit", description = "Show what happened to a batch, an event or all of a user.")
final class AuditCommand implements Callable<Integer> {

    private static final List<String> KEYS = List.of("batch_id", "event_id", "user_key", "dead_letter_id", "request_id");
    private static final List<String> SHOWN = List.of("operation", "reason", "field", "batch_id", "event_id", "user_key",
            "request_id", "dead_letter_id", "source");

    @Spec
    private CommandSpec command;
    @Parameters(paramLabel = "KEY", description = "A batch id, an event id, a user's Customer ID or email, a dead letter's id or"
            + " Intercom's request id.")
    private String key;
    @Option(names = "--json", description = "The lines of the audit log as they are.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (key.isBlank()) {
            throw new ParameterException(command.commandLine(), "KEY is blank");
        }
        PrintWriter out = command.commandLine().getOut();
        Set<String> keys = keys(key);
        boolean found = false;
        for (Path file : files(file())) {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    JsonNode record = matching(line, keys);
                    if (record != null) {
                        found = true;
                        out.println(json ? line : text(record));
                    }
                }
            }
        }
        if (!found) {
            throw new CommandFailure(CommandFailure.NOTHING_FOUND, "Nothing about it in " + file().toAbsolutePath());
        }
        return 0;
    }

    /** Where log4j2.properties puts it, by the same words. */
    static Path file() {
        String set = System.getProperty("mparticle-intercom.audit.file", System.getenv("MPARTICLE_INTERCOM_AUDIT_FILE"));
        return Path.of(set == null || set.isBlank() ? "logs/audit.jsonl" : set);
    }

    /**
     * The log and what was rolled away of it, oldest first: a higher number is newer. While a file is being packed it is there
     * twice, and the packed one is not complete.
     */
    private static List<Path> files(Path newest) throws IOException {
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
        try {
            JsonNode record = Json.MAPPER.readTree(line);
            return KEYS.stream().anyMatch(name -> keys.contains(record.path(name).asText(""))) ? record : null;
        } catch (IOException e) {
            // a line that is being written
            return null;
        }
    }

    private static String text(JsonNode record) {
        StringBuilder text = new StringBuilder("%s  %-13s".formatted(record.path("time").asText(), record.path("outcome").asText()));
        SHOWN.stream().filter(record::has).forEach(name ->
                text.append("  ").append(name.replace('_', ' ')).append(' ').append(record.get(name).asText()));
        return text.toString().replaceAll("\\p{Cntrl}", " ");
    }
}
