package io.github.mparticleintercom.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.outcome.AuditLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
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
        AuditLog log = new AuditLog();
        int[] found = {0};
        log.find(key, (audited, line) -> {
            found[0]++;
            out.println(json ? line : text(audited));
        });
        if (found[0] == 0) {
            throw new CommandFailure(CommandFailure.NOTHING_FOUND, "Nothing about it in " + log.file().toAbsolutePath());
        }
        return 0;
    }

    private static String text(JsonNode record) {
        StringBuilder text = new StringBuilder("%s  %-13s".formatted(record.path("time").asText(), record.path("outcome").asText()));
        SHOWN.stream().filter(record::has).forEach(name ->
                text.append("  ").append(name.replace('_', ' ')).append(' ').append(record.get(name).asText()));
        return text.toString().replaceAll("\\p{Cntrl}", " ");
    }
}
