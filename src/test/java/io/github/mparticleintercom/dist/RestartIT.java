package io.github.mparticleintercom.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restarted under load, from the first to the last moment it answers as the routes do or with 503, and loses nothing. */
class RestartIT {

    private static final int ROUNDS = 3;
    private static final int SENDERS = 6;
    private static final int EVENTS_BETWEEN_RESTARTS = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    /** What a sender would have taken for a refusal. */
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    @TempDir
    Path folder;

    @Test
    void neverSaysThatABatchIsRefused() throws Exception {
        int port = freePort();
        try (IntercomSandbox intercom = IntercomSandbox.start(SandboxConfig.builder().noRateLimit().build())) {
            Map<String, String> settings = BundleProcess.to(intercom, "MPARTICLE_INTERCOM_HTTP_PORT", String.valueOf(port),
                    "MPARTICLE_INTERCOM_DELIVER_CONCURRENCY", "8");
            List<Thread> senders = new ArrayList<>();
            for (int i = 0; i < SENDERS; i++) {
                Thread sender = new Thread(() -> send(port));
                sender.start();
                senders.add(sender);
            }
            for (int round = 0; round < ROUNDS; round++) {
                try (BundleProcess bundle = BundleProcess.start(folder, settings)) {
                    int before = accepted.size();
                    await().atMost(PATIENCE).until(() -> accepted.size() > before + EVENTS_BETWEEN_RESTARTS);
                    bundle.terminate();
                    assertThat(bundle.exitCode()).isEqualTo(143);
                }
            }
            over.set(true);
            for (Thread sender : senders) {
                sender.join();
            }
            assertThat(wrong).isEmpty();
            try (BundleProcess last = BundleProcess.start(folder, settings)) {
                assertThat(last.url()).isNotEmpty();
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(intercom.events())
                        .extracting(event -> event.metadata().path("name").asText()).containsAll(accepted));
            }
        }
    }

    private void send(int port) {
        HttpClient client = HttpClient.newHttpClient();
        while (!over.get()) {
            int number = next.incrementAndGet();
            HttpRequest post = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v2/events"))
                    .header("Content-Type", "application/json").timeout(Duration.ofSeconds(20))
                    .POST(HttpRequest.BodyPublishers.ofString("""
                            {"user_identities": {"customer_id": "u%d"}, "events": [{"event_type": "custom_event", "data": \
                            {"event_name": "Restart", "timestamp_unixtime_ms": %d, "custom_attributes": {"name": "e%d"}}}]}"""
                            .formatted(number % 50, 1_700_000_000_000L + number * 1000L, number))).build();
            try {
                note(client.send(post, HttpResponse.BodyHandlers.ofString()), "e" + number);
            } catch (IOException e) {
                // nobody listens, or it ended before it answered: the sender keeps the batch
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void note(HttpResponse<String> answer, String name) throws IOException {
        if (answer.statusCode() == 202) {
            accepted.add(name);
        } else if (answer.statusCode() != 503 || answer.headers().firstValue("Retry-After").isEmpty()
                || Json.MAPPER.readTree(answer.body()).at("/errors/0/reason").asText().isEmpty()) {
            wrong.add(answer.statusCode() + " " + answer.headers().map() + " " + answer.body());
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
