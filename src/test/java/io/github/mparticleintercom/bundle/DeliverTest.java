package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.sandbox.CallKind;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.RecordedRequest;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What Intercom is sent, and in which order. */
class DeliverTest {

    @Test
    void sendsTheContactFirstAndItsEventsAfter() throws Exception {
        try (IntercomSandbox intercom = IntercomSandbox.start(); Bundle bundle = Bundle.builder().to(intercom).start()) {
            JsonNode receipt = bundle.send(Batches.of("c1", 3));

            assertThat(receipt.at("/queued/contacts").asInt()).isEqualTo(1);
            assertThat(receipt.at("/queued/events").asInt()).isEqualTo(3);
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(3));
            assertThat(intercom.requests()).extracting(RecordedRequest::kind)
                    .containsExactly(CallKind.CONTACT_CREATE, CallKind.EVENT, CallKind.EVENT, CallKind.EVENT);
            assertThat(intercom.contactByExternalId("c1")).isPresent();
            await().untilAsserted(() -> assertThat(bundle.waiting()).isEmpty());
            assertThat(bundle.dead()).isEmpty();
        }
    }

    @Test
    void keepsTheOrderOfEveryUserWhileManyAreUnderWay() throws Exception {
        try (IntercomSandbox intercom = IntercomSandbox.start(); Bundle bundle = Bundle.builder().to(intercom).start()) {
            for (int round = 0; round < 5; round++) {
                for (int user = 0; user < 10; user++) {
                    bundle.send(Batches.of("user-" + user, 4));
                }
            }
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(200));

            for (int user = 0; user < 10; user++) {
                List<Long> times = intercom.events(intercom.contactByExternalId("user-" + user).orElseThrow().id())
                        .stream().map(event -> event.createdAt()).toList();
                assertThat(times).isSorted();
            }
        }
    }

    @Test
    void sendsWhatIntercomAsksForAndNothingThatCameIn() throws Exception {
        try (IntercomSandbox intercom = IntercomSandbox.start();
                Bundle bundle = Bundle.builder().to(intercom).set("intercom.api-version", "2.14").start()) {
            bundle.context().createProducerTemplate().requestBodyAndHeaders("direct:mparticle-intercom",
                    Batches.event("c1", "Opened").toString(),
                    Map.of("CamelHttpPath", "/evil", "CamelHttpUri", "http://127.0.0.1:1/evil", "CamelHttpQuery", "q=1",
                            "X-Secret", "inbound", "Authorization", "Bearer inbound", "operation", "contact"));
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));

            RecordedRequest first = intercom.requests().get(0);
            assertThat(first.path()).isEqualTo("/events");
            assertThat(first.query()).isNullOrEmpty();
            assertThat(first.intercomVersion()).isEqualTo("2.14");
            assertThat(first.header("authorization")).contains(SandboxConfig.DEFAULT_TOKEN);
            assertThat(first.headers().keySet()).extracting(name -> name.toLowerCase(Locale.ROOT)).isSubsetOf(
                    "authorization", "intercom-version", "content-type", "accept", "accept-encoding", "host", "connection",
                    "user-agent", "content-length", "transfer-encoding");
        }
    }

    @Test
    void takesNoVariableOfACallerForItsOwn() throws Exception {
        try (Bundle bundle = Bundle.builder().set("dry-run", "true").start()) {
            String receipt = bundle.context().createFluentProducerTemplate().to("direct:mparticle-intercom")
                    .withVariable("reason", "no-identity").withBody(Batches.event("c1", "Opened").toString()).request(String.class);

            assertThat(receipt).contains("\"queued\":{\"contacts\":0,\"events\":1}");
        }
    }

    @Test
    void usesTheKeyOfThePlatformAndTheTokenForTheRest() throws Exception {
        SandboxConfig config = SandboxConfig.builder().token("general", "general").token("for-ios", "ios").build();
        try (IntercomSandbox intercom = IntercomSandbox.start(config);
                Bundle bundle = Bundle.builder().to(intercom).set("intercom.access-token", "general")
                        .set("platform.ios.api-key", "for-ios").start()) {
            bundle.send(onPlatform("iOS"));
            bundle.send(onPlatform("Android"));
            bundle.send(Batches.event("c-none", "Opened"));
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(3));

            assertThat(intercom.requests()).filteredOn(call -> call.body().path("user_id").asText().equals("c-iOS"))
                    .extracting(RecordedRequest::tokenName).containsOnly("ios");
            assertThat(intercom.requests()).filteredOn(call -> !call.body().toString().contains("c-iOS"))
                    .extracting(RecordedRequest::tokenName).containsOnly("general");
        }
    }

    @Test
    void deadLettersWhatComesFromAPlatformWithoutACredential() throws Exception {
        try (IntercomSandbox intercom = IntercomSandbox.start();
                Bundle bundle = Bundle.builder().to(intercom).set("intercom.access-token", "")
                        .set("platform.ios.api-key", SandboxConfig.DEFAULT_TOKEN).set("platform.android.api-key", "a")
                        .set("platform.tvos.api-key", "t").start()) {
            JsonNode receipt = bundle.send(onPlatform("web"));

            assertThat(receipt.at("/dead_lettered/reasons/no-credential").asInt()).isEqualTo(1);
            assertThat(bundle.dead()).hasSize(1);
            assertThat(bundle.dead().get(0).getBody(byte[].class)).asString().contains("c-web");
        }
    }

    @Test
    void sendsTheSameBatchOnceHoweverOftenItIsPosted() throws Exception {
        try (IntercomSandbox intercom = IntercomSandbox.start(); Bundle bundle = Bundle.builder().to(intercom).start()) {
            String known = Batches.of("c1", 2).toString();
            String fresh = Batches.of("c2", 1).toString();
            bundle.send(known);
            JsonNode again = bundle.send(known);
            JsonNode mixed = bundle.send("[" + known + "," + fresh + "]");

            assertThat(again.at("/queued/events").asInt()).isZero();
            assertThat(again.at("/queued/contacts").asInt()).isZero();
            assertThat(again.at("/skipped/events").asInt()).isEqualTo(2);
            assertThat(again.at("/skipped/contacts").asInt()).isEqualTo(1);
            assertThat(again.at("/skipped/reasons/duplicate").asInt()).isEqualTo(3);
            assertThat(mixed.at("/queued/events").asInt()).isEqualTo(1);
            assertThat(mixed.at("/skipped/reasons/duplicate").asInt()).isEqualTo(3);
            await().untilAsserted(() -> assertThat(bundle.waiting()).isEmpty());
            assertThat(intercom.calls(CallKind.EVENT)).isEqualTo(3 + intercom.answered(404));
            assertThat(intercom.swallowedEvents()).isEmpty();
        }
    }

    /** Content is no identity: what comes without ids comes anew each time. */
    @Test
    void sendsABatchWithoutIdsAsOftenAsItIsPosted() throws Exception {
        try (IntercomSandbox intercom = IntercomSandbox.start(); Bundle bundle = Bundle.builder().to(intercom).start()) {
            String nameless = """
                    {"user_identities": {"customer_id": "c1"}, "user_attributes": {"plan": "pro"}, "events":
                     [{"event_type": "custom_event", "data": {"event_name": "Opened"}}]}
                    """;
            bundle.send(nameless);
            JsonNode again = bundle.send(nameless);

            assertThat(again.at("/queued/events").asInt()).isEqualTo(1);
            assertThat(again.at("/skipped/reasons").isEmpty()).isTrue();
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(2));
        }
    }

    @Test
    void dividesABacklogAmongAllConsumers() throws Exception {
        SandboxConfig config = SandboxConfig.builder().latency(Duration.ofSeconds(1)).build();
        try (IntercomSandbox intercom = IntercomSandbox.start(config);
                Bundle bundle = Bundle.builder().to(intercom).set("deliver.concurrency", "4").start()) {
            bundle.context().getRouteController().suspendRoute("mparticle-intercom-deliver");
            IntStream.range(0, 40).forEach(user -> bundle.send(Batches.of("c" + user, 0)));
            bundle.context().getRouteController().resumeRoute("mparticle-intercom-deliver");

            await().untilAsserted(() -> assertThat(intercom.requests())
                    .filteredOn(call -> call.status() == RecordedRequest.NOT_ANSWERED).hasSize(4));
        }
    }

    @Test
    void holdsTheNumberOfCallsInAnyWindow() throws Exception {
        try (IntercomSandbox intercom = IntercomSandbox.start();
                Bundle bundle = Bundle.builder().to(intercom).set("throttle.requests-per-window", "4")
                        .set("throttle.window-millis", "1000").start()) {
            long start = System.nanoTime();
            IntStream.range(0, 5).forEach(user -> bundle.send(Batches.of("c" + user, 3)));
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(15));

            // twenty calls need five windows, of which the first begins at once; a slow machine only makes it longer
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(3900));
        }
    }

    @Test
    void writesDownWhatItWouldSendWithoutACredential() throws Exception {
        try (Bundle bundle = Bundle.builder().start()) {
            bundle.send(Batches.of("c1", 2));

            java.nio.file.Path file = bundle.folder().resolve("data/dry-run.jsonl");
            await().untilAsserted(() -> assertThat(file).exists().content().hasLineCount(3));
            assertThat(file).content().contains("\"operation\":\"contact\"", "\"event_name\":\"Event 1\"");
            assertThat(bundle.dead()).isEmpty();
        }
    }

    private static JsonNode onPlatform(String platform) {
        var batch = Batches.event("c-" + platform, "Opened");
        batch.putObject("device_info").put("platform", platform);
        return batch;
    }
}
