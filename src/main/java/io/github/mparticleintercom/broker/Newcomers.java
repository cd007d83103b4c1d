package io.github.mparticleintercom.broker;

import java.util.concurrent.RejectedExecutionException;

/**
 * Makes room for an instance that joins at the same broker. The broker divides the users anew then, but only after all that was taken
 * ahead is done, which may be minutes of calls: so each consumer gives back what it took ahead, before it goes on.
 */
public final class Newcomers {

    private QueueStatus status;
    private int ownConsumers;
    private long consumers;
    private volatile int joined;
    private final ThreadLocal<Integer> known = ThreadLocal.withInitial(() -> joined);

    /** Tells now and then how many consumers the queue has. */
    public void setStatus(QueueStatus status) {
        this.status = status;
    }

    /** How many of them are ours. */
    public void setOwnConsumers(int ownConsumers) {
        this.ownConsumers = ownConsumers;
    }

    /** Looks from now on. */
    public void start() {
        status.onRefresh(this::compare);
    }

    private void compare(QueueSnapshot seen) {
        if (seen.reachable()) {
            if (seen.consumers() > consumers && seen.consumers() > ownConsumers) {
                joined++;
            }
            consumers = seen.consumers();
        }
    }

    /**
     * A consumer took a request off the queue.
     *
     * @throws RejectedExecutionException when consumers joined since its last one: what it took goes back to the queue, as it was
     */
    public void giveBack() {
        int now = joined;
        if (known.get() != now) {
            known.set(now);
            throw new RejectedExecutionException("Another instance joined: what was taken ahead goes back to the queue");
        }
    }
}
