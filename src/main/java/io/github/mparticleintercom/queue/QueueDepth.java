package io.github.mparticleintercom.queue;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many requests wait for Intercom. */
public final class QueueDepth {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.queue");
    private static final long FRESH_NANOS = 1_000_000_000L;

    private final MessageBroker broker;
    private final String queue;
    private final long highWaterMark;
    private long depth;
    private long askedAt = System.nanoTime() - FRESH_NANOS;

    /**
     * Watches a queue.
     *
     * @param broker        where it is
     * @param queue         its name
     * @param highWaterMark from how many messages on it counts as full
     */
    public QueueDepth(MessageBroker broker, String queue, long highWaterMark) {
        this.broker = broker;
        this.queue = queue;
        this.highWaterMark = highWaterMark;
    }

    /** Whether so many requests wait that no more should be taken. */
    public boolean isOverMark() {
        return depth() >= highWaterMark;
    }

    /** Whether the disk has too little room for more. */
    public boolean isDiskFull() {
        return broker.isDiskFull();
    }

    /** Waiting messages, at most a second ago; 0 when the broker does not tell. */
    public synchronized long depth() {
        long now = System.nanoTime();
        if (now - askedAt >= FRESH_NANOS) {
            depth = ask();
            askedAt = now;
        }
        return depth;
    }

    private long ask() {
        try (Connection connection = broker.connectionFactory().createConnection()) {
            return broker.messages(connection, queue).orElse(0);
        } catch (JMSException e) {
            // taking the batch will fail too, and say so
            LOG.debug("The broker does not tell the depth of {}", queue, e);
            return 0;
        }
    }
}
