package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.metrics.Metrics;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.RecordedRequest;
import io.micrometer.core.instrument.Counter;
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
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A folder in {@code src/test/resources/cases/}. A new case needs no Java, only a folder with
 * <ul>
 * <li>{@code batch.json}: what is handed to the entry, even if it is no JSON;
 * <li>{@code requests.json}: the calls that Intercom must get, in this order, each with method, path and body;
 * {@link Difference} says how they are compared;
 * <li>{@code receipt.json}, if wanted: the part of the receipt that matters;
 * <li>{@code settings.properties}, if wanted: settings without the prefix {@code mparticle-intercom.};
 * <li>{@code contacts.json}, if wanted: contacts that Intercom has before, as an array of bodies.
 * </ul>
 * Cases with the same settings share a bundle, whose broker remembers what it has seen: the ids of a case's users, batches and
 * events are no other case's.
 */
public final class Case {

    private static final Path CASES = Path.of("src/test/resources/cases");

    private final Path folder;

    /** The case of this folder. */
    public Case(Path folder) {
        this.folder = folder;
    }

    /** The folders of all cases, by name. */
    public static List<Path> folders() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    /** The settings that it asks for, without the prefix; empty if the ones that ship will do. */
    public Map<String, String> settings() throws IOException {
        Map<String, String> settings = new TreeMap<>();
        Path file = folder.resolve("settings.properties");
        if (Files.exists(file)) {
            Properties properties = new Properties();
            try (var reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
            properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
        }
        return settings;
    }

    /** What is handed to the entry. */
    public byte[] batch() throws IOException {
        return Files.readAllBytes(folder.resolve("batch.json"));
    }

    /** The calls that Intercom must get. */
    public JsonNode requests() {
        return read(folder.resolve("requests.json"));
    }

    /** The part of the receipt that matters; empty where none does. */
    public JsonNode receipt() {
        return optional(folder.resolve("receipt.json"), Json.object());
    }

    /** Its name. */
    @Override
    public String toString() {
        return folder.getFileName().toString();
    }

    /** Runs it through a bundle with {@link #settings()} that has forgotten all cases before. */
    void check(Bundle bundle, IntercomSandbox intercom) throws Exception {
        for (JsonNode contact : optional(folder.resolve("contacts.json"), Json.MAPPER.createArrayNode())) {
            intercom.seed().contact((ObjectNode) contact);
        }
        long before = ended(bundle);

        JsonNode receipt = bundle.send(batch());

        checkAccount(receipt);
        awaitDelivery(bundle, before, receipt);
        Difference.between(this + ", receipt", receipt(), receipt, Difference::part);
        checkDead(bundle, receipt);
        checkRequests(toString(), requests(), intercom.requests());
    }

    /** Nothing is lost: every event that came is queued, skipped or dead-lettered. */
    private static void checkAccount(JsonNode receipt) {
        assertThat(receipt.at("/queued/events").asInt() + receipt.at("/skipped/events").asInt()
                + receipt.at("/dead_lettered/events").asInt())
                .as("queued + skipped + dead-lettered events of the receipt %s", receipt.toPrettyString())
                .isEqualTo(receipt.at("/received/events").asInt());
    }

    private static void awaitDelivery(Bundle bundle, long before, JsonNode receipt) {
        long queued = StreamSupport.stream(receipt.path("queued").spliterator(), false).mapToLong(JsonNode::asLong).sum();
        await().untilAsserted(() -> {
            assertThat(ended(bundle)).isEqualTo(before + queued);
            assertThat(bundle.waiting()).isEmpty();
        });
    }

    /** How many requests came to an end. */
    private static long ended(Bundle bundle) {
        return (long) bundle.bean("mparticleIntercomMetrics", Metrics.class).counters("requests")
                .filter(counter -> !List.of("queued", "skipped").contains(counter.getId().getTag("outcome")))
                .mapToDouble(Counter::count).sum();
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

    /** Whatever the receipt calls dead-lettered lies on the dead letter queue with its reason, and nothing else does. */
    private static void checkDead(Bundle bundle, JsonNode receipt) throws JMSException {
        List<String> expected = new ArrayList<>();
        receipt.get("details").forEach(detail -> {
            if (detail.path("outcome").asText().equals("dead_lettered")) {
                expected.add(detail.path("reason").asText());
            }
        });
        Map<String, Integer> counted = new TreeMap<>();
        expected.forEach(reason -> counted.merge(reason, 1, Integer::sum));
        assertThat(Json.MAPPER.<JsonNode>valueToTree(counted)).isEqualTo(receipt.at("/dead_lettered/reasons"));

        List<String> dead = new ArrayList<>();
        for (Message message : bundle.dead()) {
            dead.add(message.getStringProperty("reason"));
        }
        assertThat(dead).as("reasons on the dead letter queue").containsExactlyInAnyOrderElementsOf(expected);
    }

    private static JsonNode optional(Path file, JsonNode otherwise) {
        return Files.exists(file) ? read(file) : otherwise;
    }

    private static JsonNode read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
