package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.sandbox.IntercomSandbox;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MapMessage;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeSentEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The JMS intake, as another program's plain JMS client sees it. Each test has batches of its own. */
class JmsIntakeTest {

    private static final String USER = "sender";
    private static final String PASSWORD = "correct horse";
    private static Bundle bundle;
    private static String address;

    @BeforeAll
    static void start() throws Exception {
        address = "tcp://127.0.0.1:" + ExternalBroker.freePort();
        bundle = Bundle.builder().set("jms.enabled", "true").set("dry-run", "true").set("broker.listen", address)
                .set("broker.user", USER).set("broker.password", PASSWORD).start();
        bundle.context().getRouteController().stopRoute("mparticle-intercom-deliver");
    }

    @AfterAll
    static void stop() throws Exception {
        bundle.close();
    }

    /** What to send in a session. */
    private interface Written {
        Message write(Session session) throws JMSException;
    }

    @Test
    void takesTextAndBytes() throws Exception {
        send(session -> session.createTextMessage(Batches.signup("jms-text")));
        send(session -> session.createTextMessage("[" + Batches.signup("jms-1") + "," + Batches.signup("jms-2") + "]"));
        send(session -> {
            BytesMessage message = session.createBytesMessage();
            message.writeBytes(Batches.signup("jms-bytes").getBytes(StandardCharsets.UTF_8));
            return message;
        });

        for (String batch : List.of("jms-text", "jms-1", "jms-2", "jms-bytes")) {
            await().untilAsserted(() -> assertThat(with(bundle.waiting(), "batchId", batch)).hasSize(2));
        }
        await().untilAsserted(() -> assertThat(bundle.browse("mparticle.batches")).isEmpty());
    }

    @Test
    void unpacksGzipAndSaysWhatIsWrongWithABrokenOne() throws Exception {
        byte[] packed = Post.gzip(Batches.signup("jms-gzip").getBytes(StandardCharsets.UTF_8));
        byte[] bomb = Post.gzip(new byte[6_000_000]);
        for (byte[] bytes : List.of(packed, Arrays.copyOf(packed, packed.length / 2), bomb)) {
            send(session -> {
                BytesMessage message = session.createBytesMessage();
                message.writeBytes(bytes);
                return message;
            });
        }
        await().untilAsserted(() -> assertThat(with(bundle.waiting(), "batchId", "jms-gzip")).hasSize(2));
        await().untilAsserted(() -> {
            assertThat(with(bundle.dead(), "reason", "invalid-gzip")).hasSize(1);
            assertThat(with(bundle.dead(), "reason", "body-too-large")).hasSize(1);
        });
        assertThat(with(bundle.dead(), "reason", "invalid-gzip").get(0).getBody(byte[].class))
                .isEqualTo(Arrays.copyOf(packed, packed.length / 2));
        for (String reason : List.of("invalid-gzip", "body-too-large")) {
            bundle.deadLetters("discarded", List.of(with(bundle.dead(), "reason", reason).get(0).getStringProperty("deadLetterId")), null);
        }
    }

    @Test
    void takesAMessageLargerThanTheClientSendsAtOnce() throws Exception {
        String large = Batches.signup("jms-large").replace("\"pro\"", "\"" + "p".repeat(500_000) + "\"");
        send(session -> session.createTextMessage(large));
        send(session -> {
            BytesMessage message = session.createBytesMessage();
            message.writeBytes(large.replace("jms-large", "jms-large-bytes").getBytes(StandardCharsets.UTF_8));
            return message;
        });

        await().untilAsserted(() -> assertThat(with(bundle.waiting(), "batchId", "jms-large")).hasSize(2));
        await().untilAsserted(() -> assertThat(with(bundle.waiting(), "batchId", "jms-large-bytes")).hasSize(2));
    }

    @Test
    void deadLettersWhatIsNoBatchWithAllItsBytes() throws Exception {
        send(session -> session.createTextMessage("{jms oops"));
        send(session -> session.createObjectMessage(new ArrayList<>(List.of("an object of mine"))));
        send(session -> {
            MapMessage message = session.createMapMessage();
            message.setString("key", "a map of mine");
            return message;
        });
        send(session -> session.createTextMessage("{\"jms\": \"other\"}"));
        send(Session::createMessage);

        await().untilAsserted(() -> assertThat(parkedBodies()).anyMatch(body -> body.equals("{jms oops"))
                .anyMatch(body -> body.contains("an object of mine"))
                .anyMatch(body -> body.replace("\0", "").contains("a map of mine"))
                .anyMatch(body -> body.equals("{\"jms\":\"other\"}"))
                .anyMatch(String::isEmpty).hasSize(5));
        await().untilAsserted(() -> assertThat(bundle.browse("mparticle.batches")).isEmpty());
        assertThat(bundle.dead()).extracting(message -> message.getStringProperty("reason"))
                .containsOnly("invalid-json", "not-a-batch");
        assertThat(parkedBodies()).hasSize(5);
    }

