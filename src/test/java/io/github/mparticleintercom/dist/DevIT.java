package io.github.mparticleintercom.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.sandbox.CallKind;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.StoredEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mparticle-intercom dev}: edits take effect while it runs, and nothing that it accepted meanwhile is lost. */
class DevIT {

    /** How long a crowded machine may take; not what it should take. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** More than delivery would make within that patience if it did not hear what Intercom allows. */
    private static final int CALLS_AT_SPEED = 400;
    private static final String ROUTE = "routes/event.camel.yaml";
    /** The step that makes the body of the call, the only one of that method. */
    private static final String CALL = "                  method: event\n                  ref: intercomCalls\n";
    private static final String STEP = """
                          - setBody:
                              expression:
                                simple:
                                  expression: "${body.replace('Dev','""".indent(14).stripTrailing();

    @TempDir
    Path folder;
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger next = new AtomicInteger();

    @Test
    void takesEditsWhileItRuns() throws Exception {
        EditableHome home = EditableHome.unpack(folder);
        try (IntercomSandbox intercom = IntercomSandbox.start();
                BundleProcess bundle = BundleProcess.start(home.script(), folder, BundleProcess.to(intercom), "dev")) {
            await().atMost(PATIENCE).until(() -> bundle.log().contains("Dev: what you save"));
            AtomicBoolean enough = new AtomicBoolean();
            Thread sender = new Thread(() -> postUntil(bundle, intercom, enough));
            sender.start();

            home.edit(ROUTE, CALL, CALL + STEP + "Edited')}\"\n");
            awaitLine(bundle, "Dev: " + ROUTE + " taken");
            await().atMost(PATIENCE).until(() -> names(intercom).contains("Edited"));

            home.edit(ROUTE, STEP + "Edited", STEP.replace("setBody", "setBdy") + "Broken");
            awaitLine(bundle, ROUTE + " not taken, everything goes on as before:\n    " + ROUTE + ":");
            assertThat(bundle.log()).contains("'setBdy' is not known in 'steps'; did you mean 'setBody'?");
            assertThat(post(bundle)).isEqualTo(202);

            home.edit(ROUTE, STEP.replace("setBody", "setBdy") + "Broken", STEP + "Repaired");
            await().atMost(PATIENCE).until(() -> names(intercom).contains("Repaired"));

            home.edit("application.properties", "limits.value-chars = 255", "limits.value-chars = 6");
            awaitLine(bundle, "Dev: application.properties taken");
            await().atMost(PATIENCE).until(() -> intercom.events().stream()
                    .anyMatch(event -> event.metadata().path("text").asText().equals("long t")));
            home.edit("event-mapping.yaml", "# What is different", "custom_event: {'*': {drop: [text]}}\n# What is different");
            awaitLine(bundle, "Dev: event-mapping.yaml taken");
            await().atMost(PATIENCE).until(() -> intercom.events().stream().anyMatch(event -> !event.metadata().has("text")));
            int soFar = accepted.size();
            await().atMost(PATIENCE).until(() -> accepted.size() > soFar + CALLS_AT_SPEED);

            enough.set(true);
            sender.join();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(numbers(intercom)).containsAll(accepted));
            assertThat(bundle.log()).doesNotContain("Dead-lettered");

            home.edit(ROUTE, "expression: intercom-refused", "expression: unknown-attribute");
            await().atMost(PATIENCE).until(() -> bundle.log().split("Dev: " + ROUTE + " taken", -1).length == 4);
            intercom.fault(Fault.status(422).on(CallKind.EVENT));
            assertThat(post(bundle)).isEqualTo(202);
            awaitLine(bundle, ": unknown-attribute, Intercom answered 422");

            home.edit("application.properties", "http.port = 8080", "http.port = 8090");
            awaitLine(bundle, "restart it for mparticle-intercom.http.port");

            Files.writeString(folder.resolve("inbox/late.json"), batch(next.incrementAndGet()));
            await().atMost(PATIENCE).until(() -> numbers(intercom).contains(String.valueOf(next.get())));
            assertThat(names(intercom)).containsExactlyInAnyOrder("Dev", "Edited", "Repaired");
        }
    }

    private static void awaitLine(BundleProcess bundle, String line) {
        await().atMost(PATIENCE).until(() -> bundle.log().contains(line));
    }

    /** Never far ahead of Intercom, so that what is lost shows at once. */
    private void postUntil(BundleProcess bundle, IntercomSandbox intercom, AtomicBoolean enough) {
        try {
            while (!enough.get()) {
                if (accepted.size() - numbers(intercom).size() < 50) {
                    post(bundle);
                } else {
                    Thread.onSpinWait();
                }
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private int post(BundleProcess bundle) throws Exception {
        int number = next.incrementAndGet();
        int status = bundle.post(batch(number)).statusCode();
        assertThat(status).isIn(202, 503);
        if (status == 202) {
            accepted.add(String.valueOf(number));
        }
        return status;
    }

    private static String batch(int number) {
        return """
                {"batch_id": %d, "user_identities": {"customer_id": "user-%d"}, "events": [{"event_type": "custom_event", \
                "data": {"event_id": %d, "event_name": "Dev", "timestamp_unixtime_ms": %d, \
                "custom_attributes": {"number": "%d", "text": "long text"}}}]}""".formatted(
                number, number % 10, number, 1_700_000_000_000L + number * 1000L, number);
    }

    private static Set<String> names(IntercomSandbox intercom) {
        return intercom.events().stream().map(StoredEvent::name).collect(Collectors.toSet());
    }

    private static Set<String> numbers(IntercomSandbox intercom) {
        return intercom.events().stream().map(event -> event.metadata().path("number").asText()).collect(Collectors.toSet());
    }
}
