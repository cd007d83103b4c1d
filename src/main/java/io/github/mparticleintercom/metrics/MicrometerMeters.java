package io.github.mparticleintercom.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/**
 * Meters in the registry of the host: the bean {@code metricsRegistry}, which is also what Camel's components use, else the only
 * {@link MeterRegistry} among the beans, else Micrometer's global one.
 */
final class MicrometerMeters implements Meters {

    private static final Duration[] BUCKETS = Stream.of(50, 100, 200, 350, 500, 1000, 2000, 5000, 10_000, 30_000)
            .map(Duration::ofMillis).toArray(Duration[]::new);

    private final CamelContext context;
    private final MeterRegistry registry;
    private final List<Gauge> gauges = new CopyOnWriteArrayList<>();

    MicrometerMeters(CamelContext context) {
        this.context = context;
        this.registry = find(context);
    }

    private static MeterRegistry find(CamelContext context) {
        MeterRegistry named = context.getRegistry().lookupByNameAndType("metricsRegistry", MeterRegistry.class);
        MeterRegistry only = named != null ? named : context.getRegistry().findSingleByType(MeterRegistry.class);
        return only != null ? only : Metrics.globalRegistry;
    }

    @Override
    public void count(Meter meter, long amount, String... labels) {
        Counter.builder(meter.fullName()).description(meter.description()).tags(labels).register(registry).increment(amount);
    }

    @Override
    public void time(Meter meter, long nanos, String... labels) {
        Timer.builder(meter.fullName()).description(meter.description()).tags(labels).serviceLevelObjectives(BUCKETS)
                .register(registry).record(Duration.ofNanos(nanos));
    }

    @Override
    public void gauge(Meter meter, ToDoubleFunction<CamelContext> value, String... labels) {
        // the registry would stay with the gauge of a context that was there before
        registry.find(meter.fullName()).tags(labels).gauges().forEach(registry::remove);
        gauges.add(Gauge.builder(meter.fullName(), context, value).description(meter.description()).tags(labels)
                .register(registry));
    }

    @Override
    public void close() {
        gauges.forEach(registry::remove);
    }
}
