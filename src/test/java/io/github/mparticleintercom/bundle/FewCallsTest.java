package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.sandbox.CallKind;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.StoredEvent;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls to Intercom are what there is too little of. */
class FewCallsTest {

    private IntercomSandbox intercom;

    @BeforeEach
    void start() {
        intercom = IntercomSandbox.start(
                io.github.mparticleintercom.sandbox.SandboxConfig.builder().noRateLimit().build());
    }

    @AfterEach
    void stop() {
        intercom.close();
    }

    @Test
    void anUnchangedProfileCostsNoCall() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).start()) {
            for (int post = 0; post < 10; post++) {
                bundle.send(Batches.of("c1", 1));
            }
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(10));
            await().untilAsserted(() -> assertThat(bundle.waiting()).isEmpty());
            assertThat(intercom.calls()).isEqualTo(11);

            bundle.send(withPlan("c1", "team"));
            bundle.send(withPlan("c1", "team"));
            bundle.send(withPlan("c1", "pro"));
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(13));
            await().untilAsserted(() -> assertThat(bundle.waiting()).isEmpty());
            assertThat(intercom.calls(CallKind.CONTACT_UPDATE)).isEqualTo(2);
            assertThat(plan("c1")).isEqualTo("pro");
        }
    }

    @Test
    void anUpdateThatWasNotTakenIsNotTakenForKnown() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).start()) {
            bundle.send(withPlan("c1", "free"));
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));
            intercom.fault(Fault.status(422).on(CallKind.CONTACT_UPDATE));
            bundle.send(withPlan("c1", "team"));
            await().untilAsserted(() -> assertThat(bundle.dead()).hasSize(1));

            bundle.send(withPlan("c1", "team"));
            await().untilAsserted(() -> assertThat(plan("c1")).isEqualTo("team"));
        }
    }

    /** A day of single-event posts, each with the whole profile: at most 1.15 calls for an event, from a cold start. */
    @Test
    void aDaysTraceCostsLittleMoreThanItsEvents() throws Exception {
        int users = 100;
        int events = 1000;
        try (Bundle bundle = Bundle.builder().to(intercom).set("deliver.concurrency", "20")
                .set("throttle.requests-per-window", "100000").start()) {
            for (int i = 0; i < events; i++) {
                bundle.send(Batches.of("user-" + i * 31 % users, 1));
            }
            await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(intercom.events()).hasSize(events));
            assertThat(intercom.calls()).isLessThanOrEqualTo(events * 115 / 100);
            assertThat(intercom.contacts()).hasSize(users);
        }
    }

    @Test
    void protectsEventsOfTheSameSecondInSinglePosts() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).start()) {
            for (int id = 1; id <= 3; id++) {
                bundle.send("""
                        {"batch_id": %d, "user_identities": {"customer_id": "c1"}, "events": [{"event_type": "custom_event",
                         "data": {"event_id": %d, "event_name": "Clicked", "timestamp_unixtime_ms": 1700000000%d00}}]}
                        """.formatted(id, id, id));
            }
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(3));
            assertThat(intercom.events()).extracting(StoredEvent::createdAt)
                    .containsExactlyInAnyOrder(1_700_000_000L, 1_700_000_001L, 1_700_000_002L);
            assertThat(intercom.swallowedEvents()).isEmpty();
        }
    }

    private String plan(String customerId) {
        return intercom.contactByExternalId(customerId).orElseThrow().customAttribute("plan").asText();
    }

    private static ObjectNode withPlan(String customerId, String plan) {
        ObjectNode batch = Batches.of(customerId, 1);
        batch.withObject("user_attributes").put("plan", plan);
        return batch;
    }
}
