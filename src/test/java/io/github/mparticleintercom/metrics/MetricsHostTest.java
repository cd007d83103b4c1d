package io.github.mparticleintercom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** What the numbers do in a host's context. */
class MetricsHostTest {

    private static final String SKIPPED = "mparticle.intercom.events";
    private static final String DEPTH = "mparticle.intercom.queue.depth";

    @Test
    void goToTheRegistryOfTheHostAndLeaveItCleanBehind() throws Exception {
        MeterRegistry registry = new SimpleMeterRegistry();
        try (CamelContext host = new DefaultCamelContext()) {
            host.getRegistry().bind("theirs", registry);
            host.getRegistry().bind("queue", (Gauged) metrics -> metrics.gauge("queue.depth", "Waiting", () -> 7));
            Metrics first = begin(host);
            Metrics second = begin(host);
            host.start();
            first.events(1, "skipped", "no-identity");
            second.events(1, "skipped", "no-identity");

            assertThat(registry.get(SKIPPED).tags("outcome", "skipped", "reason", "no-identity").counter().count()).isEqualTo(2);
            assertThat(registry.find(DEPTH).gauges()).singleElement().satisfies(gauge -> assertThat(gauge.value()).isEqualTo(7));
        }
        assertThat(registry.find(DEPTH).gauges()).isEmpty();
    }

    @Test
    void canBeReadWithoutABackend() throws Exception {
        try (CamelContext host = new DefaultCamelContext()) {
            Metrics metrics = begin(host);
            host.start();
            metrics.events(3, "skipped", "no-identity");

            assertThat(metrics.counters("events").map(Counter::count)).containsExactly(3.0);
        }
    }

    @Test
    void haveBoundedLabelsHoweverManyReasonsRoutesGive() throws Exception {
        try (CamelContext host = new DefaultCamelContext()) {
            Metrics metrics = begin(host);
            host.start();
            for (int reason = 0; reason < 1000; reason++) {
                metrics.events(1, "skipped", "reason-" + reason);
            }

            assertThat(metrics.counters("events").count()).isLessThan(300);
            assertThat(metrics.counters("events").mapToDouble(Counter::count).sum()).isEqualTo(1000);
        }
    }

    private static Metrics begin(CamelContext host) throws Exception {
        Metrics metrics = new Metrics();
        metrics.setCamelContext(host);
        metrics.begin();
        return metrics;
    }
}
