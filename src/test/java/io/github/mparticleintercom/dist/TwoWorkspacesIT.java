package io.github.mparticleintercom.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.bundle.ExternalBroker;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.StoredEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two workspaces: two processes on one broker, with the settings that the README names. */
class TwoWorkspacesIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    @Test
    void nothingCrossesOverAndOneGoesOnWithoutTheOther() throws Exception {
        try (ExternalBroker broker = ExternalBroker.start(folder.resolve("broker"));
                IntercomSandbox ofOne = IntercomSandbox.start(); IntercomSandbox ofTwo = IntercomSandbox.start();
                BundleProcess two = start("two", ofTwo, broker)) {
            try (BundleProcess one = start("one", ofOne, broker)) {
                for (BundleProcess bundle : List.of(one, two, one, two)) {
                    post(bundle, "both");
                }
                send(broker, "one.batches", "of-one");
                send(broker, "two.batches", "of-two");
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(names(ofOne)).containsExactlyInAnyOrder("both", "of-one"));
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(names(ofTwo)).containsExactlyInAnyOrder("both", "of-two"));
                one.kill();
            }
            assertThat(audit("one")).contains("of-one").doesNotContain("of-two");
            assertThat(audit("two")).contains("of-two").doesNotContain("of-one");

            send(broker, "one.batches", "later");
            post(two, "meanwhile");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(names(ofTwo)).contains("meanwhile"));
            try (BundleProcess again = start("one", ofOne, broker)) {
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(names(ofOne)).as(again.log())
                        .containsExactlyInAnyOrder("both", "of-one", "later"));
            }
            assertThat(names(ofTwo)).containsExactlyInAnyOrder("both", "of-two", "meanwhile");
        }
    }

    private BundleProcess start(String name, IntercomSandbox workspace, ExternalBroker broker) throws IOException {
        Map<String, String> settings = BundleProcess.to(workspace,
                "MPARTICLE_INTERCOM_BROKER_URL", broker.url(),
                "MPARTICLE_INTERCOM_BROKER_REQUESTS_QUEUE", name + ".requests",
                "MPARTICLE_INTERCOM_BROKER_DEAD_LETTER_QUEUE", name + ".dead",
                "MPARTICLE_INTERCOM_JMS_QUEUE", name + ".batches");
        return BundleProcess.start(folder.resolve(name), settings);
    }

    private static void post(BundleProcess bundle, String event) throws Exception {
        assertThat(bundle.post(batch(event)).statusCode()).isEqualTo(202);
    }

    private static void send(ExternalBroker broker, String queue, String event) {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(broker.url()); var context = factory.createContext()) {
            context.createProducer().send(context.createQueue(queue), batch(event));
        }
    }

    private static String batch(String event) {
        return """
                {"batch_id": "%1$s", "user_identities": {"customer_id": "%1$s"}, "events": [{"event_type": "custom_event", \
                "data": {"event_id": "%1$s", "event_name": "%1$s", "timestamp_unixtime_ms": 1700000000000}}]}""".formatted(event);
    }

    private static List<String> names(IntercomSandbox intercom) {
        return intercom.events().stream().map(StoredEvent::name).toList();
    }

    private String audit(String name) throws IOException {
        return Files.readString(folder.resolve(name).resolve("audit.jsonl"));
    }
}
