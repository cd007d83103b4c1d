package io.github.mparticleintercom.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.intercom.IntercomRequest.Operation;
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
import org.apache.camel.main.MainSupport;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.SimpleEventNotifierSupport;
import org.apache.camel.util.FileUtil;

/**
 * Shows the bundle at work without an account: sends the batches of the folder {@code samples} through the real routes in a
 * dry run and prints what is made of them. After that it stays up, if it shall, and prints what others post. What it keeps is gone with it.
 */
final class Demo extends MainListenerSupport {

    private static final PrintStream OUT = System.out;
    private static final long PATIENCE_MILLIS = 15_000;
    private static final long POLL_MILLIS = 100;
    /** Without ids, so that it is no duplicate however often it is posted. */
    private static final String BATCH = "{\"user_identities\":{\"customer_id\":\"you\"},\"events\":[{\"event_type\":\"custom_event\","
            + "\"data\":{\"event_name\":\"Tried the demo\"}}]}";

    private final boolean once;
    private final Path folder;
    private int printed;

    /** @param once whether the program ends after the samples */
    Demo(boolean once) throws IOException {
        this.once = once;
        folder = Files.createTempDirectory("mparticle-intercom-demo");
    }

    /** The settings that make it a demo. */
    Map<String, String> settings() {
        return Map.of("mparticle-intercom.dry-run", "true", "mparticle-intercom.broker.data", folder.toString());
    }

    @Override
    public void beforeConfigure(BaseMainSupport main) {
        main.getCamelContext().getManagementStrategy().addEventNotifier(new SimpleEventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (event instanceof CamelEvent.CamelContextStoppedEvent) {
                    FileUtil.removeDir(folder.toFile());
                }
            }
        });
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
        if (once) {
            ((MainSupport) main).completed();
            return;
        }
        OUT.println("That was the demo. It stays up; post more, for example:");
        OUT.println("  curl -H 'Content-Type: application/json' -d '" + BATCH + "' "
                + StartReport.httpAddress(main.getCamelContext()) + "/v2/events");
        StartReport.consoleAddress(main.getCamelContext()).ifPresent(address -> OUT.println("Watch it at " + address));
        Thread follower = new Thread(this::follow, "mparticle-intercom-demo");
        follower.setDaemon(true);
        follower.start();
    }

    private void show(CamelContext context, Path sample) throws IOException {
        OUT.println();
        OUT.println("== " + sample);
        JsonNode receipt = Json.MAPPER.readTree(context.createProducerTemplate()
                .requestBody("direct:mparticle-intercom", Files.readString(sample), String.class));
        PreviewCommand.printDetails(receipt, new PrintWriter(OUT));
        int expected = printed;
        for (JsonNode queued : receipt.path("queued")) {
            expected += queued.asInt();
        }
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (printed < expected && System.currentTimeMillis() < end) {
            printNew();
        }
    }

    private void follow() {
        while (true) {
            printNew();
        }
    }

    private void printNew() {
        try {
            Thread.sleep(POLL_MILLIS);
            Path file = folder.resolve("dry-run.jsonl");
            for (String line : Files.exists(file) ? Files.readAllLines(file).stream().skip(printed).toList() : List.<String>of()) {
                JsonNode request = Json.MAPPER.readTree(line);
                OUT.println("   would send  POST " + Operation.of(request.path("operation").asText()).path() + "  "
                        + request.path("request"));
                printed++;
            }
        } catch (IOException e) {
            // a line that is being written: the next reading sees it whole
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
