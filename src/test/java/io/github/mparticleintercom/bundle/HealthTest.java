package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What probes are reported: alive, ready, and everything that wants somebody's attention, each at its own address. */
class HealthTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port = ExternalBroker.freePort();
    private IntercomSandbox intercom;

    /** An answer of the management server. */
    private record Reported(int status, JsonNode json) {
    }

    @BeforeEach
    void start() {
        intercom = IntercomSandbox.start(SandboxConfig.builder().appId("w1").region("EU").build());
    }

    @AfterEach
    void stop() {
        intercom.close();
    }

    private Bundle.Builder bundle() {
        return Bundle.builder().to(intercom).camel("camel.management.enabled", "true")
                .camel("camel.management.port", String.valueOf(port)).set("health.intercom", "true")
                .set("health.intercom-millis", "100").set("health.queue-millis", "100")
                .set("intercom.app-id", "w1").set("intercom.region", "eu");
    }

    @Test
    void saysWhatRunsAndSinceWhen() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).watched().start()) {
            JsonNode info = ask(bundle.managementUrl() + "/observe/info").json();

            assertThat(info.path("version").asText()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
            assertThat(info.path("commit").asText()).matches(Files.exists(Path.of(".git")) ? "[0-9a-f]{40}" : "unknown");
            assertThat(info.path("camel").asText()).isEqualTo(bundle.context().getVersion());
            assertThat(Instant.parse(info.path("started_at").asText()).plusSeconds(info.path("uptime_seconds").asLong()))
                    .isBetween(Instant.now().minusSeconds(60), Instant.now());
        }
    }

    @Test
    void isNeitherRestartedNorLeftOutWhenIntercomIsUnavailable() throws Exception {
        try (Bundle bundle = bundle().start()) {
            await().untilAsserted(() -> assertThat(ask("/ready").status()).isEqualTo(200));
            await().untilAsserted(() -> assertThat(reported("mparticle-intercom-intercom")).isEqualTo("UP"));
            assertThat(ask("").status()).isEqualTo(200);

            intercom.fault(Fault.status(503).on("GET", "/me").always());
            await().untilAsserted(() -> assertThat(reported("mparticle-intercom-intercom"))
                    .isEqualTo("DOWN intercom-unavailable: Intercom answered 503 to the access token"));
            assertThat(ask("").status()).isEqualTo(503);
            assertAliveAndReady();

            intercom.clearFaults();
            await().untilAsserted(() -> assertThat(ask("").status()).isEqualTo(200));
            var hanging = intercom.fault(Fault.hang().on("GET", "/me"));
            await().until(() -> hanging.hits() == 1);
            assertAliveAndReady();
            intercom.clearFaults();

            intercom.settings().revokeToken(SandboxConfig.DEFAULT_TOKEN);
            await().untilAsserted(() -> assertThat(reported("mparticle-intercom-intercom"))
                    .isEqualTo("DOWN credential-refused: Intercom answered 401 to the access token"));
            assertThat(reported("mparticle-intercom-delivery")).isEqualTo("UP");
            bundle.send(Batches.event("c1", "Opened"));
            await().until(() -> bundle.context().getRouteController().getRouteStatus("mparticle-intercom-deliver")
                    == ServiceStatus.Suspended);
            assertThat(reported("mparticle-intercom-delivery")).startsWith("DOWN credential-refused: delivery is paused: ");
            assertAliveAndReady();
        }
    }

    @Test
    void reportsThatTheTokenIsOfAnotherWorkspaceOrRegion() throws Exception {
        try (Bundle bundle = bundle().set("intercom.app-id", "w2").set("platform.ios.api-key", "unknown").start()) {
            await().untilAsserted(() -> assertThat(reported("mparticle-intercom-intercom")).isEqualTo("DOWN"
                    + " wrong-workspace: the access token is of workspace w1, the App ID is w2;"
                    + " credential-refused: Intercom answered 401 to the API key of ios"));
            assertThat(ask("?exposureLevel=full&data=true").json().toString())
                    .contains("wrong-workspace,credential-refused").doesNotContain(SandboxConfig.DEFAULT_TOKEN, "unknown");
        }
        try (Bundle bundle = bundle().set("intercom.region", "us").start()) {
            await().untilAsserted(() -> assertThat(reported("mparticle-intercom-intercom"))
                    .isEqualTo("DOWN wrong-region: the workspace of the access token is in region EU, not us"));
            assertAliveAndReady();
        }
    }

    @Test
    void isNotReadyWithoutItsBroker(@TempDir Path folder) throws Exception {
        try (ExternalBroker broker = ExternalBroker.start(folder); Bundle bundle = bundle().set("broker.url", broker.url()).start()) {
            await().untilAsserted(() -> assertThat(ask("/ready").status()).isEqualTo(200));
            broker.becomeUnavailable();
            await().untilAsserted(() -> assertThat(ask("/ready").json().toString())
                    .contains("broker-unavailable: the broker does not answer"));
            assertThat(ask("/ready").status()).isEqualTo(503);
            assertThat(ask("/live").status()).isEqualTo(200);
            broker.comeBack();
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(ask("/ready").status()).isEqualTo(200));
        }
    }

    @Test
    void reportsAFullQueueAndFreshDeadLetters(@TempDir Path folder) throws Exception {
        intercom.fault(Fault.status(503).on("POST", "/events").always());
        try (Bundle bundle = bundle().in(folder).set("broker.high-water-mark", "2").start()) {
            bundle.send(Batches.event("c1", "Opened"));
            await().untilAsserted(() -> assertThat(reported("mparticle-intercom-broker")).isEqualTo("UP"));
            assertThat(reported("mparticle-intercom-queue")).isEqualTo("UP");
            assertThat(reported("mparticle-intercom-dead-letters")).isEqualTo("UP");

            bundle.send(Batches.event("c1", "Closed"));
            bundle.send("no JSON");
            await().untilAsserted(() -> assertThat(reported("mparticle-intercom-queue"))
                    .isEqualTo("DOWN queue-full: 2 requests wait, the mark is 2"));
            await().untilAsserted(() -> assertThat(reported("mparticle-intercom-dead-letters"))
                    .startsWith("DOWN dead-letters-growing: 1 dead letters on their queue, the last came at "));
            assertAliveAndReady();
            intercom.clearFaults();
        }
        try (Bundle bundle = bundle().in(folder).start()) {
            await().untilAsserted(() -> assertThat(reported("mparticle-intercom-broker")).isEqualTo("UP"));
            assertThat(reported("mparticle-intercom-dead-letters")).isEqualTo("UP");
            assertThat(bundle.dead()).hasSize(1);
        }
    }

    @Test
    void asksNothingInADryRunOrWhereThatIsSet() throws Exception {
        try (Bundle bundle = bundle().set("dry-run", "true").start()) {
            await().untilAsserted(() -> assertThat(reported("mparticle-intercom-broker")).isEqualTo("UP"));
            assertThat(reported("mparticle-intercom-intercom")).isEqualTo("UNKNOWN");
            assertThat(ask("").status()).isEqualTo(200);
        }
        assertThat(intercom.calls()).isZero();
    }

    private void assertAliveAndReady() throws Exception {
        assertThat(ask("/live").status()).isEqualTo(200);
        assertThat(ask("/ready").status()).as("%s", ask("/ready").json()).isEqualTo(200);
    }

    /** The state of a check, with what it says. */
    private String reported(String check) throws Exception {
        for (JsonNode one : ask("?exposureLevel=full").json().path("checks")) {
            if (one.path("name").asText().equals(check)) {
                return (one.path("status").asText() + " " + one.path("message").asText()).strip();
            }
        }
        throw new AssertionError("No check " + check);
    }

    private Reported ask(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = HTTP.send(HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path
                : "http://127.0.0.1:" + port + "/observe/health" + path)).timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
        return new Reported(answer.statusCode(), Json.MAPPER.readTree(answer.body()));
    }
}
