package io.github.mparticleintercom.health;

import io.github.mparticleintercom.metrics.Gauged;
import io.github.mparticleintercom.metrics.Metrics;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * A check that answers at once from what it learned before, and asks nobody. Unless it says otherwise it decides neither
 * whether the process is alive nor whether it is ready: it stands under the whole of health alone.
 */
abstract class Check extends AbstractHealthCheck implements Gauged {

    Check(String id) {
        super("mparticle-intercom", id);
    }

    /** Makes this check known at once: a context that looked for checks before it loaded the routes would not find it. */
    @Override
    public void setCamelContext(CamelContext camelContext) {
        boolean registered = getCamelContext() != null;
        super.setCamelContext(camelContext);
        HealthCheckRegistry checks = HealthCheckRegistry.get(camelContext);
        if (checks != null && !registered) {
            checks.getCheck(getId()).ifPresent(checks::unregister);
            checks.register(this);
        }
    }

    /** What it found; it must not wait for anything. */
    abstract Finding find();

    @Override
    public void gauges(Metrics metrics) {
        metrics.gauge("health", "1 where a check is up, 0 where it is down", () -> {
            State state = find().state();
            return state == State.UNKNOWN ? Double.NaN : state == State.UP ? 1 : 0;
        }, "check", getId().substring("mparticle-intercom-".length()));
    }

    @Override
    public boolean isReadiness() {
        return false;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected final void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        Finding finding = find();
        builder.state(finding.state());
        if (!finding.reasons().isEmpty()) {
            builder.message(finding.text()).detail("reason", finding.reasons());
        }
    }
}
