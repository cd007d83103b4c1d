package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.sandbox.CallKind;
import io.github.mparticleintercom.sandbox.Fault;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a dead letter tells the engineer who has to deal with it. */
class DeadLettersTest extends WithIntercom {

    @Test
    void saysAllAboutARequestThatIntercomRefused() throws Exception {
        Instant before = Instant.now();
        try (Bundle bundle = Bundle.builder().to(intercom).start()) {
            intercom.seed().user("c1", null);
            intercom.fault(Fault.status(422).body("""
                    {"request_id": "req-1", "errors": [{"code": "parameter_invalid", "message": "no good"}]}
                    """).on(CallKind.EVENT));
            ObjectNode batch = Batches.event("c1", "Opened");
            bundle.context().createProducerTemplate().send("direct:mparticle-intercom", exchange -> {
                exchange.getMessage().setBody(batch);
                exchange.setVariable("mparticleIntercomSource", "a route of the host");
            });
            await().untilAsserted(() -> assertThat(bundle.dead()).hasSize(1));

            Message dead = bundle.dead().get(0);
            assertThat(UUID.fromString(dead.getStringProperty("deadLetterId"))).isNotNull();
            assertThat(texts(dead)).containsAllEntriesOf(Map.ofEntries(
                    Map.entry("reason", "intercom-refused"),
                    Map.entry("sentence", Reason.INTERCOM_REFUSED.sentence()),
                    Map.entry("advice", Reason.INTERCOM_REFUSED.advice()),
                    Map.entry("kind", "request"), Map.entry("operation", "event"), Map.entry("userKey", "c1"),
                    Map.entry("batchId", batch.get("batch_id").asText()),
                    Map.entry("eventId", batch.at("/events/0/data/event_id").asText()),
                    Map.entry("source", "a route of the host"), Map.entry("attempts", "1"),
                    Map.entry("status", "422"), Map.entry("intercomCode", "parameter_invalid"),
                    Map.entry("intercomMessage", "no good"), Map.entry("intercomRequestId", "req-1")));
            assertThat(dead.getStringProperty("stableId")).matches("[0-9a-f]{32}");
            Instant first = Instant.parse(dead.getStringProperty("firstAttemptAt"));
            Instant last = Instant.parse(dead.getStringProperty("lastAttemptAt"));
            assertThat(first).isBetween(before.minusMillis(1), last);
            assertThat(last).isBefore(Instant.now().plusMillis(1));
            assertThat(Json.MAPPER.readTree(dead.getBody(String.class)).path("event_name").asText()).isEqualTo("Opened");
        }
    }

