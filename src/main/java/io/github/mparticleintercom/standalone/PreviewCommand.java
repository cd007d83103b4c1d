package io.github.mparticleintercom.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code mparticle-intercom preview FILE}: what the batches of a file would become. Nothing is queued or sent. */
final class PreviewCommand implements Commands.Command {

    private static final String USAGE = """
            mparticle-intercom preview FILE          what a batch or an array of batches would become
            mparticle-intercom preview FILE --json   the same as JSON""";

    @Override
    public void run(List<String> words, PrintStream out) throws Exception {
        boolean json = words.contains("--json");
        List<String> files = words.stream().filter(word -> !word.startsWith("--")).toList();
        if (files.size() != 1 || words.size() != (json ? 2 : 1)) {
            throw new CommandFailure(CommandFailure.WRONG_USAGE, USAGE);
        }
        byte[] batch = read(Commands.file(files.get(0)));
        try (IdleRoutes routes = IdleRoutes.onNoData()) {
            String answer = routes.ask("direct:mparticle-intercom-preview", batch);
            if (json) {
                out.println(Json.MAPPER.readTree(answer).toPrettyString());
            } else {
                print(Json.MAPPER.readTree(answer), out);
            }
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.WRONG_USAGE, "Cannot read " + file);
        }
    }

    /** One line for each request and for everything that is not as it came. */
    static void print(JsonNode preview, PrintStream out) {
        preview.path("requests").forEach(request -> out.println(request.path("method").asText() + " "
                + request.path("path").asText() + "  " + request.path("body")));
        printDetails(preview.path("receipt"), out);
        if (preview.path("requests").isEmpty()) {
            out.println("Nothing would be sent.");
        }
    }

    /** What a receipt has to tell, a line each, indented. */
    static void printDetails(JsonNode receipt, PrintStream out) {
        receipt.path("details").forEach(detail -> {
            String what = detail.path("field").asText(
                    detail.has("event_id") ? "event " + detail.path("event_id").asText() : "batch");
            String code = detail.path("reason").asText();
            out.println("   " + detail.path("outcome").asText() + "  " + what + ": " + code + " ("
                    + Reason.of(code).sentence() + ")");
        });
    }
}
