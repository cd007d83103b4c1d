package io.github.mparticleintercom.ratelimit;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;

/**
 * Lets waits end when the Camel context begins to stop: one bean for all that wait. Camel gives what is under way time to finish,
 * and a delivery that waits for Intercom would use up all of it; ended, it is rolled back, and its request stays on the queue.
 */
public final class StopSignal implements CamelContextAware {

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final List<Runnable> then = new CopyOnWriteArrayList<>();
    private CamelContext context;

    /** Whether the context has begun to stop. */
    public boolean isStopping() {
        return stopping.getCount() == 0;
    }

    /**
     * Waits.
     *
     * @param millis how long
     * @throws RejectedExecutionException when the context stops meanwhile, or has begun to
     */
    public void sleep(long millis) throws InterruptedException {
        if (stopping.await(millis, TimeUnit.MILLISECONDS)) {
            throw new RejectedExecutionException("Stopping: what waits stays on the queue");
        }
    }

    /** What else to do as soon as the context begins to stop; it must not take time. */
    public void whenStopping(Runnable action) {
        then.add(action);
    }

    /** Listens to this context from now on. */
    @Override
    public void setCamelContext(CamelContext camelContext) {
        boolean known = context == camelContext;
        context = camelContext;
        if (!known) {
            EventNotifierSupport notifier = new EventNotifierSupport() {
                @Override
                public void notify(CamelEvent event) {
                    stopping.countDown();
                    then.forEach(Runnable::run);
                }

                @Override
                public boolean isEnabled(CamelEvent event) {
                    return event instanceof CamelEvent.CamelContextStoppingEvent;
                }
            };
            // the context, being started, starts those that it knew before
            notifier.start();
            camelContext.getManagementStrategy().addEventNotifier(notifier);
        }
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }
}
