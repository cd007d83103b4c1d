package io.github.mparticleintercom.health;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.metrics.Gauged;
import io.github.mparticleintercom.metrics.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Checks that answer at once from what was learned before, and ask nobody. */
abstract class Checks implements CamelContextAware, Gauged {

    private static final String PREFIX = "mparticle-intercom-";

    private final List<Check> checks = new ArrayList<>();
    private CamelContext context;

    /** What a check decides about beside the whole of health. */
    enum Probe {
        NONE, READINESS, LIVENESS
    }

    /**
     * Something that is wrong.
     *
     * @param reason why
     * @param words  the same for a person
     */
    record Problem(Reason reason, String words) {

        /** One; nothing where there are no words. */
        static List<Problem> of(Reason reason, String words) {
            return words == null || words.isEmpty() ? List.of() : List.of(new Problem(reason, words));
        }
    }

    private static final class Check extends AbstractHealthCheck {

        private final String name;
        private final Probe probe;
        private final Supplier<List<Problem>> problems;

        private Check(String name, Probe probe, Supplier<List<Problem>> problems) {
            super("mparticle-intercom", PREFIX + name);
            this.name = name;
            this.probe = probe;
            this.problems = problems;
        }

        @Override
        public boolean isReadiness() {
            return probe == Probe.READINESS;
        }

        @Override
        public boolean isLiveness() {
            return probe == Probe.LIVENESS;
        }

        private HealthCheck.State state(List<Problem> found) {
            return found == null ? State.UNKNOWN : found.isEmpty() ? State.UP : State.DOWN;
        }

        @Override
        protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
            List<Problem> found = problems.get();
            result.state(state(found));
            if (found != null && !found.isEmpty()) {
                result.message(found.stream().map(problem -> problem.reason().code() + ": " + problem.words())
                        .collect(Collectors.joining("; ")));
                result.detail("reason", found.stream().map(problem -> problem.reason().code()).distinct().collect(Collectors.joining(",")));
            }
        }

        private Number gauge() {
            HealthCheck.State state = state(problems.get());
            return state == State.UNKNOWN ? Double.NaN : state == State.UP ? 1 : 0;
        }
    }

    /**
     * One more check.
     *
     * @param name     its id without our prefix
     * @param probe    what it decides about
     * @param problems what is wrong; nothing while all is well, null as long as nobody knows. It must not wait for anything
     */
    final void add(String name, Probe probe, Supplier<List<Problem>> problems) {
        checks.add(new Check(name, probe, problems));
    }

    /** Makes the checks known at once: a context that looked for checks before it loaded the routes would not find them. */
    @Override
    public void setCamelContext(CamelContext camelContext) {
        HealthCheckRegistry registry = context == null ? HealthCheckRegistry.get(camelContext) : null;
        context = camelContext;
        if (registry != null) {
            for (Check check : checks) {
                registry.getCheck(check.getId()).ifPresent(registry::unregister);
                registry.register(check);
            }
        }
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }

    @Override
    public void gauges(Metrics metrics) {
        checks.forEach(check -> metrics.gauge("health", "1 where a check is up, 0 where it is down", check::gauge, "check", check.name));
    }
}
