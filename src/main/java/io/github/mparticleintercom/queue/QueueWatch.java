package io.github.mparticleintercom.queue;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.util.Enumeration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the queues, for health and metrics, and takes nothing. */
public final class QueueWatch {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.queue");

    private final MessageBroker broker;
    private final String requests;
    private final String dead;
    /** Since when the requests wait that delivery has in hand: a browser does not see them. */
    private final Map<String, Long> inHand = new ConcurrentHashMap<>();

    /**
     * Watches two queues.
     *
     * @param broker   where they are
     * @param requests the name of the queue of requests for Intercom
     * @param dead     the name of the dead queue
     */
    public QueueWatch(MessageBroker broker, String requests, String dead) {
        this.broker = broker;
        this.requests = requests;
        this.dead = dead;
    }

    /** Delivery took a request off the queue and has it in hand until the exchange ends. */
    public void taken(Exchange exchange, @Header("JMSTimestamp") long since) {
        String id = exchange.getExchangeId();
        inHand.put(id, since);
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange ended) {
                inHand.remove(id);
            }
        });
    }

    /**
     * How they stand now. It may take as long as the broker lets a client wait. Of a broker that does not tell how long its
     * queues are, only what delivery has in hand is known.
     */
    public QueueLook look() {
        try (Connection connection = broker.connectionFactory().createConnection()) {
            long waiting = broker.messages(connection, requests).orElse(inHand.size());
            return new QueueLook(true, broker.isDiskFull(), waiting, waiting == 0 ? 0 : oldest(connection),
                    broker.messages(connection, dead).orElse(0));
        } catch (JMSException e) {
            LOG.debug("The broker does not answer", e);
            return QueueLook.UNREACHABLE;
        }
    }

    /** The first request that nobody has taken is older than all behind it; what was taken is in hand, oldest first. */
    private long oldest(Connection connection) throws JMSException {
        long oldest = inHand.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
        try (Session session = connection.createSession();
                QueueBrowser browser = session.createBrowser(session.createQueue(requests))) {
            connection.start();
            Enumeration<?> messages = browser.getEnumeration();
            if (messages.hasMoreElements()) {
                oldest = Math.min(oldest, ((Message) messages.nextElement()).getJMSTimestamp());
            }
        }
        return oldest == Long.MAX_VALUE ? 0 : oldest;
    }
}