    @Test
    void keepsAMessageWhoseRequestsWereNotCommitted(@TempDir Path data) throws Exception {
        try (ExternalBroker broker = ExternalBroker.start(data); Bundle remote = Bundle.builder()
                .set("jms.enabled", "true").set("dry-run", "true").set("broker.url", broker.url()).start();
                ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(broker.url())) {
            remote.context().getRouteController().stopRoute("mparticle-intercom-deliver");
            CountDownLatch unavailable = new CountDownLatch(1);
            remote.context().getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
                @Override
                public void notify(CamelEvent event) throws Exception {
                    // all is put on the queue, and nothing is committed
                    if (unavailable.getCount() > 0 && event instanceof ExchangeSentEvent sent
                            && sent.getEndpoint().getEndpointUri().equals("direct://mparticle-intercom-batch")) {
                        broker.becomeUnavailable();
                        unavailable.countDown();
                    }
                }
            });
            try {
                send(factory, null, null, "mparticle.batches", session -> session.createTextMessage(Batches.signup("jms-kept")));
            } catch (JMSException e) {
                // the broker has the message, and may go before it answers the sender
            }
            assertThat(unavailable.await(1, TimeUnit.MINUTES)).isTrue();
            broker.comeBack();

            await().atMost(1, TimeUnit.MINUTES).ignoreExceptions()
                    .untilAsserted(() -> assertThat(with(remote.waiting(), "batchId", "jms-kept")).hasSize(2));
            await().untilAsserted(() -> assertThat(remote.browse("mparticle.batches")).isEmpty());
            assertThat(remote.waiting()).hasSize(2);
        }
    }

    @Test
    void isNotSteeredByMessageProperties() throws Exception {
        send(session -> {
            Message message = session.createTextMessage(Batches.signup("jms-steer"));
            message.setStringProperty("JMSXGroupID", "evil");
            message.setStringProperty("CamelJmsDestinationName", "evil");
            message.setStringProperty("operation", "evil");
            message.setStringProperty("_AMQ_DUPL_ID", "evil");
            message.setStringProperty("anything", "evil");
            return message;
        });

        await().untilAsserted(() -> assertThat(with(bundle.waiting(), "batchId", "jms-steer")).hasSize(2));
        assertThat(with(bundle.waiting(), "batchId", "jms-steer")).noneMatch(message -> message.toString().contains("evil"));
    }

    @Test
    void refusesWhoDoesNotKnowThePassword() {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(address)) {
            assertThatThrownBy(() -> factory.createConnection(USER, "wrong")).isInstanceOf(JMSSecurityException.class);
            assertThatThrownBy(() -> factory.createConnection("nobody", PASSWORD)).isInstanceOf(JMSSecurityException.class);
            assertThatThrownBy(factory::createConnection).isInstanceOf(JMSSecurityException.class);
        }
    }

    @Test
    void takesAnybodyOnLoopbackWithoutAUserAndDelivers() throws Exception {
        String open = "tcp://127.0.0.1:" + ExternalBroker.freePort();
        try (IntercomSandbox intercom = IntercomSandbox.start(); Bundle own = Bundle.builder().to(intercom)
                .set("jms.enabled", "true").set("jms.queue", "my.batches").set("broker.listen", open).start()) {
            try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(open)) {
                send(factory, null, null, "my.batches", session -> session.createTextMessage(Batches.signup("jms-open")));
            }
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));
            await().untilAsserted(() -> assertThat(own.browse("my.batches")).isEmpty());
        }
    }

    private static void send(Written written) throws JMSException {
        try (ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(address)) {
            send(factory, USER, PASSWORD, "mparticle.batches", written);
        }
    }

    private static void send(ConnectionFactory factory, String user, String password, String queue, Written written)
            throws JMSException {
        try (Connection connection = factory.createConnection(user, password);
                Session session = connection.createSession();
                MessageProducer producer = session.createProducer(session.createQueue(queue))) {
            producer.send(written.write(session));
        }
    }

    private static List<String> parkedBodies() throws JMSException {
        List<String> bodies = new ArrayList<>();
        for (Message message : bundle.dead()) {
            bodies.add(new String(message.getBody(byte[].class) == null ? new byte[0] : message.getBody(byte[].class),
                    StandardCharsets.ISO_8859_1));
        }
        return bodies;
    }

    private static List<Message> with(List<Message> messages, String property, String value) throws JMSException {
        List<Message> found = new ArrayList<>();
        for (Message message : messages) {
            if (value.equals(message.getStringProperty(property))) {
                found.add(message);
            }
        }
        return found;
    }
}