    @Test
    void countsEveryAttempt() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).set("deliver.max-attempts", "3").start()) {
            intercom.fault(Fault.status(500).matching(call -> call.body() != null
                    && call.body().path("event_name").asText().equals("Poison")).always());
            bundle.send(Batches.event("poisoned", "Poison"));
            await().untilAsserted(() -> {
                bundle.send(Batches.event("healthy", "Opened"));
                assertThat(bundle.dead()).hasSize(1);
            });

            Message dead = bundle.dead().get(0);
            assertThat(dead.getIntProperty("attempts")).isEqualTo(intercom.answered(500));
            assertThat(dead.getIntProperty("status")).isEqualTo(500);
            assertThat(Instant.parse(dead.getStringProperty("firstAttemptAt")))
                    .isBefore(Instant.parse(dead.getStringProperty("lastAttemptAt")));
        }
    }

    @Test
    void saysAllAboutABatchAndAnEventThatWereNotUnderstood() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).start()) {
            Map<String, Object> foreign = Map.of("kind", "foreign", "original", "foreign", "userKey", "foreign");
            bundle.context().createProducerTemplate().send("direct:mparticle-intercom", exchange -> {
                exchange.getMessage().setBody("{no json");
                foreign.forEach(exchange::setVariable);
                exchange.getMessage().setHeaders(new java.util.HashMap<>(foreign));
            });
            ObjectNode broken = Batches.of("c1", 1);
            broken.withArray("events").addObject().put("event_type", "custom_event").putObject("data").put("event_id", 77);
            bundle.send(broken);

            Message text = bundle.dead().get(0);
            assertThat(texts(text)).containsAllEntriesOf(Map.of("reason", "invalid-json", "kind", "batch", "attempts", "1",
                    "advice", Reason.INVALID_JSON.advice())).doesNotContainKeys("source", "userKey", "status");
            assertThat(text.getBody(byte[].class)).asString().isEqualTo("{no json");
            Message event = bundle.dead().get(1);
            assertThat(texts(event)).containsAllEntriesOf(Map.of("reason", "invalid-event", "kind", "event",
                    "userKey", "c1", "eventId", "77", "field", "events[1].data.event_name",
                    "batchId", broken.get("batch_id").asText()));
            JsonNode kept = Json.MAPPER.readTree(event.getBody(byte[].class));
            assertThat(kept.get("events")).containsExactly(broken.at("/events/1"));
            assertThat(kept.has("user_attributes")).as("what was forwarded is not kept").isFalse();
        }
    }

    @Test
    void keepsWhatIsBroughtAgainOnceAndSaysThatItIsADuplicate() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).set("jms.enabled", "true").start()) {
            ObjectNode batch = Batches.of("c1", 1);
            Batches.addEvent(batch, "Nameless");
            ((ObjectNode) batch.at("/events/1/data")).remove("event_name");
            ObjectNode whole = Batches.of("c2", 2).put("user_attributes", 1);
            bundle.send(batch);
            bundle.send(whole);
            await().untilAsserted(() -> assertThat(bundle.waiting()).isEmpty());
            assertThat(bundle.dead()).hasSize(2);

            assertThat(bundle.send(batch).get("skipped")).isEqualTo(Json.MAPPER.readTree(
                    "{\"batches\": 0, \"events\": 2, \"contacts\": 1, \"reasons\": {\"duplicate\": 3}}"));
            assertThat(bundle.send(whole).at("/skipped/reasons")).isEqualTo(Json.MAPPER.readTree("{\"duplicate\": 1}"));
            try (Connection connection = bundle.connect(); Session session = connection.createSession()) {
                session.createProducer(session.createQueue("mparticle.batches")).send(session.createTextMessage(batch.toString()));
            }
            await().untilAsserted(() -> assertThat(bundle.browse("mparticle.batches")).isEmpty());
            assertThat(bundle.dead()).hasSize(2);

            // other content under the same ids, content without ids, and what a replay brings, are no duplicates
            ((ObjectNode) batch.at("/events/1/data")).put("event_name", " ");
            assertThat(bundle.send(batch).at("/dead_lettered/events").asInt()).isEqualTo(1);
            bundle.send("{no json");
            bundle.send("{no json");
            assertThat(bundle.dead()).hasSize(5);
            String replayed = bundle.dead().get(0).getStringProperty("deadLetterId");
            assertThat(bundle.deadLetters("replayed", List.of(replayed), null).get("dead_lettered_again").asInt()).isEqualTo(1);
            assertThat(bundle.dead()).hasSize(5).noneMatch(letter -> letter.toString().contains(replayed));
        }
    }

    @Test
    void namesThePostThatItCameWith() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).set("http.enabled", "true").start()) {
            HttpResponse<String> answer = HttpClient.newHttpClient().send(
                    HttpRequest.newBuilder(URI.create(bundle.url() + "/v2/bulkevents"))
                            .header("Content-Type", "application/json").header("X-Request-Id", "of-the-sender")
                            .POST(HttpRequest.BodyPublishers.ofString("[7," + Batches.event("c1", "Opened") + "]")).build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(202);
            String id = answer.headers().firstValue("X-Request-Id").orElseThrow();
            assertThat(UUID.fromString(id)).isNotNull();
            assertThat(bundle.dead().get(0).getStringProperty("source")).isEqualTo("HTTP " + id);

            HttpResponse<String> refused = HttpClient.newHttpClient().send(
                    HttpRequest.newBuilder(URI.create(bundle.url() + "/v2/events"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("7")).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(bundle.dead().get(1).getStringProperty("source"))
                    .isEqualTo("HTTP " + refused.headers().firstValue("X-Request-Id").orElseThrow());
        }
    }

    @Test
    void namesTheJmsMessageThatItCameWith() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).set("jms.enabled", "true").start();
                Connection connection = bundle.connect()) {
            Session session = connection.createSession();
            Message sent = session.createTextMessage("7");
            session.createProducer(session.createQueue("mparticle.batches")).send(sent);
            await().untilAsserted(() -> assertThat(bundle.dead()).hasSize(1));

            assertThat(bundle.dead().get(0).getStringProperty("source")).isEqualTo("JMS " + sent.getJMSMessageID());
        }
    }

    @Test
    void namesTheLineOfTheFileThatItCameWithAlsoAfterItWasQueued() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).set("files.enabled", "true").set("files.settle-millis", "50")
                .start()) {
            intercom.fault(Fault.status(422).on(CallKind.EVENT));
            Path inbox = Files.createDirectories(bundle.folder().resolve("inbox"));
            Files.writeString(inbox.resolve("export.json"), Batches.event("c1", "Opened") + "\n7\n");
            await().untilAsserted(() -> assertThat(bundle.dead()).hasSize(2));

            assertThat(bundle.dead()).extracting(deadLetter -> deadLetter.getStringProperty("source"))
                    .containsExactlyInAnyOrder("export.json line 1", "export.json line 2");
        }
    }

    private static Map<String, String> texts(Message message) throws JMSException {
        Map<String, String> texts = new java.util.TreeMap<>();
        var names = message.getPropertyNames();
        while (names.hasMoreElements()) {
            String name = String.valueOf(names.nextElement());
            texts.put(name, message.getStringProperty(name));
        }
        return texts;
    }
}
