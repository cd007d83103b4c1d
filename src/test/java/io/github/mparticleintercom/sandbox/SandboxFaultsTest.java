package io.github.mparticleintercom.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.sandbox.SandboxClient.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults made on demand. */
class SandboxFaultsTest {

    private static final String USER = "{\"external_id\":\"c1\"}";

    private IntercomSandbox sandbox;
    private SandboxClient client;

    @BeforeEach
    void start() {
        sandbox = IntercomSandbox.start();
        client = SandboxClient.of(sandbox);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({"400,parameter_invalid", "401,unauthorized", "402,api_plan_restricted", "403,forbidden",
        "404,not_found", "408,request_timeout", "409,conflict", "418,client_error", "422,unprocessable_entity",
        "429,rate_limit_exceeded", "500,server_error", "502,server_error", "503,service_unavailable"})
    void answersWithAStatusOnce(int status, String code) {
        ActiveFault fault = sandbox.fault(Fault.status(status));
        Reply failed = client.post("/contacts", USER);
        assertThat(failed.status()).isEqualTo(status);
        assertThat(failed.code()).isEqualTo(code);
        assertThat(failed.header("X-RateLimit-Remaining")).contains("1665");
        assertThat(sandbox.contacts()).isEmpty();
        assertThat(client.post("/contacts", USER).status()).isEqualTo(200);
        assertThat(fault.hits()).isEqualTo(1);
        assertThat(sandbox.answered(status)).isEqualTo(1);
    }

    @Test
    void answersWithABodyAndHeadersOfChoice() {
        sandbox.fault(Fault.status(503).body("<html>down</html>").header("Content-Type", "text/html")
                .header("Retry-After", "7").header("X-RateLimit-Limit", "5"));
        Reply reply = client.get("/me");
        assertThat(reply.text()).isEqualTo("<html>down</html>");
        assertThat(reply.header("Content-Type")).contains("text/html");
        assertThat(reply.header("Retry-After")).contains("7");
        assertThat(reply.raw().headers().allValues("X-RateLimit-Limit")).containsExactly("5");
    }

    @Test
    void matchesByMethodPathKindAndContent() {
        sandbox.fault(Fault.status(500).on("POST", "/contacts").times(2));
        sandbox.fault(Fault.status(502).on(CallKind.EVENT).always());
        sandbox.fault(Fault.status(504).matching(request -> request.rawBody().contains("bad")));
        assertThat(client.get("/me").status()).isEqualTo(200);
        assertThat(client.post("/contacts", USER).status()).isEqualTo(500);
        assertThat(client.post("/events", "{}").status()).isEqualTo(502);
        assertThat(client.post("/contacts", "{\"external_id\":\"bad\"}").status()).isEqualTo(500);
        assertThat(client.post("/contacts", "{\"external_id\":\"bad\"}").status()).isEqualTo(504);
        assertThat(client.post("/contacts", USER).status()).isEqualTo(200);
        assertThat(client.post("/events", "{}").status()).isEqualTo(502);
    }

    @Test
    void aBrokenConditionIsReportedInsteadOfHanging() {
        sandbox.fault(Fault.status(503).matching(request -> request.body().has("x")));
        Reply reply = client.get("/me");
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.message()).contains("NullPointerException");
    }

    @Test
    void canBeRemoved() {
        ActiveFault fault = sandbox.fault(Fault.status(500).always());
        assertThat(client.get("/me").status()).isEqualTo(500);
        assertThat(client.get("/me").status()).isEqualTo(500);
        fault.remove();
        assertThat(client.get("/me").status()).isEqualTo(200);
        sandbox.fault(Fault.status(500).always());
        sandbox.clearFaults();
        assertThat(client.get("/me").status()).isEqualTo(200);
    }

    @Test
    void dropsTheConnectionBeforeProcessing() {
        sandbox.fault(Fault.dropBefore());
        assertThatThrownBy(() -> client.sendOrFail("POST", "/contacts", USER)).isInstanceOf(IOException.class);
        assertThat(sandbox.contacts()).isEmpty();
        assertThat(sandbox.requests()).extracting(RecordedRequest::status)
                .containsExactly(RecordedRequest.DROPPED);
        assertThat(client.post("/contacts", USER).status()).isEqualTo(200);
    }

    @Test
    void dropsTheConnectionAfterProcessing() {
        sandbox.fault(Fault.dropAfter());
        assertThatThrownBy(() -> client.sendOrFail("POST", "/contacts", USER)).isInstanceOf(IOException.class);
        assertThat(sandbox.contactByExternalId("c1")).isPresent();
        assertThat(client.post("/contacts", USER).status()).isEqualTo(409);
    }

    @Test
    void hangsUntilReleased() {
        ActiveFault fault = sandbox.fault(Fault.hang().on("POST", "/contacts"));
        CompletableFuture<Reply> reply = client.sendAsync("POST", "/contacts", USER);
        await().until(() -> fault.waiting() == 1);
        assertThat(client.get("/me").status()).isEqualTo(200);
        assertThat(reply).isNotDone();
        assertThat(sandbox.contacts()).isEmpty();
        assertThat(sandbox.requests().get(0).status()).isEqualTo(RecordedRequest.NOT_ANSWERED);
        fault.release();
        assertThat(reply.join().status()).isEqualTo(200);
        assertThat(sandbox.contacts()).hasSize(1);
        assertThat(fault.waiting()).isZero();
    }

    @Test
    void resetGivesUpHangingRequests() {
        ActiveFault fault = sandbox.fault(Fault.hang());
        CompletableFuture<Reply> reply = client.sendAsync("POST", "/contacts", USER);
        await().until(() -> fault.waiting() == 1);
        sandbox.reset();
        assertThatThrownBy(reply::join).isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IOException.class);
        assertThat(sandbox.contacts()).isEmpty();
        assertThat(sandbox.answered(RecordedRequest.DROPPED)).isZero();
    }

    @Test
    void answersLateButProcessesAtOnce() {
        sandbox.fault(Fault.latency(Duration.ofHours(1)));
        CompletableFuture<Reply> reply = client.sendAsync("POST", "/contacts", USER);
        await().until(() -> sandbox.contacts().size() == 1);
        assertThat(client.get("/me").status()).isEqualTo(200);
        assertThat(reply).isNotDone();
        assertThat(sandbox.requests().get(0).status()).isEqualTo(RecordedRequest.NOT_ANSWERED);
    }
}
