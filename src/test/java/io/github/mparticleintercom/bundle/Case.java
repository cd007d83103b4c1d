package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.RecordedRequest;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.api.management.ManagedCamelContext;

/**
 * A folder in {@code src/test/resources/cases/}. A new case needs no Java, only a folder with
 * <ul>
 * <li>{@code batch.json}: what is handed to the entry, even if it is no JSON;
 * <li>{@code requests.json}: the calls that Intercom must get, in this order, each with method, path and body;
 * {@link Difference} tells how they are compared;
 * <li>{@code receipt.json}, if wanted: the part of the receipt that matters;
 * <li>{@code settings.properties}, if wanted: settings without the prefix {@code mparticle-intercom.};
 * <li>{@code contacts.json}, if wanted: contacts that Intercom has before, as an array of bodies.
 * </ul>
 */
public final class Case {

    private static final Path CASES = Path.of("src/test/resources/cases");

    /** A bundle stops in a second, in which its consumers give up waiting; the next case need not wait for it, too. */
    private static final ExecutorService STOPPING = Executors.newCachedThreadPool();
    private static final List<Future<?>> STOPPED = new ArrayList<>();

    private final Path folder;

    Case(Path folder) {
        this.folder = folder;
    }

    /** The case of this name. */
    public static Case named(String name) {
        return new Case(CASES.resolve(name));
    }

    static List<Path> folders() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** Waits until the bundles of all cases so far have stopped. */
    public static void awaitStops() throws Exception {
        for (Future<?> stopped : STOPPED) {
            stopped.get(30, TimeUnit.SECONDS);
        }
        STOPPED.clear();
    }

    /** Runs it through the bundle that this builder starts. */
    public void check(Bundle.Builder builder) throws Exception {
        IntercomSandbox intercom = IntercomSandbox.start();
        Bundle bundle = start(builder, intercom);
        try {
            for (JsonNode contact : optional(folder.resolve("contacts.json"), Json.MAPPER.createArrayNode())) {
                intercom.seed().contact((ObjectNode) contact);
            }

            JsonNode receipt = bundle.send(Files.readAllBytes(folder.resolve("batch.json")));

            checkAccount(receipt);
            awaitDelivery(bundle, receipt);
            Difference.between(folder.getFileName() + ", receipt", optional(folder.resolve("receipt.json"), Json.object()), receipt,
                    Difference::part);
            checkDead(bundle, receipt);
            checkRequests(folder.getFileName().toString(), read(folder.resolve("requests.json")), intercom.requests());
        } finally {
            STOPPED.add(STOPPING.submit(() -> {
                bundle.close();
                intercom.close();
                return null;
            }));
        }
    }

    /** One consumer, so that the order of calls is that of the batch for several users, too. */
    private Bundle start(Bundle.Builder builder, IntercomSandbox intercom) throws Exception {
        builder.to(intercom).set("deliver.concurrency", "1");
        Path file = folder.resolve("settings.properties");
        if (Files.exists(file)) {
            Properties settings = new Properties();
            try (var reader = Files.newBufferedReader(file)) {
                settings.load(reader);
            }
            settings.stringPropertyNames().forEach(key -> builder.set(key, settings.getProperty(key)));
        }
        return builder.start();
    }

    /** Nothing is lost: every event that came is queued, skipped or parked. */
    private static void checkAccount(JsonNode receipt) {
        assertThat(receipt.at("/queued/events").asInt() + receipt.at("/skipped/events").asInt()
                + receipt.at("/dead_lettered/events").asInt())
                .as("queued + skipped + parked events of the receipt %s", receipt.toPrettyString())
                .isEqualTo(receipt.at("/received/events").asInt());
    }

    private static void awaitDelivery(Bundle bundle, JsonNode receipt) {
        long queued = receipt.at("/queued/contacts").asLong() + receipt.at("/queued/events").asLong();
        ManagedCamelContext managed =
                bundle.context().getCamelContextExtension().getContextPlugin(ManagedCamelContext.class);
        await().untilAsserted(() -> {
            assertThat(managed.getManagedRoute("mparticle-intercom-deliver").getExchangesTotal()).isEqualTo(queued);
            assertThat(bundle.waiting()).isEmpty();
        });
    }

    private static void checkRequests(String name, JsonNode expected, List<RecordedRequest> recorded) {
        ArrayNode actual = Json.MAPPER.createArrayNode();
        recorded.forEach(request -> actual.addObject().put("method", request.method()).put("path", request.path())
                .set("body", parse(request.rawBody())));
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            Difference.between(name + ", request " + (i + 1) + " of " + expected.size(), expected.get(i), actual.get(i),
                    Difference::same);
        }
        for (int i = expected.size(); i < actual.size(); i++) {
            throw new AssertionError(name + ": a request too many, the " + (i + 1) + "th: " + Difference.pretty(actual.get(i)));
        }
        for (int i = actual.size(); i < expected.size(); i++) {
            throw new AssertionError(name + ": request " + (i + 1) + " of " + expected.size() + " is missing: "
                    + Difference.pretty(expected.get(i)));
        }
    }

    /** Whatever the receipt calls parked lies on the dead queue with its reason, and nothing else does. */
    private static void checkDead(Bundle bundle, JsonNode receipt) throws JMSException {
        List<String> parked = new ArrayList<>();
        receipt.get("details").forEach(detail -> {
            if (detail.path("outcome").asText().equals("dead_lettered")) {
                parked.add(detail.path("reason").asText());
            }
        });
        Map<String, Integer> counted = new TreeMap<>();
        parked.forEach(reason -> counted.merge(reason, 1, Integer::sum));
        assertThat(Json.MAPPER.<JsonNode>valueToTree(counted)).isEqualTo(receipt.at("/dead_lettered/reasons"));

        List<String> dead = new ArrayList<>();
        for (Message message : bundle.dead()) {
            dead.add(message.getStringProperty("reason"));
        }
        assertThat(dead).as("reasons on the dead queue").containsExactlyInAnyOrderElementsOf(parked);
    }

    private static JsonNode optional(Path file, JsonNode otherwise) throws IOException {
        return Files.exists(file) ? read(file) : otherwise;
    }

    private static JsonNode read(Path file) throws IOException {
        return Json.MAPPER.readTree(Files.readString(file));
    }

    private static JsonNode parse(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
