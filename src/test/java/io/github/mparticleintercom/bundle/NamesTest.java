package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.metrics.Metrics;
import io.github.mparticleintercom.sandbox.CallKind;
import io.github.mparticleintercom.sandbox.DataAttribute;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import io.github.mparticleintercom.sandbox.StoredEvent;
import io.micrometer.core.instrument.Counter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that Intercom does not know yet, of attributes and of events. */
class NamesTest {

    private static final AtomicLong NEXT_MILLIS = new AtomicLong(System.currentTimeMillis() - 3_600_000);

    private static IntercomSandbox strict() {
        return IntercomSandbox.start(SandboxConfig.builder().strictAttributes(true).build());
    }

    @Test
    void leavesAnUnknownAttributeOutAtTheCostOfOneCall() throws Exception {
        try (IntercomSandbox intercom = strict();
                Bundle bundle = Bundle.builder().to(intercom).set("deliver.concurrency", "1").start()) {
            IntStream.range(0, 5).forEach(user -> bundle.send(Batches.of("c" + user, 1)));

            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(5));
            assertThat(intercom.answered(400)).isEqualTo(1);
            assertThat(intercom.contactByExternalId("c4").orElseThrow().customAttribute("plan").isMissingNode()).isTrue();
            assertThat(bundle.dead()).isEmpty();
        }
    }

    @Test
    void createsAnUnknownAttributeInItsTypeWhereThatIsSet() throws Exception {
        try (IntercomSandbox intercom = strict(); Bundle bundle = Bundle.builder().to(intercom)
                .set("contacts.unknown-attributes", "create").set("deliver.concurrency", "1").start()) {
            bundle.send("""
                    {"user_identities": {"customer_id": "c1"},
                     "user_attributes": {"plan": "pro", "seats": 3, "rate": 1.5, "trial": true}}
                    """);

            await().untilAsserted(() -> assertThat(intercom.contactByExternalId("c1")).isPresent());
            assertThat(intercom.dataAttributes()).extracting(DataAttribute::name, DataAttribute::dataType)
                    .contains(org.assertj.core.groups.Tuple.tuple("plan", "string"),
                            org.assertj.core.groups.Tuple.tuple("seats", "integer"),
                            org.assertj.core.groups.Tuple.tuple("rate", "float"),
                            org.assertj.core.groups.Tuple.tuple("trial", "boolean"));
            assertThat(intercom.contactByExternalId("c1").orElseThrow().customAttribute("seats").asInt()).isEqualTo(3);
        }
    }

    @Test
    void leavesOutAndReportsWhatCannotBeCreatedAndTriesAgainWhatFails() throws Exception {
        try (AuditLines audit = new AuditLines(); IntercomSandbox intercom = strict(); Bundle bundle = Bundle.builder().to(intercom)
                .set("contacts.unknown-attributes", "create").set("deliver.concurrency", "1").start()) {
            intercom.seed().companyAttribute("size", "integer");
            intercom.fault(Fault.status(503).on("POST", "/data_attributes"));
            bundle.send("""
                    {"batch_id": "names-1", "user_identities": {"customer_id": "c1"}, "deleted_user_attributes": ["seats"],
                     "user_attributes": {"renews_at": "2030-01-01", "size": 3, "a/b": "bad characters"}}
                    """);
            bundle.send("""
                    {"batch_id": "names-2", "user_identities": {"customer_id": "c1"}, "user_attributes": {"seats": 3}}
                    """);

            await().untilAsserted(() -> assertThat(intercom.contactByExternalId("c1").map(contact -> contact.customAttribute("seats").asInt()))
                    .hasValue(3));
            assertThat(intercom.dataAttributes()).filteredOn(attribute -> attribute.model().equals("contact"))
                    .extracting(DataAttribute::name, DataAttribute::dataType).containsExactlyInAnyOrder(
                            org.assertj.core.groups.Tuple.tuple("renews_at", "date"), org.assertj.core.groups.Tuple.tuple("seats", "integer"));
            assertThat(audit.with("reason", "unknown-attribute")).extracting(line -> line.path("field").asText())
                    .containsExactlyInAnyOrder("custom_attributes.size", "custom_attributes.a/b");
            assertThat(bundle.dead()).isEmpty();
        }
    }

    @Test
    void deadLettersAContactWithAnUnknownAttributeWhereThatIsSet() throws Exception {
        try (IntercomSandbox intercom = strict();
                Bundle bundle = Bundle.builder().to(intercom).set("contacts.unknown-attributes", "dead-letter").start()) {
            bundle.send(Batches.of("c1", 0));

            await().untilAsserted(() -> assertThat(bundle.dead()).hasSize(1));
            assertThat(bundle.dead().get(0).getStringProperty("reason")).isEqualTo("unknown-attribute");
            assertThat(intercom.contacts()).isEmpty();
        }
    }

    @Test
    void burnsNoCallOnAnEventNameTooMany(@TempDir Path folder) throws Exception {
        try (IntercomSandbox intercom = IntercomSandbox.start()) {
            try (Bundle bundle = Bundle.builder().to(intercom).in(folder).set("events.max-names", "3")
                    .set("deliver.concurrency", "1").start()) {
                IntStream.range(0, 5).forEach(name -> bundle.send(Batches.event("c1", "Name " + name)));
                await().untilAsserted(() -> assertThat(bundle.dead()).hasSize(2));
                assertThat(bundle.dead().get(0).getStringProperty("reason")).isEqualTo("event-name-quota");
                bundle.send(Batches.event("c1", "NAME 0"));
                await().untilAsserted(() -> assertThat(intercom.events()).hasSize(4));
            }
            try (Bundle again = Bundle.builder().to(intercom).in(folder).set("events.max-names", "3").start()) {
                again.send(Batches.event("c1", "Name 9"));
                await().untilAsserted(() -> assertThat(again.dead()).hasSize(3));
                assertThat(intercom.events()).extracting(StoredEvent::name).doesNotContain("Name 9");
                assertThat(intercom.calls(CallKind.EVENT)).isEqualTo(4 + intercom.answered(404));
            }
        }
    }

    @Test
    void learnsFromIntercomThatThereAreTooManyNames() throws Exception {
        SandboxConfig config = SandboxConfig.builder().eventNameLimit(1).build();
        try (IntercomSandbox intercom = IntercomSandbox.start(config);
                Bundle bundle = Bundle.builder().to(intercom).set("deliver.concurrency", "1").start()) {
            bundle.send(Batches.event("c1", "First"));
            bundle.send(Batches.event("c1", "Second"));
            bundle.send(Batches.event("c1", "Second"));

            await().untilAsserted(() -> assertThat(bundle.dead()).hasSize(2));
            assertThat(bundle.dead().get(1).getStringProperty("reason")).isEqualTo("event-name-quota");
            assertThat(intercom.answered(400)).isEqualTo(1);
        }
    }

    /** All of them come in before any is known; later ones are told at intake already. */
    @Test
    void templatesLeaveRoomForOtherNamesAlsoAfterARestart(@TempDir Path folder) throws Exception {
        try (IntercomSandbox intercom = IntercomSandbox.start()) {
            Bundle.Builder builder = Bundle.builder().to(intercom).in(folder).set("events.mapping", screens(folder))
                    .set("events.max-names", "6").set("events.warn-names", "3");
            try (Bundle bundle = builder.start()) {
                bundle.send(views("S1", "S2", "S3", "S4", "S5"));
                await().untilAsserted(() -> assertThat(intercom.events()).hasSize(5));
                assertThat(templated(intercom)).hasSize(3).doesNotHaveDuplicates();
                assertThat(intercom.events()).extracting(StoredEvent::name).contains("Viewed a screen", "Viewed a screen");
                Metrics metrics = bundle.bean("mparticleIntercomMetrics", Metrics.class);
                await().untilAsserted(() -> assertThat(metrics.counters("changes").filter(counter -> "event-name-fallback"
                        .equals(counter.getId().getTag("reason"))).mapToDouble(Counter::count).sum()).isEqualTo(2));

                bundle.send(Batches.event("c1", "Other"));
                assertThat(bundle.send(views("S6")).at("/changed/event-name-fallback").asInt()).isEqualTo(1);
                await().untilAsserted(() -> assertThat(intercom.events()).hasSize(7));
            }
            try (Bundle again = builder.start()) {
                String known = templated(intercom).get(0);
                again.send(views(known.replace("Viewed ", ""), "S7"));
                await().untilAsserted(() -> assertThat(intercom.events()).hasSize(9));
                assertThat(templated(intercom)).hasSize(4).endsWith(known);
                assertThat(again.dead()).isEmpty();
            }
        }
    }

    @Test
    void templatesFallBackWhereIntercomHasNoRoom(@TempDir Path folder) throws Exception {
        SandboxConfig config = SandboxConfig.builder().eventNameLimit(2).build();
        try (IntercomSandbox intercom = IntercomSandbox.start(config); Bundle bundle = Bundle.builder().to(intercom)
                .set("events.mapping", screens(folder)).set("deliver.concurrency", "1").start()) {
            bundle.send(views("a screen", "S1", "S2", "S3", "S2"));

            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(5));
            assertThat(intercom.events()).extracting(StoredEvent::name).containsExactly("Viewed a screen", "Viewed S1", "Viewed a screen",
                    "Viewed a screen", "Viewed a screen");
            assertThat(intercom.answered(400)).isEqualTo(2);
            assertThat(bundle.dead()).isEmpty();
        }
    }

    private static String screens(Path folder) throws IOException {
        return Files.writeString(folder.resolve("mapping.yaml"),
                "screen_view: {'*': {name: 'Viewed {screen_name}', fallback: Viewed a screen}}").toString();
    }

    /** Each a second of its own, as a restart forgets which seconds are taken. */
    private static String views(String... screens) {
        return Stream.of(screens).map(screen -> "{\"event_type\": \"screen_view\", \"data\": {\"screen_name\": \"" + screen
                + "\", \"timestamp_unixtime_ms\": " + NEXT_MILLIS.addAndGet(1000) + "}}")
                .collect(Collectors.joining(", ", "{\"user_identities\": {\"customer_id\": \"c1\"}, \"events\": [", "]}"));
    }

    private static List<String> templated(IntercomSandbox intercom) {
        return intercom.events().stream().map(StoredEvent::name).filter(name -> name.startsWith("Viewed S")).toList();
    }

    @Test
    void forwardsOnlyListedNamesUnderTheirNewNames(@TempDir Path folder) throws Exception {
        Path mapping = Files.writeString(folder.resolve("mapping.yaml"), "custom_event: {Old name: {name: New name}}");
        try (IntercomSandbox intercom = IntercomSandbox.start(); Bundle bundle = Bundle.builder().to(intercom)
                .set("events.mapping", mapping.toString()).set("events.names", "new name, Other").start()) {
            bundle.send(Batches.event("c1", "Old name"));
            JsonNode receipt = bundle.send(Batches.event("c1", "Unlisted"));

            assertThat(receipt.at("/skipped/reasons/event-name-off").asInt()).isEqualTo(1);
            await().untilAsserted(() -> assertThat(intercom.events()).extracting(StoredEvent::name)
                    .containsExactly("New name"));
        }
    }
}
