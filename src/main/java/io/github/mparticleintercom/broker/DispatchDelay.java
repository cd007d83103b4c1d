package io.github.mparticleintercom.broker;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.core.postoffice.QueueBinding;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.Queue;
import org.apache.activemq.artemis.core.server.ServerConsumer;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerConsumerPlugin;

/**
 * Holds a queue until all its consumers are there. The broker ties a user to the consumer that gets the user's first message,
 * for good: the consumers that came first would take all users of a full queue. The broker's own consumers-before-dispatch
 * counts a consumer before it is able to take anything, so that the last ones still came too late.
 */
final class DispatchDelay implements ActiveMQServerConsumerPlugin {

    /** So long the rest has to come along after the first. */
    private static final long LONGEST_MILLIS = 2000;
    /** What the last one needs to become able to take messages: one exchange with the broker. */
    private static final long LAST_MILLIS = 100;

    private final String queue;
    private final int consumers;
    private ScheduledExecutorService timer;
    private int present;

    /**
     * Watches one queue.
     *
     * @param queue     its name
     * @param consumers how many there will be
     */
    DispatchDelay(String queue, int consumers) {
        this.queue = queue;
        this.consumers = consumers;
    }

    @Override
    public void registered(ActiveMQServer server) {
        timer = server.getScheduledPool();
    }

    @Override
    public synchronized void beforeCreateConsumer(long id, QueueBinding binding, SimpleString filter, boolean browses,
            boolean large) {
        if (present == 0 && !browses && isOurs(binding.getQueue())) {
            binding.getQueue().pause();
            resume(binding.getQueue(), LONGEST_MILLIS);
        }
    }

    @Override
    public synchronized void afterCreateConsumer(ServerConsumer consumer) {
        if (!consumer.isBrowseOnly() && isOurs(consumer.getQueue()) && ++present == consumers) {
            resume(consumer.getQueue(), LAST_MILLIS);
        }
    }

    @Override
    public synchronized void afterCloseConsumer(ServerConsumer consumer, boolean failed) {
        if (!consumer.isBrowseOnly() && isOurs(consumer.getQueue())) {
            present--;
        }
    }

    private boolean isOurs(Queue one) {
        return one.getName().toString().equals(queue);
    }

    private void resume(Queue held, long millis) {
        timer.schedule(held::resume, millis, TimeUnit.MILLISECONDS);
    }
}
