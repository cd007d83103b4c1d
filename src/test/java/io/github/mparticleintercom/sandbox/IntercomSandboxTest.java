package io.github.mparticleintercom.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.sandbox.SandboxClient.Reply;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every call: tokens, headers, rate limit, records, latency, reset. */
class IntercomSandboxTest {

    private static final String USER = "{\"role\":\"user\",\"external_id\":\"c1\"}";

    private final ManualClock clock = new ManualClock("2026-01-01T00:00:01.250Z");
    private IntercomSandbox sandbox;
    private SandboxClient client;

    @BeforeEach
    void start() {
        sandbox = IntercomSandbox.start(SandboxConfig.builder().clock(clock)
                .token(SandboxConfig.DEFAULT_TOKEN, "first").token("other-token", "second").build());
        client = SandboxClient.of(sandbox);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void startsWithItsDefaults() {
        try (IntercomSandbox plain = IntercomSandbox.start()) {
            assertThat(SandboxClient.of(plain).get("/me").header("X-RateLimit-Limit")).contains("1666");
            assertThat(plain.baseUrl()).isEqualTo("http://127.0.0.1:" + plain.port());
        }
    }

    @Test
    void meNamesTheWorkspace() {
        Reply me = client.get("/me");
        assertThat(me.status()).isEqualTo(200);
        assertThat(me.json().path("type").asText()).isEqualTo("admin");
        assertThat(me.json().path("app").path("type").asText()).isEqualTo("app");
        assertThat(me.json().path("app").path("id_code").asText()).isEqualTo("abc123");
        assertThat(me.json().path("app").path("region").asText()).isEqualTo("US");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "sandbox-token", "Basic sandbox-token"})
    void refusesAnUnknownToken(String authorization) {
        assertUnauthorized(client.with("Authorization", authorization).get("/me"));
        assertThat(sandbox.requests().get(0).tokenName()).isNull();
    }

    @Test
    void refusesAMissingToken() {
        assertUnauthorized(client.with("Authorization", null).get("/me"));
    }

