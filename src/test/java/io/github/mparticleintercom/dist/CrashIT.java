package io.github.mparticleintercom.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import io.github.mparticleintercom.sandbox.StoredEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Killed at any moment and started again, it has sent Intercom everything that it accepted. */
class CrashIT {

    private static final int ROUNDS = 4;
    private static final int EVENTS_BETWEEN_KILLS = 60;
    private static final int FILE_BATCHES = 1000;
    /** How long a crowded machine may take; not what it should take. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    @Test
    void losesNothingThatWasAcceptedByHttp() throws Exception {
        SandboxConfig config = SandboxConfig.builder().latency(Duration.ofMillis(20)).build();
        try (IntercomSandbox intercom = IntercomSandbox.start(config)) {
            Set<String> accepted = ConcurrentHashMap.newKeySet();
            AtomicInteger next = new AtomicInteger();
            for (int round = 0; round < ROUNDS; round++) {
                try (BundleProcess bundle = BundleProcess.start(folder, BundleProcess.to(intercom))) {
                    killWhilePosting(bundle, next, accepted);
                }
            }
            try (BundleProcess bundle = BundleProcess.start(folder, BundleProcess.to(intercom))) {
                assertThat(bundle.url()).isNotEmpty();
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(names(intercom)).containsAll(accepted));
                assertThat(intercom.events()).extracting(StoredEvent::metadata).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void losesNothingOfAFileThatItWasReading() throws Exception {
        Path inbox = Files.createDirectories(folder.resolve("inbox"));
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < FILE_BATCHES; i++) {
            lines.append(batch("file event " + i)).append('\n');
        }
        Files.writeString(inbox.resolve("export.json"), lines);
        try (IntercomSandbox intercom = IntercomSandbox.start(SandboxConfig.builder().noRateLimit().build())) {
            Map<String, String> settings = BundleProcess.to(intercom);
            settings.put("MPARTICLE_INTERCOM_THROTTLE_REQUESTS_PER_WINDOW", "100000");
            try (BundleProcess first = BundleProcess.start(folder, settings)) {
                await().atMost(PATIENCE).until(() -> intercom.events().size() > FILE_BATCHES / 20);
                first.kill();
            }
            assertThat(inbox.resolve(".done/export.json")).doesNotExist();

            try (BundleProcess second = BundleProcess.start(folder, settings)) {
                await().atMost(PATIENCE).untilAsserted(() ->
                        assertThat(intercom.events()).hasSize(FILE_BATCHES));
                await().atMost(PATIENCE).untilAsserted(() ->
                        assertThat(inbox.resolve(".done/export.json")).exists());
                assertThat(second.log()).doesNotContain("did not start");
            }
        }
    }

    private static void killWhilePosting(BundleProcess bundle, AtomicInteger next, Set<String> accepted) throws Exception {
        String url = bundle.url();
        AtomicBoolean killed = new AtomicBoolean();
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Thread sender = new Thread(() -> post(url, next, accepted, killed));
            sender.start();
            senders.add(sender);
        }
        int before = accepted.size();
        await().atMost(PATIENCE).until(() -> accepted.size() > before + EVENTS_BETWEEN_KILLS);
        bundle.kill();
        killed.set(true);
        for (Thread sender : senders) {
            sender.join();
        }
    }

    /** Posts one batch after the other; after the kill it goes on until the connection is refused. */
    private static void post(String url, AtomicInteger next, Set<String> accepted, AtomicBoolean killed) {
        HttpClient client = HttpClient.newHttpClient();
        while (!killed.get()) {
            String name = "event " + next.incrementAndGet();
            HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/v2/events"))
                    .header("Content-Type", "application/json").timeout(Duration.ofSeconds(20))
                    .POST(HttpRequest.BodyPublishers.ofString(batch(name))).build();
            try {
                if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 202) {
                    accepted.add(name);
                }
            } catch (IOException e) {
                // killed before it answered: nothing was promised
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static String batch(String name) {
        int number = Integer.parseInt(name.substring(name.lastIndexOf(' ') + 1));
        return """
                {"batch_id": %d, "user_identities": [{"identity_type": "customer_id", "identity": "user-%d"}], \
                "events": [{"event_type": "custom_event", "data": {"event_id": %d, "event_name": "Crash", \
                "timestamp_unixtime_ms": %d, "custom_attributes": {"name": "%s"}}}]}""".formatted(
                number, number % 20, number, 1_700_000_000_000L + number * 1000L, name);
    }

    private static Set<String> names(IntercomSandbox intercom) {
        return intercom.events().stream().map(event -> event.metadata().path("name").asText()).collect(Collectors.toSet());
    }
}
