package io.github.mparticleintercom.server;

import io.github.mparticleintercom.broker.QueueSnapshot;
import io.github.mparticleintercom.broker.QueueStatus;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.support.EventNotifierSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in a line that the program was asked to end, and in another that it has, with what waits for the next start. */
public final class StopReport extends MainListenerSupport {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.stop");

    private boolean started;
    private String left = "";

    @Override
    public void afterConfigure(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        context.getManagementStrategy().addEventNotifier(new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                if (!started) {
                    return;
                }
                if (event instanceof CamelEvent.CamelContextStoppingEvent) {
                    LOG.info("Stopping: what is under way is finished, the rest waits for the next start");
                } else if (event instanceof CamelEvent.CamelContextRoutesStoppedEvent) {
                    // the broker is there a moment longer
                    left = left(context);
                } else if (event instanceof CamelEvent.CamelContextStoppedEvent) {
                    LOG.info("Stopped{}", left);
                }
            }
        });
    }

    @Override
    public void afterStart(BaseMainSupport main) {
        started = true;
    }

    private static String left(CamelContext context) {
        QueueStatus status = context.getRegistry().lookupByNameAndType("mparticleIntercomQueueStatus", QueueStatus.class);
        QueueSnapshot last = status.snapshot();
        if (last != null && last.reachable()) {
            status.refresh();
            last = status.snapshot();
        }
        return last == null || !last.reachable() ? "; the broker did not say what waits"
                : "; " + last.waiting() + " requests wait, " + last.deadLetters() + " dead letters";
    }
}
