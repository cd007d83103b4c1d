package io.github.mparticleintercom.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.bundle.Bundle;
import io.github.mparticleintercom.bundle.ExternalBroker;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.RecordedRequest;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.broker.BrokerService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The recipes for brokers do what their titles say, from the text that is printed. The others are those of the README's table. */
class RecipesTest {

    private static final String BATCH = """
            {"batch_id": "b1", "timestamp_unixtime_ms": 1700000000123, "user_identities": {"customer_id": "c1"},
             "user_attributes": {"plan": "pro"}, "events": [
              {"event_type": "custom_event", "data": {"event_id": "e1", "event_name": "Signed up", "custom_attributes":
               {"a": "1", "b": "2", "c": "3", "d": "4", "e": "5", "f": "6", "g": "7", "h": "8", "i": "9", "j": "10"}}},
              {"event_type": "custom_event", "data": {"event_id": "e2", "event_name": "Opened"}},
              {"event_type": "commerce_event", "data": {"event_id": "e3", "product_action": {"action": "purchase",
               "total_amount": 9.5}}}]}""";

    @TempDir
    Path home;
    private IntercomSandbox intercom;

    @BeforeEach
    void startIntercom() {
        intercom = IntercomSandbox.start();
    }

    @AfterEach
    void stopIntercom() {
        intercom.close();
    }

    @Test
    void jarsAreThoseThatAreTested() throws Exception {
        String classPath = System.getProperty("java.class.path");
        List<String> kafka = Recipe.of("Take batches from Kafka").jars();
        assertThat(kafka).hasSize(2).allSatisfy(jar -> assertThat(classPath).contains(jar));
        List<String> activemq = Recipe.of("Take batches from an existing ActiveMQ Classic").jars();
        assertThat(activemq).hasSize(2).allSatisfy(jar -> assertThat(classPath).contains(jar));
    }

    @Test
    void artemis() throws Exception {
        try (ExternalBroker broker = ExternalBroker.start(home.resolve("artemis"));
                Bundle bundle = builder("Run behind an existing Artemis").set("broker.url", broker.url())
                        .set("jms.enabled", "true").start()) {
            send(new org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory(broker.url()));
            awaitEvents(intercom, "Signed up", "Opened", "purchase");
            assertThat(bundle.folder().resolve("data/journal")).doesNotExist();
        }
    }

    @Test
    void activemq() throws Exception {
        BrokerService broker = new BrokerService();
        broker.setPersistent(false);
        broker.setUseJmx(false);
        broker.setUseShutdownHook(false);
        broker.addConnector("tcp://127.0.0.1:0");
        broker.start();
        String url = broker.getTransportConnectors().get(0).getPublishableConnectString();
        try (Bundle ignored = start("Take batches from an existing ActiveMQ Classic", "activemq.url", url)) {
            send(new ActiveMQConnectionFactory(url));
            awaitEvents(intercom, "Signed up", "Opened", "purchase");
        } finally {
            broker.stop();
        }
    }

    private Bundle start(String title, String... setting) throws Exception {
        Bundle.Builder builder = builder(title);
        for (int i = 0; i < setting.length; i += 2) {
            builder.camel(setting[i], setting[i + 1]);
        }
        return builder.start();
    }

    private Bundle.Builder builder(String title) throws Exception {
        return Bundle.builder().to(intercom).from(Recipe.of(title).in(home.resolve("1")));
    }

    private static void send(ConnectionFactory factory) throws Exception {
        try (Connection connection = factory.createConnection(); Session session = connection.createSession()) {
            session.createProducer(session.createQueue("mparticle.batches")).send(session.createTextMessage(BATCH));
        }
    }

    private static void awaitEvents(IntercomSandbox intercom, String... names) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            List<String> events = intercom.requests().stream().filter(request -> request.path().equals("/events"))
                    .map(RecordedRequest::rawBody).toList();
            assertThat(events).hasSize(names.length);
            for (String name : names) {
                assertThat(events).anySatisfy(event -> assertThat(event).contains("\"event_name\":\"" + name + "\""));
            }
        });
    }
}
