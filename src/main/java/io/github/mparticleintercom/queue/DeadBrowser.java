package io.github.mparticleintercom.queue;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.util.Enumeration;

/** Reads all dead letters in the order in which they were parked, and leaves them where they are. */
final class DeadBrowser {

    /** The property that makes a message a letter of ours. */
    static final String ID = "deadId";

    /** So long without another one, and the rest was taken by somebody else meanwhile. */
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final MessageBroker broker;
    private final String queue;

    DeadBrowser(MessageBroker broker, String queue) {
        this.broker = broker;
        this.queue = queue;
    }

    /** Whoever reads letters. */
    interface Reader {
        void read(Message message) throws JMSException;
    }

    /** Artemis' browser may run dry before the end, while the broker brings more from the disk; the count tells the two apart. */
    void browse(Reader reader) throws JMSException {
        try (Connection connection = broker.connectionFactory().createConnection();
                Session session = connection.createSession();
                QueueBrowser browser = session.createBrowser(session.createQueue(queue))) {
            connection.start();
            // a broker that does not tell ends its enumeration at the end, not before
            long left = broker.messages(connection, queue).orElse(0);
            Enumeration<?> messages = browser.getEnumeration();
            long lastAt = System.nanoTime();
            do {
                while (messages.hasMoreElements()) {
                    Message message = (Message) messages.nextElement();
                    left--;
                    lastAt = System.nanoTime();
                    if (message.propertyExists(ID)) {
                        reader.read(message);
                    }
                }
            } while (left > 0 && System.nanoTime() - lastAt < PATIENCE_NANOS);
        }
    }
}
