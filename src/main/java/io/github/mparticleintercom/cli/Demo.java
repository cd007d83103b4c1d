package io.github.mparticleintercom.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.server.TemporaryFolder;
import io.github.mparticleintercom.server.StartReport;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;

/**
 * Shows the bundle at work without an account: sends the batches of the folder {@code samples} through the real routes in a
 * dry run and prints what is made of them. After that it stays up and prints what others post.
 */
final class Demo extends MainListenerSupport {

    private static final PrintStream OUT = System.out;
    private static final long PATIENCE_MILLIS = 15_000;
    private static final long POLL_MILLIS = 100;

    private final TemporaryFolder folder;
    private int printed;

    private Demo(TemporaryFolder folder) {
        this.folder = folder;
    }

    /** A demo whose queue is gone when it ends, so that the next one starts from nothing. */
    static Demo create() throws IOException {
        return new Demo(TemporaryFolder.create("demo"));
    }

    /** The settings that make it a demo. */
    Map<String, String> settings() {
        return Map.of("mparticle-intercom.dry-run", "true", "mparticle-intercom.broker.data", folder.path().toString());
    }

    @Override
    public void afterStart(BaseMainSupport main) {
        try (Stream<Path> samples = Files.list(Path.of("samples"))) {
            for (Path sample : samples.sorted().toList()) {
                show(main.getCamelContext(), sample);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        OUT.println();
        OUT.println("That was the demo. It stays up; post more, for example:");
        OUT.println("  curl -H 'Content-Type: application/json' --data-binary @samples/3-email-only.json "
                + StartReport.httpAddress(main.getCamelContext()) + "/v2/events");
        StartReport.consoleAddress(main.getCamelContext()).ifPresent(address -> OUT.println("Watch it at " + address));
        Thread follower = new Thread(this::follow, "mparticle-intercom-demo");
        follower.setDaemon(true);
        follower.start();
    }

    @Override
    public void afterStop(BaseMainSupport main) {
        try {
            folder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void show(CamelContext context, Path sample) throws IOException {
        OUT.println();
        OUT.println("== " + sample);
        String answer = context.createProducerTemplate()
                .requestBody("direct:mparticle-intercom", Files.readString(sample), String.class);
        JsonNode receipt = Json.MAPPER.readTree(answer);
        PreviewCommand.printDetails(receipt, new PrintWriter(OUT));
        int expected = printed + receipt.at("/queued/contacts").asInt() + receipt.at("/queued/events").asInt();
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (printed < expected && System.currentTimeMillis() < end) {
            pause();
            printNew();
        }
    }

    private void follow() {
        while (true) {
            pause();
            printNew();
        }
    }

    private void printNew() {
        Path file = folder.path().resolve("dry-run.jsonl");
        if (!Files.exists(file)) {
            return;
        }
        try {
            List<String> lines = Files.readAllLines(file);
            for (String line : lines.subList(printed, lines.size())) {
                JsonNode request = Json.MAPPER.readTree(line);
                OUT.println("   would send  POST " + (request.path("operation").asText().equals("contact")
                        ? "/contacts  " : "/events  ") + request.path("request"));
                printed++;
            }
        } catch (IOException e) {
            // a line that is being written: the next reading sees it whole
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
