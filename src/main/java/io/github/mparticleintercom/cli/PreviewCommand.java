package io.github.mparticleintercom.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.files.MparticleFile;
import io.github.mparticleintercom.files.UnreadableFile;
import io.github.mparticleintercom.mparticle.RawBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mparticle-intercom preview FILE}: asks the running program, a piece of the file after the other. */
@Command(name = "preview", description = "Show what batches would become, by the routes,"
        + " settings and event mapping of the program that runs now. Nothing is queued or sent.")
final class PreviewCommand implements Callable<Integer> {

    @Mixin
    private ManagementClient client;
    @Parameters(paramLabel = "FILE", description = "A batch, an array of batches or a batch a line, packed with gzip or not.")
    private String file;
    @Option(names = "--json", description = "As JSON.")
    private boolean json;

    @Override
    public Integer call() throws IOException, InterruptedException {
        int deadLettered = 0;
        int requests = 0;
        try (MparticleFile batches = MparticleFile.open(ManagementClient.file(file).toRealPath().toFile(), Integer.MAX_VALUE)) {
            while (batches.hasNext()) {
                for (byte[] body : bodies(batches.next())) {
                    JsonNode preview = client.post("/preview", body);
                    if (json) {
                        client.out().println(preview.toPrettyString());
                    } else {
                        print(preview, client.out());
                    }
                    requests += preview.path("requests").size();
                    deadLettered += preview.at("/receipt/dead_lettered/batches").asInt()
                            + preview.at("/receipt/dead_lettered/events").asInt();
                }
            }
        } catch (UnreadableFile e) {
            throw new CommandFailure(CommandFailure.NOT_GOOD, e.getMessage());
        } catch (NoSuchFileException e) {
            throw new CommandFailure(CommandFailure.WRONG_USAGE, "Cannot read " + e.getMessage());
        }
        if (requests == 0 && !json) {
            client.out().println("Nothing would be sent.");
        }
        client.out().flush();
        // beside what may be read by a program
        client.command().commandLine().getErr().println("By the routes, settings and event mapping that " + client.address()
                + " runs with; an edit counts there after a restart, or at once in dev mode");
        return deadLettered == 0 ? 0 : CommandFailure.NOT_GOOD;
    }

    /** All that can be read of a piece in one array, so that it is looked at together, and each that cannot by itself. */
    private static List<byte[]> bodies(List<RawBatch> piece) throws IOException {
        List<byte[]> bodies = new ArrayList<>();
        ByteArrayOutputStream array = new ByteArrayOutputStream();
        for (RawBatch batch : piece) {
            if (batch.reason() != null) {
                bodies.add(batch.bytes());
            } else {
                array.write(array.size() == 0 ? '[' : ',');
                array.write(batch.bytes());
            }
        }
        if (array.size() > 0) {
            array.write(']');
            bodies.add(0, array.toByteArray());
        }
        return bodies;
    }

    /** One line for each request and for everything that is not as it came. */
    private static void print(JsonNode preview, PrintWriter out) {
        preview.path("requests").forEach(request -> out.println(request.path("method").asText() + " "
                + request.path("path").asText() + "  " + request.path("body")));
        printDetails(preview.path("receipt"), out);
    }

    /** The details of a receipt, a line each, indented. */
    static void printDetails(JsonNode receipt, PrintWriter out) {
        receipt.path("details").forEach(detail -> {
            String what = detail.path("field").asText(detail.path("operation").asText(detail.has("event_id") ? "event" : "batch")
                    + (detail.has("event_id") ? " " + detail.path("event_id").asText() : ""));
            String code = detail.path("reason").asText();
            out.println("   " + detail.path("outcome").asText().replace('_', '-') + "  " + what + ": " + code + " ("
                    + Reason.of(code).sentence() + ")");
        });
        out.flush();
    }
}
