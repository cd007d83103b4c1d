package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.sandbox.CallKind;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Prometheus reads after something of everything happened, and that it is what the documents, panels and rules name. */
class MetricsTest {

    private static final Pattern NAME = Pattern.compile("mparticle_intercom_\\w+");
    private static final Pattern CHECK = Pattern.compile("check=\"([^\"]+)\"");
    private static final Path SHIPPED = Path.of("src/main/dist");
    private static final List<Path> USERS = List.of(SHIPPED.resolve("docs/metrics.md"),
            SHIPPED.resolve("monitoring/grafana-dashboard.json"), SHIPPED.resolve("monitoring/alerts.yml"));

    private final int port = ExternalBroker.freePort();
    private IntercomSandbox intercom;
    private Bundle bundle;

    @BeforeEach
    void start() throws Exception {
        intercom = IntercomSandbox.start();
        bundle = Bundle.builder().to(intercom).camel("camel.management.enabled", "true").camel("camel.metrics.enabled", "true")
                .camel("camel.management.port", String.valueOf(port)).set("health.intercom", "true")
                .set("api.enabled", "true").set("health.queue-millis", "100").set("erasure.enabled", "true").set("erasure.callback-hosts", "http://127.0.0.1:1").start();
    }

    @AfterEach
    void stop() throws Exception {
        bundle.close();
        intercom.close();
    }

    @Test
    void countsEverythingOnceAndSaysNothingAboutAnybody() throws Exception {
        int[] received = {0, 0};
        for (JsonNode receipt : happen()) {
            received[0] += receipt.at("/received/batches").asInt();
            received[1] += receipt.at("/received/events").asInt();
        }
        await().untilAsserted(() -> assertThat(scrape().sum("mparticle_intercom_dead_letter_queue_depth")).isEqualTo(1));
        await().untilAsserted(() -> assertThat(scrape().lines("mparticle_intercom_health", "check=\"intercom\"").get(0))
                .endsWith(" 1.0"));
        Scrape scrape = scrape();

        assertThat(scrape.sum("mparticle_intercom_batches_total")).isEqualTo(received[0]);
        assertThat(scrape.sum("mparticle_intercom_events_total")).isEqualTo(received[1]);
        Map.of("batches_total|outcome=\"skipped\"|reason=\"no-identity\"", 1,
                "batches_total|outcome=\"dead_lettered\"|reason=\"invalid-json\"", 1,
                "events_total|outcome=\"skipped\"|reason=\"duplicate\"", 1,
                "events_total|outcome=\"skipped\"|reason=\"no-identity\"", 1,
                "changes_total|reason=\"too-many-attributes\"", 1,
                "requests_total|outcome=\"dead_lettered\"|reason=\"intercom-refused\"", 2,
                "requests_total|outcome=\"unchanged\"|operation=\"contact\"", 1,
                "dead_letters_total|outcome=\"dead_lettered\"", 3,
                "dead_letters_total|outcome=\"replayed\"|reason=\"intercom-refused\"", 1,
                "dead_letters_total|outcome=\"discarded\"|reason=\"intercom-refused\"", 1).forEach((line, expected) -> {
                    String[] parts = line.split("\\|", 2);
                    assertThat(scrape.sum("mparticle_intercom_" + parts[0], parts[1].split("\\|"))).as(line)
                            .isEqualTo(expected.doubleValue());
                });
        assertThat(scrape.sum("mparticle_intercom_erasures_total", "outcome=\"completed\"")).isEqualTo(1);
        for (String reason : List.of("throttled", "unavailable", "no-answer")) {
            assertThat(scrape.sum("mparticle_intercom_retries_total", "reason=\"" + reason + "\"")).as(reason).isEqualTo(1);
        }
        assertThat(scrape.sum("mparticle_intercom_call_seconds_count", "operation=\"event\"")).isEqualTo(intercom.calls(CallKind.EVENT));
        assertThat(scrape.sum("mparticle_intercom_call_seconds_count", "status=\"none\"")).isEqualTo(1);
        assertThat(scrape.sum("mparticle_intercom_rate_limit_allowed")).isEqualTo(intercom.config().rateLimit());
        // seen anew every now and then only
        await().untilAsserted(() -> assertThat(scrape().sum("mparticle_intercom_queue_depth")).isZero());
        assertNamed(scrape);
        assertBounded(scrape);
    }

