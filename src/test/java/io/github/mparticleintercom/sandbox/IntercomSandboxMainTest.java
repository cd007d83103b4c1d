package io.github.mparticleintercom.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.sandbox.SandboxClient.Reply;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sandbox run on its own, and its control by HTTP. */
class IntercomSandboxMainTest {

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private IntercomSandbox sandbox;
    private SandboxClient client;
    private SandboxClient control;

    @BeforeEach
    void start() {
        sandbox = IntercomSandboxMain.run(new PrintStream(output, true, StandardCharsets.UTF_8),
                "--port", "0", "--token", "secret-token", "--limit", "50", "--window-millis", "5000",
                "--latency-millis", "0", "--app-id", "ws9", "--region", "EU");
        client = SandboxClient.of(sandbox).with("Authorization", "Bearer secret-token");
        control = client.with("Authorization", null);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void takesItsOptions() {
        assertThat(sandbox.config().rateWindow()).isEqualTo(Duration.ofSeconds(5));
        Reply me = client.get("/me");
        assertThat(me.header("X-RateLimit-Limit")).contains("50");
        assertThat(me.json().path("app").path("id_code").asText()).isEqualTo("ws9");
        assertThat(me.json().path("app").path("region").asText()).isEqualTo("EU");
        assertThat(SandboxClient.of(sandbox).get("/me").status()).isEqualTo(401);
    }

    @Test
    void refusesOptionsItDoesNotKnow() {
        for (String[] args : List.of(new String[] {"--colour", "red"}, new String[] {"--port"},
                new String[] {"--limit", "many"})) {
            assertThatThrownBy(() -> SandboxOptions.parse(args)).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(args[0]);
        }
    }

    @Test
    void printsItsAddressAndOneLineForEachCall() {
        client.post("/contacts", "{\"external_id\":\"c1\",\"name\":\"Ann\"}");
        client.get("/nothing");
        assertThat(output.toString(StandardCharsets.UTF_8).lines()).containsExactly(
                "Intercom sandbox at " + sandbox.baseUrl(), "POST /contacts 200", "GET /nothing 404");
    }

    @Test
    void showsWhatItHolds() {
        client.post("/contacts", "{\"external_id\":\"c1\",\"name\":\"Ann\",\"custom_attributes\":{\"a\":1}}");
        client.post("/events", "{\"event_name\":\"e\",\"created_at\":1,\"user_id\":\"c1\",\"metadata\":{\"k\":2}}");
        Reply requests = control.get("/_sandbox/requests");
        assertThat(requests.status()).isEqualTo(200);
        assertThat(requests.json().findValuesAsText("path")).containsExactly("/contacts", "/events");
        assertThat(requests.json().path(0).path("body").path("name").asText()).isEqualTo("Ann");
        assertThat(requests.json().path(0).path("status").asInt()).isEqualTo(200);
        assertThat(requests.text()).doesNotContain("secret-token");
        Reply contacts = control.get("/_sandbox/contacts");
        assertThat(contacts.json().path(0).path("external_id").asText()).isEqualTo("c1");
        assertThat(contacts.json().path(0).path("custom_attributes").path("a").asInt()).isEqualTo(1);
        Reply events = control.get("/_sandbox/events");
        assertThat(events.json().path(0).path("event_name").asText()).isEqualTo("e");
        assertThat(events.json().path(0).path("metadata").path("k").asInt()).isEqualTo(2);
        assertThat(sandbox.calls()).isEqualTo(2);
    }

    @Test
    void canBeReset() {
        client.post("/contacts", "{\"external_id\":\"c1\"}");
        assertThat(control.post("/_sandbox/reset", null).status()).isEqualTo(200);
        assertThat(sandbox.contacts()).isEmpty();
        assertThat(sandbox.requests()).isEmpty();
    }

    @Test
    void takesFaults() {
        assertThat(control.post("/_sandbox/faults", "{\"action\":\"status\",\"status\":503,\"method\":\"GET\","
                + "\"path\":\"/me\",\"times\":2,\"headers\":{\"Retry-After\":\"3\"},\"body\":{\"x\":1}}").status())
                .isEqualTo(200);
        assertThat(client.post("/contacts", "{\"external_id\":\"c1\"}").status()).isEqualTo(200);
        Reply failed = client.get("/me");
        assertThat(failed.status()).isEqualTo(503);
        assertThat(failed.header("Retry-After")).contains("3");
        assertThat(failed.text()).isEqualTo("{\"x\":1}");
        assertThat(client.get("/me").status()).isEqualTo(503);
        assertThat(client.get("/me").status()).isEqualTo(200);
    }

    @Test
    void releasesHangingCallsWhenFaultsAreCleared() {
        control.post("/_sandbox/faults", "{\"action\":\"hang\",\"path_prefix\":\"/m\"}");
        CompletableFuture<Reply> reply = client.sendAsync("GET", "/me", null);
        await().until(() -> sandbox.calls() == 1);
        assertThat(reply).isNotDone();
        control.post("/_sandbox/faults", "{\"action\":\"clear\"}");
        assertThat(reply.join().status()).isEqualTo(200);
    }

    @Test
    void refusesFaultsItDoesNotKnow() {
        for (String body : List.of("{\"action\":\"explode\"}", "{\"action\":\"status\",\"status\":7}", "[]", "{")) {
            assertThat(control.post("/_sandbox/faults", body).status()).isEqualTo(400);
        }
        assertThat(control.get("/_sandbox/secrets").status()).isEqualTo(404);
        assertThat(client.get("/me").status()).isEqualTo(200);
    }
}
