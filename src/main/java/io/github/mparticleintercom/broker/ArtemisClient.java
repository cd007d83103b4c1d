package io.github.mparticleintercom.broker;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.jms.client.ActiveMQConnection;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQMessage;

/** What JMS does not say, and Artemis' own client does. To be asked only of what {@link Broker#isArtemis is Artemis'}. */
final class ArtemisClient {

    /**
     * What one consumer takes ahead. The broker looks no further than to a request whose consumer is full, so that a slow
     * consumer stops all others once its requests are no longer taken ahead.
     */
    private static final int PREFETCH_BYTES = 256 * 1024;

    private ArtemisClient() {
    }

    /** How to connect; with no user where that is empty. */
    static ActiveMQConnectionFactory factory(String url, String user, String password) {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(url);
        if (!user.isEmpty()) {
            factory.setUser(user).setPassword(password);
        }
        factory.setConsumerWindowSize(PREFETCH_BYTES);
        // nobody's objects are ever made from what a queue holds
        factory.setDeserializationDenyList("*");
        return factory;
    }

    /** How many messages lie on a queue, over a connection that is Artemis'; 0 where there is no such queue. */
    static long messages(Connection connection, String queue) throws JMSException {
        try {
            return ((ActiveMQConnection) connection).getInitialSession().queueQuery(SimpleString.of(queue)).getMessageCount();
        } catch (ActiveMQException e) {
            throw new JMSException(e.getMessage());
        }
    }

    /** How many consumers a queue has, of all clients. */
    static long consumers(Connection connection, String queue) throws JMSException {
        try {
            return ((ActiveMQConnection) connection).getInitialSession().queueQuery(SimpleString.of(queue)).getConsumerCount();
        } catch (ActiveMQException e) {
            throw new JMSException(e.getMessage());
        }
    }

    /** The bytes of a message that is Artemis', of whatever kind. */
    static byte[] bytes(Message message) {
        ActiveMQBuffer buffer = ((ActiveMQMessage) message).getCoreMessage().getDataBuffer();
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return bytes;
    }
}