    @Test
    void agreesWithReceiptStatusAndAuditOnAMixedBatch() throws Exception {
        ObjectNode nobody = Batches.of("c1", 3);
        nobody.remove("user_identities");
        ObjectNode good = Batches.of("c1", 2);
        ((ObjectNode) good.at("/events/0")).put("event_type", "session_start");
        ((ObjectNode) good.at("/events/1/data")).remove("event_name");
        Batches.addEvent(good, "Opened");
        ArrayNode batches = Json.MAPPER.createArrayNode().add(nobody).add(good).add(good.deepCopy()).add("no batch");
        try (AuditLines audit = new AuditLines()) {
            JsonNode receipt = bundle.send(batches.toString());
            settle();
            assertThat(receipt.at("/skipped/reasons")).isEqualTo(Json.MAPPER.readTree("{\"duplicate\": 2, \"event-type-off\": 2, \"no-identity\": 1}"));

            JsonNode status = ConsoleTest.status(bundle);
            for (String part : List.of("received", "queued", "skipped", "dead_lettered", "changed")) {
                assertThat(status.get(part)).as(part).isEqualTo(Json.MAPPER.readTree(receipt.get(part).toString()));
            }
            assertThat(status.get("dead_lettered_requests")).isEmpty();
            Scrape scrape = scrape();
            for (String outcome : List.of("skipped", "dead_lettered")) {
                String label = "outcome=\"" + outcome + "\"";
                assertThat(scrape.sum("mparticle_intercom_batches_total", label)).isEqualTo(receipt.at("/" + outcome + "/batches").asInt());
                assertThat(scrape.sum("mparticle_intercom_events_total", label)).isEqualTo(receipt.at("/" + outcome + "/events").asInt());
                assertThat(audit.with("outcome", outcome)).filteredOn(line -> line.has("event_id")).hasSize(receipt.at("/" + outcome + "/events").asInt());
                receipt.at("/" + outcome + "/reasons").properties().forEach(reason -> {
                    assertThat(scrape.sum("mparticle_intercom_reasons_total", label, "reason=\"" + reason.getKey() + "\""))
                            .isEqualTo(reason.getValue().asInt());
                    assertThat(audit.with("reason", reason.getKey())).filteredOn(line -> !line.has("event_id")
                            || !line.path("batch_id").asText().equals(nobody.path("batch_id").asText())).hasSize(reason.getValue().asInt());
                });
            }
        }
    }

    @Test
    void saysHowLongTheOldestWaitsInHandOrNot() throws Exception {
        intercom.fault(Fault.status(503).on(CallKind.EVENT).always());
        bundle.send(Batches.event("c1", "Opened"));
        bundle.send(Batches.event("c1", "Closed"));
        await().untilAsserted(() -> assertThat(scrape().sum("mparticle_intercom_queue_depth")).isEqualTo(2));
        // whole seconds
        await().untilAsserted(() -> assertThat(scrape().sum("mparticle_intercom_queue_oldest_age_seconds")).isPositive());
        double age = scrape().sum("mparticle_intercom_queue_oldest_age_seconds");
        intercom.settings().revokeToken(io.github.mparticleintercom.sandbox.SandboxConfig.DEFAULT_TOKEN);
        intercom.clearFaults();
        await().until(() -> bundle.context().getRouteController().getRouteStatus("mparticle-intercom-deliver")
                == ServiceStatus.Suspended);
        await().untilAsserted(() -> assertThat(scrape().sum("mparticle_intercom_queue_oldest_age_seconds")).isGreaterThan(age));
        assertThat(scrape().sum("mparticle_intercom_health", "check=\"delivery\"")).isZero();
    }

