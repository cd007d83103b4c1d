package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.sandbox.CallKind;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import org.junit.jupiter.api.Test;

/** The way of a batch from the entry to Intercom. */
class DeliverTest {

    private static final String BATCH = """
            {"batch_id": 1, "timestamp_unixtime_ms": 1700000000123, "user_identities": {"customer_id": "c1"},
             "user_attributes": {"plan": "pro"},
             "events": [{"event_type": "custom_event", "data": {"event_id": 2, "event_name": "Signed up"}}]}
            """;

    @Test
    void tellsIntercomOfTheContactFirstAndOfItsEventAfter() throws Exception {
        try (IntercomSandbox intercom = IntercomSandbox.start(); Bundle bundle = Bundle.builder().to(intercom).start()) {
            JsonNode receipt = bundle.send(BATCH);

            assertThat(receipt.at("/queued/contacts").asInt()).isEqualTo(1);
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));
            assertThat(intercom.requests()).extracting(request -> request.kind())
                    .containsExactly(CallKind.CONTACT_CREATE, CallKind.EVENT);
            assertThat(intercom.contactByExternalId("c1")).isPresent();
            await().untilAsserted(() -> assertThat(bundle.waiting()).isEmpty());
            assertThat(bundle.dead()).isEmpty();
        }
    }
}
