package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.sandbox.ActiveFault;
import io.github.mparticleintercom.sandbox.CallKind;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.RecordedRequest;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import jakarta.jms.Connection;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.ServiceStatus;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How requests are handled that Intercom does not take at once. */
class FailureTest extends WithIntercom {

    @ParameterizedTest
    @ValueSource(ints = {408, 500, 502, 503, 504})
    void triesAgainWhileIntercomIsUnavailable(int status) throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).start()) {
            intercom.fault(Fault.status(status).times(5));
            bundle.send(Batches.of("c1", 2));

            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(2));
            assertThat(intercom.answered(status)).isEqualTo(5);
            assertThat(bundle.dead()).isEmpty();
        }
    }

    @Test
    void triesAgainAfterDroppedConnectionsAndMissingAnswers() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).set("intercom.response-timeout-millis", "300").start()) {
            intercom.fault(Fault.dropBefore().on(CallKind.EVENT).times(2));
            intercom.fault(Fault.dropAfter().on(CallKind.EVENT).times(2));
            intercom.fault(Fault.hang().on(CallKind.EVENT).times(1));
            bundle.send(Batches.of("c1", 2));

            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(2));
            assertThat(bundle.dead()).isEmpty();
        }
    }

    /** Answers of one kind to contacts that are made, brought back or updated, each of which leads to another call. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            there, and not there         | 409 | already exists with id=abc123                          | 404 | User Not Found
            brought back, and archived   | 409 | An archived contact matching those details: id=abc123  | 409 | An archived contact matching those details: id=abc123
            an attribute that is not sent | 400 | Custom attribute 'ghost' does not exist                | 400 | Custom attribute 'ghost' does not exist
            """)
    void waitsWhenAnswersLeadRoundInCircles(String circle, int toNew, String message, int toKnown, String otherMessage) throws Exception {
        intercom.fault(Fault.status(200).body("{\"type\": \"contact\", \"id\": \"abc123\"}")
                .matching(call -> call.path().endsWith("/abc123/unarchive")).always());
        ActiveFault there = intercom.fault(error(toNew, message).matching(call -> isContact(call, "POST")).always());
        ActiveFault notThere = intercom.fault(error(toKnown, otherMessage).matching(call -> isContact(call, "PUT")).always());
        try (Bundle bundle = Bundle.builder().to(intercom).set("deliver.max-attempts", "2").start()) {
            ObjectNode profile = Batches.of("circled", 0);
            profile.putObject("user_attributes").put("$firstname", "Ada");
            bundle.send(profile);
            await().untilAsserted(() -> {
                bundle.send(Batches.of("c" + System.nanoTime(), 1));
                assertThat(bundle.dead()).hasSize(1);
            });
            int attempts = bundle.dead().get(0).getIntProperty("attempts");
            assertThat(there.hits() + notThere.hits()).as(circle).isBetween(2 * attempts, 16 * attempts);
        }
    }

    private static Fault error(int status, String message) {
        return Fault.status(status).body("{\"type\": \"error.list\", \"errors\": [{\"code\": \"%s\", \"message\": \"%s\"}]}".formatted(
                status == 409 ? "conflict" : status == 404 ? "not_found" : "parameter_invalid", message));
    }

    private static boolean isContact(RecordedRequest call, String method) {
        return call.method().equals(method) && (call.path().endsWith("/abc123")
                || call.body() != null && call.body().path("external_id").asText().equals("circled"));
    }

    @Test
    void triesAgainWhenNobodyListens() throws Exception {
        int port = intercom.port();
        intercom.close();
        try (Bundle bundle = Bundle.builder().to(intercom).start()) {
            bundle.send(Batches.of("c1", 1));
            intercom = IntercomSandbox.start(SandboxConfig.builder().port(port).build());

            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));
        }
    }

    @Test
    void deadLettersWhatIntercomRefusesAndGoesOn() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).start()) {
            intercom.fault(Fault.status(422).body("""
                    {"type": "error.list", "request_id": "req-1", "errors": [{"code": "parameter_invalid", "message": "no"}]}
                    """).on(CallKind.EVENT));
            bundle.send(Batches.of("c1", 2));

            await().untilAsserted(() -> assertThat(bundle.dead()).hasSize(1));
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));
            Message dead = bundle.dead().get(0);
            assertThat(dead.getStringProperty("reason")).isEqualTo("intercom-refused");
            assertThat(dead.getIntProperty("status")).isEqualTo(422);
            assertThat(dead.getStringProperty("intercomCode")).isEqualTo("parameter_invalid");
            assertThat(dead.getStringProperty("intercomRequestId")).isEqualTo("req-1");
            assertThat(dead.getStringProperty("operation")).isEqualTo("event");
            assertThat(dead.getBody(String.class)).contains("\"user_id\":\"c1\"");
        }
    }

    @Test
    void deadLettersWhatItCannotHandleItselfAndGoesOn() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).start()) {
            try (Connection connection = bundle.connect()) {
                Session session = connection.createSession();
                Message noEvent = session.createTextMessage("[]");
                noEvent.setStringProperty("operation", "event");
                noEvent.setStringProperty("userKey", "c1");
                noEvent.setStringProperty("stableId", "s1");
                session.createProducer(session.createQueue("mparticle-intercom.requests")).send(noEvent);
            }
            bundle.send(Batches.event("c1", "Opened"));

            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));
            await().untilAsserted(() -> assertThat(bundle.dead()).extracting(dead -> dead.getStringProperty("reason"))
                    .containsExactly("internal-error"));
        }
    }

    @Test
    void deadLettersARequestThatFailsForEverWhileOthersGoThrough() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).set("deliver.max-attempts", "3").start()) {
            intercom.fault(Fault.status(500).matching(call -> call.body() != null
                    && call.body().path("event_name").asText().equals("Poison")).always());
            bundle.send(Batches.event("poisoned", "Poison"));
            AtomicInteger others = new AtomicInteger();
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                // many users: one that shares the poisoned one's consumer waits behind it
                bundle.send(Batches.event("healthy-" + others.incrementAndGet(), "Opened"));
                assertThat(bundle.dead()).hasSize(1);
            });

            assertThat(bundle.dead().get(0).getStringProperty("reason")).isEqualTo("intercom-unavailable");
            // more than that only while nothing else went through
            assertThat(intercom.answered(500)).isGreaterThanOrEqualTo(3);
        }
    }

    @Test
    void neverDeadLettersInAnOutage() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).set("deliver.max-attempts", "2").start()) {
            var outage = intercom.fault(Fault.status(503).always());
            IntStream.range(0, 10).forEach(user -> bundle.send(Batches.of("c" + user, 2)));
            await().until(() -> outage.hits() > 100);
            assertThat(bundle.dead()).isEmpty();
            outage.remove();

            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(20));
            assertThat(bundle.dead()).isEmpty();
        }
    }

    @Test
    void waitsWithAllConsumersForTheMomentThatA429Names() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).set("deliver.concurrency", "4").start()) {
            bundle.send(Batches.event("first", "Opened"));
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));
            intercom.fault(Fault.status(429).header("Retry-After", "1").on(CallKind.CONTACT_CREATE));
            IntStream.range(0, 20).forEach(user -> bundle.send(Batches.of("c" + user, 1)));

            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(intercom.events()).hasSize(21));
            assertThat(intercom.tooManyRequests()).isEqualTo(1);
            Instant refused = intercom.requests().stream().filter(call -> call.status() == 429).findFirst().orElseThrow().time();
            // those that were under way may still arrive
            assertThat(intercom.requests()).filteredOn(call -> call.time().isAfter(refused)
                    && call.time().isBefore(refused.plusMillis(950))).hasSizeLessThanOrEqualTo(3);
            assertThat(bundle.dead()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void stopsAtARefusedCredentialAndGoesOnWhenItIsFixed(boolean revoked) throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).start()) {
            if (revoked) {
                intercom.settings().revokeToken(SandboxConfig.DEFAULT_TOKEN);
            } else {
                intercom.settings().forbidToken(SandboxConfig.DEFAULT_TOKEN);
            }
            IntStream.range(0, 10).forEach(user -> bundle.send(Batches.of("c" + user, 1)));
            await().untilAsserted(() -> assertThat(status(bundle)).isEqualTo(ServiceStatus.Suspended));

            assertThat(health(bundle).orElseThrow().getMessage().orElse("")).contains(revoked ? "401" : "403");
            assertThat(bundle.dead()).isEmpty();
            await().untilAsserted(() -> assertThat(bundle.waiting()).hasSize(20));

            intercom.settings().restoreToken(SandboxConfig.DEFAULT_TOKEN);
            bundle.context().createProducerTemplate().sendBody("direct:mparticle-intercom-resume", null);
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(10));
            assertThat(health(bundle)).isEmpty();
            assertThat(bundle.dead()).isEmpty();
        }
    }

    @Test
    void deliversAfterARestartWhatWasAcceptedBefore(@TempDir Path folder) throws Exception {
        var outage = intercom.fault(Fault.status(503).always());
        // nothing that is under way will finish
        try (Bundle bundle = Bundle.builder().to(intercom).in(folder).camel("camel.main.shutdown-timeout", "1").start()) {
            IntStream.range(0, 10).forEach(user -> bundle.send(Batches.of("c" + user, 3)));
            await().until(() -> outage.hits() > 5);
        }
        outage.remove();
        try (Bundle bundle = Bundle.builder().to(intercom).in(folder).start()) {
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(30));
            await().untilAsserted(() -> assertThat(bundle.waiting()).isEmpty());
        }
        assertThat(intercom.requests()).extracting(RecordedRequest::status).contains(503, 202);
    }

    private static ServiceStatus status(Bundle bundle) {
        return bundle.context().getRouteController().getRouteStatus("mparticle-intercom-deliver");
    }

    /** What is wrong with delivery, if anything is: Camel lists only checks that are down. */
    private static Optional<HealthCheck.Result> health(Bundle bundle) {
        return HealthCheckHelper.invoke(bundle.context()).stream()
                .filter(result -> result.getCheck().getId().equals("mparticle-intercom-delivery")).findFirst();
    }
}
