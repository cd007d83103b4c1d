package io.github.mparticleintercom.broker;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.util.Enumeration;

/** Looks at all messages of a queue and takes none. */
public final class QueueBrowse {

    private QueueBrowse() {
    }

    /** What is done with each message. */
    public interface Reader {
        void read(Message message) throws JMSException;
    }

    /**
     * Reads every message that lies there, oldest first. Artemis' browser may run dry before the end, while the broker brings more
     * from the disk; the number of messages distinguishes the two. A broker that does not say it ends at the end, not before.
     *
     * @param patienceNanos so long without another message, and the rest was taken by somebody else meanwhile
     * @throws JMSException when the broker does not answer
     */
    public static void each(MessageBroker broker, String queue, long patienceNanos, Reader reader) throws JMSException {
        try (Connection connection = broker.connectionFactory().createConnection();
                Session session = connection.createSession();
                QueueBrowser browser = session.createBrowser(session.createQueue(queue))) {
            connection.start();
            long left = broker.messages(connection, queue).orElse(0);
            Enumeration<?> messages = browser.getEnumeration();
            long lastAt = System.nanoTime();
            do {
                while (messages.hasMoreElements()) {
                    left--;
                    lastAt = System.nanoTime();
                    reader.read((Message) messages.nextElement());
                }
            } while (left > 0 && System.nanoTime() - lastAt < patienceNanos);
        }
    }
}
