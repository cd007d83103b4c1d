package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.broker.QueueSnapshot;
import io.github.mparticleintercom.broker.QueueStatus;
import io.github.mparticleintercom.metrics.Metrics;
import io.github.mparticleintercom.sandbox.ActiveFault;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import io.github.mparticleintercom.sandbox.StoredEvent;
import io.micrometer.core.instrument.Counter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that fail while others could go through hold nobody up, and stay in the order of their user. */
class RetryQueueTest {

    private IntercomSandbox intercom;

    @BeforeEach
    void start() {
        intercom = IntercomSandbox.start(SandboxConfig.builder().noRateLimit().build());
    }

    @AfterEach
    void stop() {
        intercom.close();
    }

    private Bundle.Builder bundle() {
        return Bundle.builder().to(intercom).set("throttle.requests-per-window", "100000")
                .set("throttle.window-millis", "1000").set("deliver.max-attempts", "1000");
    }

    /** Every request of these users fails. */
    private ActiveFault poison(String users) {
        return intercom.fault(Fault.status(500).matching(call -> call.body() != null
                && (call.body().path("user_id").asText().startsWith(users)
                || call.body().path("external_id").asText().startsWith(users))).always());
    }

    @Test
    void letsOthersPastAsManyPoisonedUsersAsThereAreConsumers() throws Exception {
        poison("poisoned-");
        try (Bundle bundle = bundle().set("deliver.concurrency", "64").set("deliver.max-attempts", "4").start()) {
            IntStream.range(0, 64).forEach(user -> bundle.send(Batches.of("poisoned-" + user, 1)));
            IntStream.range(0, 200).forEach(user -> bundle.send(Batches.of("other-" + user, 2)));

            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(intercom.events()).hasSize(400));
            for (int user = 0; user < 200; user++) {
                assertInOrder("other-" + user, 2);
            }
            AtomicInteger more = new AtomicInteger();
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                bundle.send(Batches.event("more-" + more.incrementAndGet(), "Opened"));
                assertThat(bundle.dead()).hasSize(128);
            });
            assertThat(bundle.dead()).extracting(dead -> dead.getStringProperty("reason")).containsOnly("intercom-unavailable");
            assertThat(bundle.dead()).extracting(dead -> dead.getIntProperty("attempts")).allMatch(attempts -> attempts >= 4);
            await().untilAsserted(() -> assertThat(waiting(bundle)).isZero());
            // recorded as all others are, once each
            await().untilAsserted(() -> assertThat(recorded(bundle, "dead_lettered")).isEqualTo(128));
        }
    }

    @Test
    void keepsTheOrderOfAUserWhoseRequestsAreTriedApart(@TempDir Path folder) throws Exception {
        ActiveFault poison = poison("slow");
        try (Bundle bundle = bundle().in(folder).start()) {
            bundle.send(Batches.of("slow", 2));
            othersUntil(bundle, () -> assertThat(retries(bundle)).isPositive());
            bundle.send(Batches.of("slow", 3));
            othersUntil(bundle, () -> assertThat(snapshot(bundle).waiting() - retries(bundle)).isZero());
        }
        try (Bundle bundle = bundle().in(folder).start()) {
            bundle.send(Batches.of("slow", 3));
            othersUntil(bundle, () -> assertThat(snapshot(bundle).waiting() - retries(bundle)).isZero());
            assertThat(intercom.contactByExternalId("slow")).isEmpty();
            poison.remove();
            bundle.send(Batches.of("slow", 2));

            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertInOrder("slow", 10));
            await().untilAsserted(() -> assertThat(waiting(bundle)).isZero());
            // and from now on the straight way again
            bundle.send(Batches.of("slow", 1));
            await().untilAsserted(() -> assertInOrder("slow", 11));
            assertThat(bundle.dead()).isEmpty();
        }
        assertThat(intercom.swallowedEvents()).isEmpty();
    }

    @Test
    void movesNothingInAnOutageOfEverything() throws Exception {
        ActiveFault outage = intercom.fault(Fault.status(503).always());
        try (Bundle bundle = bundle().set("deliver.max-attempts", "2").start()) {
            IntStream.range(0, 20).forEach(user -> bundle.send(Batches.of("c" + user, 2)));
            await().until(() -> outage.hits() > 200);
            assertThat(retries(bundle)).isZero();
            assertThat(bundle.dead()).isEmpty();
            outage.remove();

            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(40));
            assertThat(bundle.dead()).isEmpty();
        }
    }

    private void othersUntil(Bundle bundle, org.awaitility.core.ThrowingRunnable condition) {
        AtomicInteger others = new AtomicInteger();
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            bundle.send(Batches.event("other-" + System.nanoTime() + others.incrementAndGet(), "Opened"));
            condition.run();
        });
    }

    private void assertInOrder(String user, int events) {
        String id = intercom.contactByExternalId(user).orElseThrow(() -> new AssertionError("No " + user)).id();
        assertThat(intercom.events(id)).hasSize(events).extracting(StoredEvent::createdAt).isSorted();
    }

    private static QueueSnapshot snapshot(Bundle bundle) {
        QueueStatus status = bundle.bean("mparticleIntercomQueueStatus", QueueStatus.class);
        status.refresh();
        return status.snapshot();
    }

    /** How many requests came to this end. */
    private static double recorded(Bundle bundle, String outcome) {
        return bundle.bean("mparticleIntercomMetrics", Metrics.class).counters("requests")
                .filter(counter -> outcome.equals(counter.getId().getTag("outcome"))).mapToDouble(Counter::count).sum();
    }

    /** How many requests lie on the retry queue, with those that its consumers have in hand. */
    private static long retries(Bundle bundle) {
        return snapshot(bundle).retries();
    }

    private static long waiting(Bundle bundle) {
        return snapshot(bundle).waiting();
    }
}