    /** Something of everything; the receipts of all that came in. */
    private List<JsonNode> happen() throws Exception {
        ObjectNode nobody = Batches.of("c1", 1);
        nobody.remove("user_identities");
        ObjectNode rich = Batches.of("c1", 1);
        ObjectNode attributes = ((ObjectNode) rich.at("/events/0/data")).putObject("custom_attributes");
        for (int i = 0; i < 6; i++) {
            attributes.put("a" + i, i);
        }
        ObjectNode again = Batches.event("c2", "Opened");
        JsonNode first = bundle.send(rich);
        List<JsonNode> receipts = Stream.of(Batches.of("c1", 1), nobody, again, again, "no JSON").map(bundle::send).toList();
        settle();
        for (Fault fault : List.of(Fault.status(429).header("Retry-After", "1"), Fault.status(503), Fault.dropBefore(),
                Fault.status(422), Fault.status(422))) {
            intercom.fault(fault.on(CallKind.EVENT));
            receipts = Stream.concat(receipts.stream(), Stream.of(bundle.send(Batches.event("c3", "Opened")))).toList();
            settle();
        }
        List<String> deadLetters = new ArrayList<>();
        for (Message deadLetter : bundle.dead()) {
            if (deadLetter.getStringProperty("kind").equals("request")) {
                deadLetters.add(deadLetter.getStringProperty("deadLetterId"));
            }
        }
        bundle.deadLetters("replayed", deadLetters.subList(0, 1), null);
        bundle.deadLetters("discarded", deadLetters.subList(1, 2), null);
        ObjectNode erasure = Erasures.ofCustomer("nobody");
        erasure.putArray("status_callback_urls").add("http://127.0.0.1:1/nobody-listens");
        bundle.context().createProducerTemplate().requestBody("direct:mparticle-intercom-erasure", erasure.toString());
        await().untilAsserted(() -> assertThat(scrape().sum("mparticle_intercom_erasure_callbacks_total", "outcome=\"failed\"")).isPositive());
        settle();
        return Stream.concat(Stream.of(first), receipts.stream()).toList();
    }

    private void settle() {
        await().untilAsserted(() -> assertThat(bundle.waiting()).isEmpty());
    }

    private static void assertNamed(Scrape scrape) throws IOException {
        for (Path user : USERS) {
            assertThat(found(NAME, user)).as("%s", user).hasSizeGreaterThan(3)
                    .allSatisfy(name -> assertThat(scrape.names().contains(name) || scrape.names().contains(name + "_bucket"))
                            .as("%s of %s", name, user).isTrue());
        }
        Set<String> documented = found(NAME, USERS.get(0));
        assertThat(scrape.names()).allSatisfy(name ->
                assertThat(documented).contains(name.replaceAll("_(bucket|count|sum|max)$", "")));
        assertThat(found(CHECK, USERS.get(2))).isNotEmpty()
                .allSatisfy(check -> assertThat(scrape.labels()).contains("check=" + check));
    }

    private static void assertBounded(Scrape scrape) {
        Set<String> reasons = new TreeSet<>(Set.of("none", "throttled", "unavailable", "no-answer", "answer-used"));
        Reason.known().stream().map(Reason::code).forEach(reasons::add);
        assertThat(scrape.labels()).allSatisfy(label -> {
            String[] pair = label.split("=", 2);
            assertThat(pair[0]).isIn("reason", "outcome", "operation", "status", "check", "le");
            if (pair[0].equals("reason")) {
                assertThat(reasons).contains(pair[1]);
            }
            assertThat(pair[1]).doesNotContain("/").doesNotMatch("c\\d+");
        });
    }

    private static Set<String> found(Pattern pattern, Path file) throws IOException {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(Files.readString(file).replace("\\\"", "\""));
        while (matcher.find()) {
            found.add(matcher.group(matcher.groupCount()));
        }
        return found;
    }

    private Scrape scrape() throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
                + port + "/observe/metrics")).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        return new Scrape(answer.body());
    }
}
