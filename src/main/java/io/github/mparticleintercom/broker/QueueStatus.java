package io.github.mparticleintercom.broker;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.metrics.Gauged;
import io.github.mparticleintercom.metrics.Metrics;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the queues stand. It takes nothing; what was seen last is there for everybody who asks, without waiting for the broker. */
public final class QueueStatus implements Gauged {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.queue");
    private static final long FRESH_NANOS = 1_000_000_000L;
    /** Nobody has looked for so long: whoever looks waits for the broker. */
    private static final long OVERDUE_NANOS = 60_000_000_000L;

    private final LongSupplier nanoTime;
    private MessageBroker broker;
    private long highWaterMark;
    /** Since when the request waits that a thread of delivery has in hand: a browser does not see it. */
    private final Map<Thread, Long> inHand = new ConcurrentHashMap<>();
    private final List<Consumer<QueueSnapshot>> watchers = new CopyOnWriteArrayList<>();
    private volatile QueueSnapshot last;
    private volatile long lookedAt;
    private final OutageReport outage;
    private final Object depthLock = new Object();
    private long depth;
    private long depthAskedAt;

    /** By the system's clock. */
    public QueueStatus() {
        this(System::nanoTime);
    }

    QueueStatus(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        outage = new OutageReport(nanoTime);
        depthAskedAt = nanoTime.getAsLong() - FRESH_NANOS;
    }

    /** Where the queues are. */
    public void setBroker(MessageBroker broker) {
        this.broker = broker;
    }

    /** From how many waiting requests on the queue counts as full. */
    public void setHighWaterMark(long highWaterMark) {
        this.highWaterMark = highWaterMark;
    }

    /** From how many waiting requests on the queue counts as full. */
    public long highWaterMark() {
        return highWaterMark;
    }

    /** What was seen last; null if nobody has looked yet. The broker counts as out of reach when nobody has looked for a minute. */
    public QueueSnapshot snapshot() {
        QueueSnapshot seen = last;
        return seen != null && nanoTime.getAsLong() - lookedAt > OVERDUE_NANOS ? QueueSnapshot.UNREACHABLE : seen;
    }

    /** Looks, which may take as long as the broker lets a client wait. */
    public void refresh() {
        QueueSnapshot seen = look();
        if (seen.reachable()) {
            outage.over();
        } else if (broker.outage().isEmpty()) {
            // one that knows why reports it by itself
            outage.lasts("the broker does not answer");
        }
        lookedAt = nanoTime.getAsLong();
        last = seen;
        watchers.forEach(watcher -> watcher.accept(seen));
    }

    /** Reports what was seen to everybody who asks for it, whenever a snapshot is taken. */
    public void onRefresh(Consumer<QueueSnapshot> watcher) {
        watchers.add(watcher);
    }

    /** Delivery took a request off the queue that has waited since then, in Unix milliseconds. */
    public void taken(@Header("JMSTimestamp") long since) {
        inHand.put(Thread.currentThread(), since);
    }

    /**
     * Refuses more while too much waits or the disk is full. What waits was counted at most a second ago; a broker that does not
     * tell never counts as full.
     *
     * @throws NoRoom when there is none
     */
    public void checkRoom() throws NoRoom {
        if (!broker.outage().isEmpty()) {
            throw new NoRoom(Reason.BROKER_UNAVAILABLE);
        }
        if (waiting() >= highWaterMark) {
            throw new NoRoom(Reason.QUEUE_FULL);
        }
    }

    private long waiting() {
        synchronized (depthLock) {
            long now = nanoTime.getAsLong();
            if (now - depthAskedAt >= FRESH_NANOS) {
                try (Connection connection = broker.connectionFactory().createConnection()) {
                    depth = broker.messages(connection, broker.requestsQueue()).orElse(0)
                            + broker.messages(connection, broker.retryQueue()).orElse(0);
                } catch (JMSException e) {
                    // storing the batch will fail too, and say so
                    LOG.debug("The broker does not say how much waits", e);
                    depth = 0;
                }
                depthAskedAt = nanoTime.getAsLong();
            }
            return depth;
        }
    }

    private QueueSnapshot look() {
        if (broker.isStopped()) {
            return QueueSnapshot.UNREACHABLE;
        }
        try (Connection connection = broker.connectionFactory().createConnection()) {
            long retries = broker.messages(connection, broker.retryQueue()).orElse(0);
            long waiting = broker.messages(connection, broker.requestsQueue()).orElse(inHand.size()) + retries;
            if (waiting == 0) {
                inHand.clear();
            }
            if (last == null || !last.reachable()) {
                broker.settingsToChange(connection).forEach(one -> LOG.warn("At the broker, {}", one));
            }
            return new QueueSnapshot(true, waiting, retries, waiting == 0 ? 0 : oldest(connection),
                    broker.messages(connection, broker.deadLetterQueue()).orElse(0),
                    broker.consumers(connection, broker.requestsQueue()));
        } catch (JMSException e) {
            LOG.debug("The broker does not answer", e);
            return QueueSnapshot.UNREACHABLE;
        }
    }

    /** The first request that nobody has taken is older than all behind it; what was taken is in hand, oldest first. */
    private long oldest(Connection connection) throws JMSException {
        long taken = inHand.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
        connection.start();
        long oldest = Math.min(taken, Math.min(oldest(connection, broker.requestsQueue()), oldest(connection, broker.retryQueue())));
        return oldest == Long.MAX_VALUE ? 0 : oldest;
    }

    private static long oldest(Connection connection, String queue) throws JMSException {
        long oldest = Long.MAX_VALUE;
        try (Session session = connection.createSession();
                QueueBrowser browser = session.createBrowser(session.createQueue(queue))) {
            Enumeration<?> messages = browser.getEnumeration();
            if (messages.hasMoreElements()) {
                oldest = Math.min(oldest, ((Message) messages.nextElement()).getJMSTimestamp());
            }
        }
        return oldest;
    }

    @Override
    public void gauges(Metrics metrics) {
        metrics.gauge("queue.depth", "Requests that wait for Intercom", () -> seen(QueueSnapshot::waiting));
        metrics.gauge("queue.oldest.age.seconds", "How long the oldest of them waits", () -> seen(QueueSnapshot::oldestAgeSeconds));
        metrics.gauge("dead.letter.queue.depth", "Dead letters on their queue", () -> seen(QueueSnapshot::deadLetters));
    }

    private double seen(ToDoubleFunction<QueueSnapshot> what) {
        QueueSnapshot seen = snapshot();
        return seen == null || !seen.reachable() ? Double.NaN : what.applyAsDouble(seen);
    }
}
