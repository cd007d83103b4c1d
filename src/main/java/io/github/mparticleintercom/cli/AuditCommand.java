package io.github.mparticleintercom.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.mparticle.Identities;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
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
    private static final int OUTCOME_WIDTH = 13;

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
        int[] found = {0};
        new AuditFiles(file()).read(line -> {
            JsonNode record = matching(line, keys);
            if (record != null) {
                found[0]++;
                out.println(json ? line : text(record));
            }
        });
        if (found[0] == 0) {
            throw new CommandFailure(CommandFailure.NOTHING_FOUND, "Nothing about it in " + file().toAbsolutePath());
        }
        return 0;
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
            JsonNode record = Json.MAPPER.readTree(line);
            return KEYS.stream().anyMatch(name -> keys.contains(record.path(name).asText(""))) ? record : null;
        } catch (IOException e) {
            // a line that is being written
            return null;
        }
    }

    private static String text(JsonNode record) {
        StringBuilder text = new StringBuilder(record.path("time").asText()).append("  ");
        String outcome = record.path("outcome").asText();
        text.append(outcome).append(" ".repeat(Math.max(0, OUTCOME_WIDTH - outcome.length())));
        SHOWN.stream().filter(record::has).forEach(name ->
                text.append("  ").append(name.replace('_', ' ')).append(' ').append(record.get(name).asText()));
        return text.toString().replaceAll("\\p{Cntrl}", " ");
    }
}