    private static void assertUnauthorized(Reply reply) {
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.code()).isEqualTo("unauthorized");
        assertThat(reply.raw().headers().map().keySet()).noneMatch(name -> name.startsWith("x-ratelimit"));
    }

    @Test
    void recordsWhichTokenWasUsed() {
        client.get("/me");
        client.with("Authorization", "Bearer other-token").get("/me");
        assertThat(sandbox.requests()).extracting(RecordedRequest::tokenName).containsExactly("first", "second");
    }

    @Test
    void tokensCanBeRevokedForbiddenAndRestored() {
        sandbox.settings().revokeToken("sandbox-token");
        assertUnauthorized(client.get("/me"));
        assertThat(client.with("Authorization", "Bearer other-token").get("/me").status()).isEqualTo(200);
        sandbox.settings().forbidToken("sandbox-token");
        Reply forbidden = client.get("/me");
        assertThat(forbidden.status()).isEqualTo(403);
        assertThat(forbidden.code()).isEqualTo("forbidden");
        sandbox.settings().restoreToken("sandbox-token");
        assertThat(client.get("/me").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"1.0,200", "1.4,200", "2.0,200", "2.16,200", "1.5,400", "2.17,400", "Preview,400", "latest,400"})
    void knowsTheVersionsOfTheDescription(String version, int status) {
        Reply reply = client.with("Intercom-Version", version).get("/me");
        assertThat(reply.status()).isEqualTo(status);
        assertThat(status == 200 ? "" : reply.code()).isEqualTo(status == 200 ? "" : "intercom_version_invalid");
        assertThat(sandbox.requests().get(0).intercomVersion()).isEqualTo(version);
    }

    @Test
    void allowsAMissingVersionButRecordsIt() {
        assertThat(client.with("Intercom-Version", null).get("/me").status()).isEqualTo(200);
        assertThat(sandbox.requests().get(0).intercomVersion()).isNull();
    }

    @Test
    void bodiesMustBeDeclaredAsJson() {
        assertThat(client.with("Content-Type", null).post("/contacts", USER).status()).isEqualTo(415);
        assertThat(client.with("Content-Type", "text/plain").post("/contacts", USER).status()).isEqualTo(415);
        assertThat(sandbox.contacts()).isEmpty();
        assertThat(client.with("Content-Type", "application/json; charset=utf-8").post("/contacts", USER).status())
                .isEqualTo(200);
    }

    @Test
    void answersMustBeAcceptableAsJson() {
        assertThat(client.with("Accept", "text/html").get("/me").status()).isEqualTo(406);
        assertThat(client.with("Accept", "text/html, application/*;q=0.5").get("/me").status()).isEqualTo(200);
        assertThat(client.with("Accept", null).get("/me").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{} x", "[]", "\"text\"", "null"})
    void refusesWhatIsNoJsonObject(String body) {
        Reply reply = client.post("/contacts", body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("parameter_invalid");
    }

    @ParameterizedTest
    @CsvSource({"GET,/nothing", "GET,/", "PATCH,/contacts", "PUT,/events", "GET,/contacts/a/b/c", "GET,/_sandbox/events"})
    void unknownPathsAndMethodsAreNotFound(String method, String path) {
        Reply reply = client.send(method, path, null);
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("not_found");
    }

    @Test
    void errorsComeInTheEnvelopeWithTheRequestId() {
        Reply reply = client.post("/contacts", "{\"role\":\"admin\"}");
        assertThat(reply.json().path("type").asText()).isEqualTo("error.list");
        String requestId = reply.json().path("request_id").asText();
        assertThat(UUID.fromString(requestId)).isNotNull();
        assertThat(reply.header("X-Request-Id")).contains(requestId);
        assertThat(reply.json().path("errors")).hasSize(1);
        assertThat(reply.field()).isEqualTo("role");
        assertThat(sandbox.requests().get(0).requestId()).isEqualTo(requestId);
        assertThat(client.get("/me").header("X-Request-Id")).isPresent();
    }

    @Test
    void limitsCallsPerAlignedWindow() {
        sandbox.settings().rateLimit(2);
        Reply first = client.get("/me");
        assertThat(first.header("X-RateLimit-Limit")).contains("2");
        assertThat(first.header("X-RateLimit-Remaining")).contains("1");
        assertThat(first.header("X-RateLimit-Reset"))
                .contains(String.valueOf(Instant.parse("2026-01-01T00:00:10Z").getEpochSecond()));
        assertThat(client.post("/contacts", "{}").header("X-RateLimit-Remaining")).contains("0");
        Reply third = client.post("/contacts", USER);
        assertThat(third.status()).isEqualTo(429);
        assertThat(third.code()).isEqualTo("rate_limit_exceeded");
        assertThat(third.header("X-RateLimit-Remaining")).contains("0");
        assertThat(third.header("Retry-After")).isEmpty();
        assertThat(sandbox.contacts()).isEmpty();
        assertThat(sandbox.tooManyRequests()).isEqualTo(1);
        clock.advance(Duration.ofMillis(8_749));
        assertThat(client.get("/me").status()).isEqualTo(429);
        clock.advance(Duration.ofMillis(1));
        assertThat(client.get("/me").header("X-RateLimit-Remaining")).contains("1");
    }

    @Test
    void refusalsCanSayWhenToComeBack() {
        sandbox.settings().rateLimit(1).retryAfter(true);
        assertThat(client.get("/me").header("Retry-After")).isEmpty();
        assertThat(client.get("/me").header("Retry-After")).contains("9");
    }

    @Test
    void anotherAppCanUseUpTheWindow() {
        sandbox.settings().rateLimit(10).consumeRateLimit(9);
        assertThat(client.get("/me").header("X-RateLimit-Remaining")).contains("0");
        assertThat(client.get("/me").status()).isEqualTo(429);
        sandbox.settings().rateLimit(11);
        assertThat(client.get("/me").status()).isEqualTo(200);
    }

    @Test
    void windowLengthAndLimitCanBeChanged() {
        sandbox.settings().rateLimit(1).rateWindow(Duration.ofSeconds(1));
        client.get("/me");
        assertThat(client.get("/me").message()).contains("1 in 1_seconds");
        clock.advance(Duration.ofMillis(750));
        assertThat(client.get("/me").status()).isEqualTo(200);
        sandbox.settings().rateLimit(0);
        Reply unlimited = client.get("/me");
        assertThat(unlimited.status()).isEqualTo(200);
        assertThat(unlimited.header("X-RateLimit-Limit")).isEmpty();
    }

    @Test
    void unauthenticatedCallsDoNotCountAgainstTheLimit() {
        sandbox.settings().rateLimit(1);
        client.with("Authorization", "Bearer wrong").get("/me");
        assertThat(client.get("/me").status()).isEqualTo(200);
    }

    @Test
    void recordsEveryRequest() {
        long before = System.nanoTime();
        client.post("/contacts", "{\"external_id\":\"c1\",\"n\":1.50}");
        client.get("/contacts/find_by_external_id/a%2Fb?x=1");
        List<RecordedRequest> all = sandbox.requests();
        assertThat(all).extracting(RecordedRequest::sequence).containsExactly(1L, 2L);
        RecordedRequest create = all.get(0);
        assertThat(create.nanoTime()).isBetween(before, System.nanoTime());
        assertThat(create.time()).isEqualTo(clock.instant());
        assertThat(create.method()).isEqualTo("POST");
        assertThat(create.path()).isEqualTo("/contacts");
        assertThat(create.query()).isNull();
        assertThat(create.header("content-TYPE")).isEqualTo("application/json");
        assertThat(create.body().path("external_id").asText()).isEqualTo("c1");
        assertThat(create.body().path("n").decimalValue()).isEqualTo("1.50");
        assertThat(create.rawBody()).isEqualTo("{\"external_id\":\"c1\",\"n\":1.50}");
        assertThat(create.kind()).isEqualTo(CallKind.CONTACT_CREATE);
        assertThat(create.status()).isEqualTo(200);
        RecordedRequest find = all.get(1);
        assertThat(find.path()).isEqualTo("/contacts/find_by_external_id/a%2Fb");
        assertThat(find.query()).isEqualTo("x=1");
        assertThat(find.status()).isEqualTo(404);
        assertThat(find.body()).isNull();
        assertThat(sandbox.requests("GET", "/contacts")).containsExactly(find);
        assertThat(sandbox.requests(CallKind.CONTACT_CREATE)).containsExactly(create);
    }

    @Test
    void countsCallsByKind() {
        String id = client.post("/contacts", USER).id();
        client.put("/contacts/" + id, "{}");
        client.get("/contacts/" + id);
        client.post("/contacts/search", "{}");
        client.post("/contacts/" + id + "/archive", null);
        client.post("/events", "{}");
        client.get("/me");
        assertThat(sandbox.calls(CallKind.CONTACT_CREATE)).isEqualTo(1);
        assertThat(sandbox.calls(CallKind.CONTACT_UPDATE)).isEqualTo(1);
        assertThat(sandbox.calls(CallKind.LOOKUP)).isEqualTo(2);
        assertThat(sandbox.calls(CallKind.EVENT)).isEqualTo(1);
        assertThat(sandbox.calls(CallKind.OTHER)).isEqualTo(2);
        assertThat(sandbox.calls()).isEqualTo(7);
        assertThat(sandbox.answered(400)).isEqualTo(2);
        assertThat(sandbox.connections()).isPositive();
    }

    @Test
    void canForgetOldRequestsButStillCountsThem() {
        SandboxConfig small = SandboxConfig.builder().maxRecordedRequests(2).build();
        try (IntercomSandbox forgetful = IntercomSandbox.start(small)) {
            SandboxClient caller = SandboxClient.of(forgetful);
            IntStream.range(0, 5).forEach(i -> caller.get("/me"));
            assertThat(forgetful.requests()).extracting(RecordedRequest::sequence).containsExactly(4L, 5L);
            assertThat(forgetful.calls()).isEqualTo(5);
            assertThat(forgetful.answered(200)).isEqualTo(5);
        }
    }

    @Test
    void latencyHoldsManyRequestsAtOnce() {
        sandbox.settings().latency(Duration.ofHours(1));
        List<CompletableFuture<Reply>> replies = IntStream.range(0, 150)
                .mapToObj(i -> client.sendAsync("GET", "/me", null)).toList();
        await().until(() -> sandbox.calls() == 150);
        assertThat(sandbox.connections()).isEqualTo(150);
        assertThat(replies).allSatisfy(reply -> assertThat(reply).isNotDone());
        sandbox.settings().latency(Duration.ofMillis(1));
        assertThat(client.get("/me").status()).isEqualTo(200);
    }

    @Test
    void canBeClosedTwice() {
        sandbox.close();
        sandbox.close();
        assertThatThrownBy(() -> client.sendOrFail("GET", "/me", null)).isInstanceOf(IOException.class);
    }

    @Test
    void saysThatItsPortIsTaken() {
        SandboxConfig samePort = SandboxConfig.builder().port(sandbox.port()).build();
        assertThatThrownBy(() -> IntercomSandbox.start(samePort)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(String.valueOf(sandbox.port()));
    }

    @Test
    void resetForgetsEverythingButKeepsThePort() {
        int port = sandbox.port();
        client.post("/contacts", USER);
        client.post("/events", "{\"event_name\":\"e\",\"created_at\":1,\"user_id\":\"c1\"}");
        sandbox.seed().dataAttribute("plan", "string");
        sandbox.fault(Fault.status(500).always());
        sandbox.settings().rateLimit(1).revokeToken("sandbox-token").strictAttributes(true).eventNameLimit(0);
        sandbox.reset();
        assertThat(sandbox.requests()).isEmpty();
        assertThat(sandbox.calls()).isZero();
        assertThat(sandbox.calls(CallKind.EVENT)).isZero();
        assertThat(sandbox.contacts()).isEmpty();
        assertThat(sandbox.events()).isEmpty();
        assertThat(sandbox.dataAttributes()).isEmpty();
        assertThat(sandbox.port()).isEqualTo(port);
        Reply created = client.post("/contacts", "{\"external_id\":\"c1\",\"custom_attributes\":{\"x\":1}}");
        assertThat(created.status()).isEqualTo(200);
        assertThat(created.header("X-RateLimit-Limit")).contains("1666");
        assertThat(client.post("/events", "{\"event_name\":\"e\",\"created_at\":1,\"user_id\":\"c1\"}").status())
                .isEqualTo(202);
        assertThat(sandbox.events()).hasSize(1);
        assertThat(sandbox.requests().get(0).sequence()).isEqualTo(1);
    }
}
