package io.github.mparticleintercom.metrics;

import io.github.mparticleintercom.intercom.IntercomPace;
import io.github.mparticleintercom.intercom.PaceUse;
import io.github.mparticleintercom.queue.QueueLook;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.support.service.ServiceSupport;

/** The running side of {@link Metrics}: one for a Camel context, however often the bean is made. */
public final class MeterService extends ServiceSupport implements StartupListener {

    private static final List<String> CHECKS = List.of("broker", "delivery", "intercom", "queue", "dead-letters");

    private final CamelContext context;
    private Meters meters;
    private volatile QueueLook look;

    MeterService(CamelContext context) {
        this.context = context;
    }

    /** Found only when it is needed: beans are made before Camel has its registry of meters. */
    synchronized Meters meters() {
        if (meters == null) {
            meters = Meters.of(context);
        }
        return meters;
    }

    void note(QueueLook seen) {
        look = seen;
    }

    @Override
    protected void doStart() throws Exception {
        context.addStartupListener(this);
    }

    @Override
    public void onCamelContextStarted(CamelContext started, boolean alreadyStarted) {
        Meters all = meters();
        all.gauge(Meter.QUEUE_DEPTH, camel -> seen(QueueLook::waiting));
        all.gauge(Meter.QUEUE_OLDEST_AGE, camel -> seen(MeterService::age));
        all.gauge(Meter.DEAD_QUEUE_DEPTH, camel -> seen(QueueLook::dead));
        all.gauge(Meter.PACE_ALLOWED, camel -> pace(camel).allowed());
        all.gauge(Meter.PACE_USED, camel -> pace(camel).used());
        all.gauge(Meter.PACE_WAITING, MeterService::waiting);
        CHECKS.forEach(check -> all.gauge(Meter.HEALTH, camel -> health(camel, check), "check", check));
    }

    @Override
    protected void doStop() {
        meters().close();
    }

    private double seen(ToDoubleFunction<QueueLook> what) {
        QueueLook seen = look;
        return seen == null || !seen.reachable() ? Double.NaN : what.applyAsDouble(seen);
    }

    private static double age(QueueLook seen) {
        return seen.oldestSince() == 0 ? 0 : Math.max(0, System.currentTimeMillis() - seen.oldestSince()) / 1000.0;
    }

    private static PaceUse pace(CamelContext camel) {
        return camel.getRegistry().lookupByNameAndType("intercomPace", IntercomPace.class).use();
    }

    /** What is on its way to a call, but not in one. */
    private static double waiting(CamelContext camel) {
        return Math.max(0, camel.getInflightRepository().size("mparticle-intercom-send")
                - camel.getInflightRepository().size("mparticle-intercom-call"));
    }

    private static double health(CamelContext camel, String check) {
        HealthCheckRegistry checks = HealthCheckRegistry.get(camel);
        HealthCheck found = checks == null ? null
                : checks.getCheck("mparticle-intercom-" + check).orElse(null);
        HealthCheck.State state = found == null ? HealthCheck.State.UNKNOWN : found.call().getState();
        return state == HealthCheck.State.UNKNOWN ? Double.NaN : state == HealthCheck.State.UP ? 1 : 0;
    }
}
