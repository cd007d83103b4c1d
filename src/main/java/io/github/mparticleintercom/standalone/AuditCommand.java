package io.github.mparticleintercom.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.mparticle.Identities;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** {@code mparticle-intercom audit}: what became of a batch, an event or all of a user, in the order in which it happened. */
final class AuditCommand implements Commands.Command {

    private static final String USAGE = """
            mparticle-intercom audit KEY [--json]   what became of it; KEY is a batch id, an event id, a user's Customer ID
                                                    or email, a dead letter's id or Intercom's request id""";
    private static final List<String> KEYS = List.of("batch_id", "event_id", "user_key", "dead_id", "request_id");
    private static final List<String> TOLD = List.of("operation", "reason", "field", "batch_id", "event_id", "user_key",
            "request_id", "dead_id", "source");

    @Override
    public void run(List<String> words, PrintStream out) throws IOException {
        List<String> plain = new ArrayList<>(words);
        boolean json = plain.remove("--json");
        if (plain.size() != 1 || plain.get(0).isBlank() || plain.get(0).startsWith("--")) {
            throw new CommandFailure(CommandFailure.WRONG_USAGE, USAGE);
        }
        Set<String> keys = keys(plain.get(0));
        int[] found = {0};
        new AuditFiles(file()).read(line -> {
            JsonNode told = matching(line, keys);
            if (told != null) {
                found[0]++;
                out.println(json ? line : text(told));
            }
        });
        if (found[0] == 0) {
            throw new CommandFailure(CommandFailure.NOTHING_FOUND, "Nothing about it in " + file().toAbsolutePath());
        }
    }

    /** Where log4j2.properties puts it, by the same words. */
    static Path file() {
        String set = System.getProperty("mparticle-intercom.audit.file", System.getenv("MPARTICLE_INTERCOM_AUDIT_FILE"));
        return Path.of(set == null || set.isBlank() ? "logs/audit.jsonl" : set);
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
            JsonNode told = Json.MAPPER.readTree(line);
            return KEYS.stream().anyMatch(name -> keys.contains(told.path(name).asText(""))) ? told : null;
        } catch (IOException e) {
            // a line that is being written
            return null;
        }
    }

    private static String text(JsonNode told) {
        StringBuilder text = new StringBuilder(told.path("time").asText()).append("  ");
        String outcome = told.path("outcome").asText();
        text.append(outcome).append(" ".repeat(Math.max(0, 9 - outcome.length())));
        TOLD.stream().filter(told::has).forEach(name ->
                text.append("  ").append(name.replace('_', ' ')).append(' ').append(told.get(name).asText()));
        return text.toString().replaceAll("\\p{Cntrl}", " ");
    }
}
