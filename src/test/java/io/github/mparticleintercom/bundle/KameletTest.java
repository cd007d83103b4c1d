package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.StoredEvent;
import io.github.mparticleintercom.settings.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The Kamelet {@code mparticle-intercom-sink}, found where camel-kamelet looks for it. */
class KameletTest extends WithIntercom {

    private Bundle with(String kamelet) throws Exception {
        Bundle bundle = Bundle.builder().to(intercom).set("intercom.app-id", "workspace-1").start();
        bundle.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:first").to(kamelet);
                from("direct:second").to(kamelet);
            }
        });
        return bundle;
    }

    @Test
    void deliversAndAnswersWithTheReceipt() throws Exception {
        try (Bundle bundle = with("kamelet:mparticle-intercom-sink?source=shop&appId=workspace-1")) {
            JsonNode receipt = Json.MAPPER.readTree(bundle.context().createProducerTemplate()
                    .requestBody("direct:first", Batches.event("c1", "First"), String.class));
            bundle.context().createProducerTemplate().sendBody("direct:second", Batches.event("c1", "Second"));

            assertThat(receipt.at("/queued/events").asInt()).isEqualTo(1);
            await().untilAsserted(() -> assertThat(intercom.events()).extracting(StoredEvent::name)
                    .containsExactly("First", "Second"));
            intercom.fault(Fault.status(422).always());
            bundle.context().createProducerTemplate().sendBody("direct:first", Batches.event("c1", "Refused"));
            await().untilAsserted(() -> assertThat(bundle.dead()).hasSize(1));
            assertThat(bundle.dead().get(0).getStringProperty("source")).isEqualTo("shop");
        }
    }

    @Test
    void needsNoParameters() throws Exception {
        try (Bundle bundle = with("kamelet:mparticle-intercom-sink")) {
            bundle.context().createProducerTemplate().sendBody("direct:first", Batches.event("c1", "First"));

            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));
        }
    }

    @Test
    void refusesABatchForAnotherWorkspace() throws Exception {
        try (Bundle bundle = with("kamelet:mparticle-intercom-sink?appId=workspace-2")) {
            assertThatThrownBy(() -> bundle.context().createProducerTemplate()
                    .sendBody("direct:first", Batches.event("c1", "First")))
                    .hasCauseInstanceOf(SettingsException.class).hasStackTraceContaining("workspace-2");
            assertThat(bundle.waiting()).isEmpty();
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void describesEveryProperty() throws IOException {
        try (InputStream file = getClass().getResourceAsStream("/kamelets/mparticle-intercom-sink.kamelet.yaml")) {
            Map<String, Object> kamelet = (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromInputStream(file);
            Map<String, Object> definition = (Map<String, Object>) ((Map<String, Object>) kamelet.get("spec")).get("definition");
            Map<String, Map<String, Object>> properties = new TreeMap<>((Map<String, Map<String, Object>>) definition.get("properties"));

            assertThat(properties.keySet()).containsExactly("appId", "source");
            assertThat(properties.values()).allSatisfy(property -> assertThat(property)
                    .containsKeys("title", "description", "type", "default"));
        }
    }
}
