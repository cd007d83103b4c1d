package io.github.mparticleintercom.broker;

import io.github.mparticleintercom.intercom.QueuedRequest;
import io.github.mparticleintercom.intercom.RequestMessages;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.impl.DefaultCamelContext;

/** An Artemis that keeps nothing, as a host's broker, and may be out of reach. */
final class BrokerInMemory implements AutoCloseable {

    static final String REQUESTS = "requests";
    static final String RETRIES = "requests.retries";
    static final String DEAD_LETTERS = "dead-letters";
    private static final AtomicInteger NUMBER = new AtomicInteger(1000);

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final MessageBroker broker = new MessageBroker();
    private final EmbeddedActiveMQ artemis = new EmbeddedActiveMQ();
    private final ConnectionFactory factory;
    private final Connection connection;
    private final Session session;
    private boolean away;
    private int asked;

    BrokerInMemory(Path data) throws Exception {
        String url = "vm://" + NUMBER.incrementAndGet();
        artemis.setConfiguration(new ConfigurationImpl().setPersistenceEnabled(false).setSecurityEnabled(false).addAcceptorConfiguration("vm", url));
        artemis.start();
        factory = new ActiveMQConnectionFactory(url);
        context.getRegistry().bind("factory", new ActiveMQConnectionFactory(url) {
            private static final long serialVersionUID = 1L;

            @Override
            public Connection createConnection() throws JMSException {
                if (away) {
                    throw new JMSException("out of reach");
                }
                asked++;
                return super.createConnection();
            }
        });
        broker.setCamelContext(context);
        broker.setConnectionFactory("factory");
        broker.setData(data.toString());
        broker.setRequestsQueue(REQUESTS);
        broker.setDeadLetterQueue(DEAD_LETTERS);
        broker.start();
        connection = factory.createConnection();
        connection.start();
        session = connection.createSession();
    }

    MessageBroker broker() {
        return broker;
    }

    /** From now on it does not answer, or does again. */
    void away(boolean isAway) {
        away = isAway;
    }

    /** How often we connected to it. */
    int asked() {
        return asked;
    }

    /** Puts a request of this user on a queue, and returns when that was, in Unix milliseconds. */
    long put(String queue, String user) throws JMSException {
        Message message = session.createTextMessage("{}");
        message.setStringProperty("JMSXGroupID", user);
        session.createProducer(session.createQueue(queue)).send(message);
        return message.getJMSTimestamp();
    }

    /** Takes the oldest message off a queue. */
    void take(String queue) throws JMSException {
        try (MessageConsumer consumer = consumer(queue)) {
            consumer.receive(10_000);
        }
    }

    MessageConsumer consumer(String queue) throws JMSException {
        return session.createConsumer(session.createQueue(queue));
    }

    Session session() {
        return session;
    }

    /** A request of this user, as delivery takes it off the queue of requests. */
    static QueuedRequest request(String user, boolean firstOfConsumer) {
        Map<String, Object> headers = new HashMap<>(Map.of("operation", "event", "stableId", "s1", "JMSXGroupID", user));
        if (firstOfConsumer) {
            headers.put("JMSXGroupFirstForConsumer", true);
        }
        return RequestMessages.read("{}", headers);
    }

    @Override
    public void close() throws Exception {
        connection.close();
        context.close();
        artemis.stop();
    }
}
