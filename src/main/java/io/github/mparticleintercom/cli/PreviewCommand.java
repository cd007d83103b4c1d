package io.github.mparticleintercom.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Reason;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mparticle-intercom preview FILE}. */
@Command(name = "preview", description = "Show what batches would become. Nothing is queued or sent.")
final class PreviewCommand implements Callable<Integer> {

    @Mixin
    private ClientOptions options;

    @Parameters(paramLabel = "FILE", description = "A batch or an array of batches, as mParticle sends it.")
    private String file;

    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        byte[] batch = ClientOptions.read(file);
        JsonNode preview = options.client().post("/preview", batch);
        if (json) {
            options.out().println(preview.toPrettyString());
        } else {
            print(preview, options.out());
        }
        return 0;
    }

    /** One line for each request and for everything that is not as it came. */
    private static void print(JsonNode preview, PrintWriter out) {
        preview.path("requests").forEach(request -> out.println(request.path("method").asText() + " "
                + request.path("path").asText() + "  " + request.path("body")));
        printDetails(preview.path("receipt"), out);
        if (preview.path("requests").isEmpty()) {
            out.println("Nothing would be sent.");
        }
    }

    /** The details of a receipt, a line each, indented. */
    static void printDetails(JsonNode receipt, PrintWriter out) {
        receipt.path("details").forEach(detail -> {
            String what = detail.path("field").asText(
                    detail.has("event_id") ? "event " + detail.path("event_id").asText() : "batch");
            String code = detail.path("reason").asText();
            out.println("   " + detail.path("outcome").asText().replace('_', '-') + "  " + what + ": " + code + " ("
                    + Reason.of(code).sentence() + ")");
        });
        out.flush();
    }
}
