package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import org.junit.jupiter.api.Test;

/** What batches would become, shown before anything is sent. */
class PreviewTest {

    private static final String BATCH = """
            {"batch_id": 1, "timestamp_unixtime_ms": 1700000000000, "user_identities": {"customer_id": "c1"},
             "user_attributes": {"a.b": "x"}, "events": [
              {"event_type": "custom_event", "data": {"event_id": 1, "event_name": "Opened",
               "custom_attributes": {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6}}},
              {"event_type": "session_start", "data": {"event_id": 2}},
              {"event_type": "custom_event", "data": {"event_id": 3}}]}
            """;

    @Test
    void showsTheVeryRequestsThatDeliveryMakesAndSendsNothing() throws Exception {
        try (IntercomSandbox intercom = IntercomSandbox.start(); Bundle bundle = Bundle.builder().to(intercom).start()) {
            JsonNode preview = Json.MAPPER.readTree(bundle.context().createProducerTemplate()
                    .requestBody("direct:mparticle-intercom-preview", BATCH, String.class));

            assertThat(bundle.waiting()).isEmpty();
            assertThat(bundle.dead()).isEmpty();
            assertThat(intercom.calls()).isZero();
            JsonNode receipt = bundle.send(BATCH);
            assertThat(preview.get("receipt")).isEqualTo(receipt);
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));
            assertThat(preview.get("requests")).hasSize(intercom.calls());
            for (int i = 0; i < intercom.calls(); i++) {
                assertThat(preview.at("/requests/" + i + "/path").asText()).isEqualTo(intercom.requests().get(i).path());
                assertThat(preview.at("/requests/" + i + "/body")).isEqualTo(intercom.requests().get(i).body());
            }
        }
    }

    @Test
    void isForAuthorisedCallersOnly() throws Exception {
        try (Bundle bundle = Bundle.builder().watched().set("http.authorization", "Bearer secret").start()) {

            assertThat(Post.toManagement(bundle, "/preview").send(BATCH).status()).isEqualTo(401);
            Post.Reply reply = Post.toManagement(bundle, "/preview").with("Authorization", "Bearer secret").send(BATCH);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.json().at("/requests/0/path").asText()).isEqualTo("/contacts");
            assertThat(reply.json().at("/receipt/changed/too-many-attributes").asInt()).isEqualTo(1);
        }
    }
}
