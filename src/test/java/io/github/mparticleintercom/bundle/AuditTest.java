package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.sandbox.CallKind;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Assertions;

/** From the audit log shows the outcome of every event. */
class AuditTest {

    private IntercomSandbox intercom;
    private AuditLines audit;

    @BeforeEach
    void start() {
        intercom = IntercomSandbox.start();
        audit = new AuditLines();
    }

    @AfterEach
    void stop() {
        audit.close();
        intercom.close();
    }

    @Test
    void recordsTheOutcomeOfEveryEvent() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).start()) {
            ObjectNode batch = Batches.of("c1", 2);
            add(batch, "901", "session_start", "Off");
            add(batch, "902", "custom_event", null);
            ObjectNode attributes = Json.object();
            for (int i = 0; i < 6; i++) {
                attributes.put("a" + i, i);
            }
            ((ObjectNode) batch.at("/events/1/data")).set("custom_attributes", attributes);
            bundle.send(batch);
            await().untilAsserted(() -> assertThat(audit.with("outcome", "delivered")).hasSize(3));

            String first = batch.at("/events/0/data/event_id").asText();
            List<JsonNode> recorded = audit.with("event_id", first);
            // delivery may be quicker than the word of the intake
            assertThat(recorded).extracting(AuditTest::outcome).containsExactlyInAnyOrder("queued", "delivered");
            assertThat(recorded).allSatisfy(line -> {
                assertThat(line.get("batch_id").asText()).isEqualTo(batch.get("batch_id").asText());
                assertThat(line.get("user_key").asText()).isEqualTo("c1");
                assertThat(line.get("operation").asText()).isEqualTo("event");
                assertThat(Instant.parse(line.get("time").asText())).isBefore(Instant.now().plusSeconds(1));
            });
            Set<String> requests = intercom.requests().stream().map(call -> call.requestId()).collect(Collectors.toSet());
            assertThat(audit.with("outcome", "delivered"))
                    .allSatisfy(line -> assertThat(requests).contains(line.get("request_id").asText()));
            JsonNode truncated = audit.with("outcome", "changed").get(0);
            assertThat(truncated.get("event_id").asText()).isEqualTo(batch.at("/events/1/data/event_id").asText());
            assertThat(truncated.get("reason").asText()).isEqualTo("too-many-attributes");
            assertThat(truncated.get("field").asText()).isEqualTo("metadata.a5");
            assertThat(audit.with("event_id", "901")).extracting(AuditTest::outcome, line -> line.get("reason").asText())
                    .containsExactly(tuple("skipped", "event-type-off"));
            assertThat(audit.with("event_id", "902")).extracting(AuditTest::outcome, line -> line.get("reason").asText())
                    .containsExactly(tuple("dead_lettered", "invalid-event"));
            assertThat(audit.with("operation", "contact")).extracting(AuditTest::outcome)
                    .containsExactlyInAnyOrder("queued", "delivered");
        }
    }

    @Test
    void recordsEveryEventOfABatchThatIsSkippedOrADuplicate() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).start()) {
            ObjectNode nobody = Batches.of("c1", 2);
            nobody.remove("user_identities");
            bundle.send(nobody);
            assertThat(audit.with("event_id", nobody.at("/events/1/data/event_id").asText()))
                    .extracting(line -> line.get("reason").asText()).containsExactly("no-identity");

            String known = Batches.event("c1", "Opened").toString();
            bundle.send(known);
            bundle.send(known);
            assertThat(audit.with("reason", "duplicate")).extracting(AuditTest::outcome).containsExactly("skipped");
        }
    }

    @Test
    void recordsARequestThatWasDeadLetteredReplayedAndDiscarded() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).start()) {
            intercom.seed().user("c1", null);
            var refusal = intercom.fault(Fault.status(422).on(CallKind.EVENT).always());
            ObjectNode batch = Batches.event("c1", "Opened");
            bundle.send(batch);
            String event = batch.at("/events/0/data/event_id").asText();
            await().untilAsserted(() -> assertThat(bundle.dead()).hasSize(1));
            String id = bundle.dead().get(0).getStringProperty("deadLetterId");
            dead(bundle, "replayed", id);
            await().untilAsserted(() -> assertThat(audit.with("outcome", "dead_lettered")).hasSize(2));
            await().untilAsserted(() -> assertThat(bundle.dead()).hasSize(1));
            dead(bundle, "discarded", bundle.dead().get(0).getStringProperty("deadLetterId"));
            refusal.remove();

            assertThat(audit.with("event_id", event)).extracting(AuditTest::outcome)
                    .containsExactlyInAnyOrder("queued", "dead_lettered", "replayed", "dead_lettered", "discarded")
                    .endsWith("discarded");
            assertThat(audit.with("dead_letter_id", id)).extracting(AuditTest::outcome).containsExactly("dead_lettered", "replayed");
            assertThat(audit.with("outcome", "dead_lettered").get(0).get("request_id").asText())
                    .isEqualTo(intercom.requests().get(0).requestId());
        }
    }

    @Test
    void recordsADryRunAndNeverAnythingButIds() throws Exception {
        try (Bundle bundle = Bundle.builder().start()) {
            ObjectNode batch = Batches.of("c1", 1);
            ((ObjectNode) batch.get("user_identities")).removeAll().put("email", "jane@example.com")
                    .put("mobile_number", "+15550100");
            ((ObjectNode) batch.get("user_attributes")).put("$firstname", "Jane").put("secret", "hush");
            ((ObjectNode) batch.at("/events/0/data")).putObject("custom_attributes").put("plan", "gold");
            bundle.send(batch);
            await().untilAsserted(() -> assertThat(audit.with("outcome", "dry-run")).hasSize(2));

            assertThat(audit.texts()).noneMatch(line -> line.contains("jane") || line.contains("Jane")
                    || line.contains("hush") || line.contains("gold") || line.contains("+1555") || line.contains("Event 0"));
            assertThat(audit.with("outcome", "dry-run").get(0).get("user_key").asText()).startsWith("email-");
        }
    }

    @Test
    void recordsNothingOfAnIntakeThatWasNotQueued() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).camel("camel.component.direct.block", "false").start()) {
            bundle.context().getRouteController().stopRoute("mparticle-intercom-queue-together");

            Assertions.assertThrows(CamelExecutionException.class, () -> bundle.send(Batches.of("c1", 1)));
            assertThat(audit.texts()).isEmpty();
        }
    }

    @Test
    void writesNothingWhenItIsOff() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).set("audit.enabled", "false").start()) {
            bundle.send(Batches.of("c1", 2));
            bundle.send("{no json");
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(2));
            await().untilAsserted(() -> assertThat(bundle.waiting()).isEmpty());

            assertThat(audit.texts()).isEmpty();
        }
    }

    private static void add(ObjectNode batch, String id, String type, String name) {
        ObjectNode data = batch.withArray("events").addObject().put("event_type", type).putObject("data").put("event_id", id);
        if (name != null) {
            data.put("event_name", name);
        }
    }

    private static void dead(Bundle bundle, String action, String id) throws Exception {
        bundle.deadLetters(action, List.of(id), null);
    }

    private static String outcome(JsonNode line) {
        return line.get("outcome").asText();
    }
}
