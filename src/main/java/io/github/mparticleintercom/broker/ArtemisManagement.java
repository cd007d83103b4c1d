package io.github.mparticleintercom.broker;

import io.github.mparticleintercom.Json;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import jakarta.jms.TemporaryQueue;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.artemis.api.core.management.ResourceNames;
import org.apache.activemq.artemis.api.jms.management.JMSManagementHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks an Artemis for what only its management tells, where we may ask: its permission {@code manage} is seldom given. */
final class ArtemisManagement {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.broker");
    private static final String ADDRESS = "activemq.management";
    /** The property of a message that is its JMS group. */
    private static final String GROUP = "_AMQ_GROUP_ID";
    private static final long ANSWER_MILLIS = 5000;

    private ArtemisManagement() {
    }

    private interface Question {
        void write(Message message) throws JMSException;
    }

    /** An attribute of a resource; null where the broker does not tell us. */
    static Object attribute(Connection connection, String resource, String attribute) throws JMSException {
        return ask(connection, message -> JMSManagementHelper.putAttribute(message, resource, attribute));
    }

    /** What an operation of a resource returns; null where the broker does not tell us. */
    static Object operation(Connection connection, String resource, String operation, Object... parameters) throws JMSException {
        return ask(connection, message -> JMSManagementHelper.putOperationInvocation(message, resource, operation, parameters));
    }

    /** How many messages of each group the consumers of a queue have in hand; none where the broker does not tell us. */
    static Map<String, Integer> delivering(Connection connection, String queue) throws JMSException {
        Map<String, Integer> found = new HashMap<>();
        if (ArtemisClient.messages(connection, queue) > 0
                && operation(connection, ResourceNames.QUEUE + queue, "countDeliveringMessages", null, GROUP) instanceof String counts) {
            try {
                Json.MAPPER.readTree(counts).fields().forEachRemaining(group -> found.put(group.getKey(), group.getValue().asInt()));
            } catch (IOException e) {
                throw new JMSException(e.getMessage());
            }
        }
        return found;
    }

    private static Object ask(Connection connection, Question question) throws JMSException {
        try (Session session = connection.createSession()) {
            TemporaryQueue answers = session.createTemporaryQueue();
            try (MessageConsumer consumer = session.createConsumer(answers)) {
                connection.start();
                Message message = session.createMessage();
                question.write(message);
                message.setJMSReplyTo(answers);
                session.createProducer(session.createQueue(ADDRESS)).send(message);
                Message answer = consumer.receive(ANSWER_MILLIS);
                return answer != null && JMSManagementHelper.hasOperationSucceeded(answer) ? JMSManagementHelper.getResult(answer) : null;
            } finally {
                answers.delete();
            }
        } catch (Exception e) {
            LOG.debug("The broker's management does not answer", e);
            return null;
        }
    }
}
