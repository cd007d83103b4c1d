package io.github.mparticleintercom.broker;

import io.github.mparticleintercom.intercom.QueuedRequest;
import io.github.mparticleintercom.intercom.RequestMessages;
import jakarta.jms.JMSException;
import java.util.Map;
import org.apache.camel.Variable;
import org.apache.camel.Variables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whose requests lie on the retry queue, where a request goes that fails while others go through. As long as one of a user's
 * is there, all further ones of that user follow it, so that they stay in order.
 */
public final class RetryQueue {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.queue");
    /** So long without another one, and the rest was taken by somebody else meanwhile. */
    private static final long PATIENCE_NANOS = 2_000_000_000L;

    private MessageBroker broker;
    private QueueStatus status;
    /** How many requests of a user are there; null until somebody has looked. */
    private Map<String, Integer> users;
    /** When the last look at the queue for what other instances put there began, by {@link System#nanoTime()}. */
    private long lookedAt = System.nanoTime();
    private final Object looking = new Object();
    /** How often a request was added, and how often that was when the queue was last seen empty. */
    private long added;
    private long addedWhenEmpty = -1;

    /** The broker that holds the queue. */
    public void setBroker(MessageBroker broker) {
        this.broker = broker;
    }

    /** Tells now and then how the queue stands. */
    public void setStatus(QueueStatus status) {
        this.status = status;
    }

    /** Looks who is there before delivery begins. */
    public void start() {
        status.onRefresh(this::compare);
        try {
            look();
        } catch (JMSException e) {
            // the first delivery looks again, and waits on its queue as long as that fails
            LOG.debug("The retry queue cannot be read yet", e);
        }
    }

    /**
     * Delivery took a request of this user off the queue of requests. Sets {@code outcome} to {@code deferred} if earlier ones of
     * the same user lie on the retry queue.
     *
     * @throws JMSException when nobody has looked yet who is there, and the broker does not answer
     */
    public void check(@Variable("request") QueuedRequest request, @Variables Map<String, Object> variables) throws JMSException {
        if (request.isFirstOfConsumer()) {
            lookForOthers();
        }
        if (isThere(request)) {
            variables.put("outcome", "deferred");
        }
    }

    private synchronized boolean isThere(QueuedRequest request) throws JMSException {
        look();
        return !users.isEmpty() && request.body() != null && users.containsKey(request.userKey());
    }

    /**
     * The broker gave us users that another instance had, and may have put on the retry queue. One look serves all who wait for it to
     * begin.
     */
    private void lookForOthers() throws JMSException {
        long now = System.nanoTime();
        synchronized (looking) {
            if (lookedAt - now <= 0) {
                long begin = System.nanoTime();
                merge(browse());
                lookedAt = begin;
            }
        }
    }

    private synchronized void merge(Map<String, Integer> found) {
        if (users == null) {
            users = found;
        } else {
            found.forEach((user, count) -> users.merge(user, count, Math::max));
        }
    }

    /** A request of this user is about to be put there. */
    public synchronized void add(@Variable("request") QueuedRequest request) throws JMSException {
        look();
        added++;
        users.merge(request.userKey(), 1, Integer::sum);
    }

    /** A request of this user, taken off the retry queue, has come to its end. */
    public synchronized void remove(@Variable("request") QueuedRequest request) throws JMSException {
        look();
        if (request.userKey() != null) {
            users.computeIfPresent(request.userKey(), (key, count) -> count > 1 ? count - 1 : null);
        }
    }

    /** What was added and then rolled back, or ended in another process, is noticed when the queue is seen empty twice. */
    private synchronized void compare(QueueSnapshot seen) {
        boolean empty = seen.reachable() && seen.retries() == 0;
        if (empty && users != null && !users.isEmpty() && addedWhenEmpty == added) {
            users.clear();
        }
        addedWhenEmpty = empty ? added : -1;
        if (users != null && seen.retries() > users.values().stream().mapToInt(Integer::intValue).sum()) {
            try {
                // another instance at the same broker has put some there, and its users may come to us
                merge(browse());
            } catch (JMSException e) {
                LOG.debug("The retry queue cannot be read now", e);
            }
        }
    }

    private synchronized void look() throws JMSException {
        if (users == null) {
            users = browse();
        }
    }

    /** What consumers have in hand is on no queue that one could browse. */
    private Map<String, Integer> browse() throws JMSException {
        Map<String, Integer> found = broker.delivering(broker.retryQueue());
        QueueBrowse.each(broker, broker.retryQueue(), PATIENCE_NANOS, message -> {
            String userKey = message.getStringProperty(RequestMessages.USER_KEY);
            if (userKey != null) {
                found.merge(userKey, 1, Integer::sum);
            }
        });
        return found;
    }
}
