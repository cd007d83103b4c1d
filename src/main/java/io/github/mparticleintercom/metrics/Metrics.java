package io.github.mparticleintercom.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.StartupListener;
import org.apache.camel.support.service.ServiceSupport;

/**
 * What is counted and measured, in the registry of the host: the bean {@code metricsRegistry}, which is also what Camel's
 * components use, else the only {@link MeterRegistry} among the beans, else Micrometer's global one, beside one of our own for
 * the console. Labels are reason codes, outcomes, operations and statuses, of which there are few; never an id, a
 * name or a path. The page on metrics describes every number.
 */
public final class Metrics extends ServiceSupport implements CamelContextAware, StartupListener {

    private static final String PREFIX = "mparticle.intercom.";
    private static final String NO_REASON = "none";
    /** A route may give reasons of its own; beyond so many different labels of one number, the rest is counted together. */
    private static final int MOST_LABELS = 200;
    /** The statuses that mean something of their own (Intercom's pages on HTTP responses, and gateways before it). */
    private static final Set<Integer> STATUSES = Set.of(200, 202, 400, 401, 403, 404, 408, 409, 410, 422, 429, 500, 502, 503, 504);
    private static final Duration[] BUCKETS = Stream.of(50, 100, 200, 350, 500, 1000, 2000, 5000, 10_000, 30_000)
            .map(Duration::ofMillis).toArray(Duration[]::new);

    private final Map<List<String>, Meter> meters = new ConcurrentHashMap<>();
    private final List<Gauge> gauges = new CopyOnWriteArrayList<>();
    private CamelContext context;
    private volatile MeterRegistry registry;
    /** Where the numbers can be read: a global registry without a backend would say nothing. */
    private volatile MeterRegistry counted;

    /**
     * Measures while the context runs.
     *
     * @throws Exception when it cannot start
     */
    public void begin() throws Exception {
        context.addService(this, true, true);
        context.addStartupListener(this);
    }

    @Override
    public void onCamelContextStarted(CamelContext started, boolean alreadyStarted) {
        started.getRegistry().findByType(Gauged.class).forEach(bean -> bean.gauges(this));
    }

    @Override
    protected void doStop() {
        if (registry != null) {
            gauges.forEach(registry::remove);
        }
        gauges.clear();
    }

    /** Batches came to this end. */
    public void batches(long batches, String outcome, String reason) {
        count("batches", "Batches received, by outcome", batches, "outcome", outcome, "reason", or(reason));
    }

    /** Events came to this end at intake. */
    public void events(long events, String outcome, String reason) {
        count("events", "Events received, by their outcome at intake", events, "outcome", outcome, "reason", or(reason));
    }

    /** A batch, or one thing of it, is not forwarded for this reason. */
    public void reason(String operation, String outcome, String reason) {
        count("reasons", "Batches, and single things of others, that were not forwarded, as receipts count their reasons", 1, "operation",
                operation, "outcome", outcome, "reason", reason);
    }

    /** A request for Intercom came so far. */
    public void request(String operation, String outcome, String reason) {
        count("requests", "Requests for Intercom, by outcome", 1, "operation", operation, "outcome", outcome, "reason",
                or(reason));
    }

    /** Something is not forwarded as it came. */
    public void change(String reason) {
        count("changes", "What was left out, truncated, renamed or shifted, by reason", 1, "reason", reason);
    }

    /** A dead letter was kept, replayed or discarded. */
    public void deadLetter(String outcome, String reason) {
        count("dead.letters", "Dead letters kept, replayed and discarded, by reason", 1, "outcome", outcome, "reason",
                or(reason));
    }

    /** A request to forget a user came so far. */
    public void erasure(String outcome) {
        count("erasures", "Requests to forget a user, by outcome", 1, "outcome", outcome);
    }

    /** Whoever sent a request to forget a user was told of it, or was not. */
    public void erasureCallback(String outcome) {
        count("erasure.callbacks", "Callbacks on requests to forget a user, by outcome", 1, "outcome", outcome);
    }

    /** A request is tried again. */
    public void retry(String reason) {
        count("retries", "Requests that were tried again, by reason", 1, "reason", reason);
    }

    /**
     * A call to Intercom ended.
     *
     * @param operation what it was for, one of few words
     * @param status    the HTTP status; 0 without an answer
     * @param nanos     how long it took
     */
    public void call(String operation, int status, long nanos) {
        List<String> key = List.of("call", operation, label(status));
        Meter meter = meters.get(key);
        if (meter == null) {
            meter = meters.computeIfAbsent(key, none -> Timer.builder(PREFIX + "call")
                    .description("Calls to Intercom: number, duration and status").tags("operation", key.get(1), "status", key.get(2))
                    .serviceLevelObjectives(BUCKETS).register(registry()));
        }
        ((Timer) meter).record(Duration.ofNanos(nanos));
    }

    /** A bounded label: a known status, else its class such as {@code 5xx}; {@code none} for a call without an answer. */
    private static String label(int status) {
        return status == 0 ? "none" : STATUSES.contains(status) ? Integer.toString(status) : status / 100 + "xx";
    }

    /** Reports from now on what this supplier says; labels are pairs of name and value. */
    public void gauge(String name, String description, Supplier<Number> value, String... labels) {
        Tags tags = Tags.of(labels);
        // the registry would stay with the gauge of a context that was there before
        registry().find(PREFIX + name).tags(tags).gauges().forEach(registry()::remove);
        gauges.add(Gauge.builder(PREFIX + name, value).description(description).tags(tags).register(registry()));
    }

    /** The counters of this name without our prefix. */
    public Stream<Counter> counters(String name) {
        registry();
        return counted.find(PREFIX + name).counters().stream();
    }

    /** The timers of this name without our prefix. */
    public Stream<Timer> timers(String name) {
        registry();
        return counted.find(PREFIX + name).timers().stream();
    }

    private void count(String name, String description, long amount, String... labels) {
        if (amount == 0) {
            return;
        }
        String[] bounded = labels;
        List<String> key = key(name, labels);
        Meter meter = meters.get(key);
        if (meter == null && meters.size() >= MOST_LABELS) {
            bounded = labels.clone();
            bounded[bounded.length - 1] = "other";
            key = key(name, bounded);
        }
        if (meter == null) {
            String[] tags = bounded;
            meter = meters.computeIfAbsent(key, none ->
                    Counter.builder(PREFIX + name).description(description).tags(tags).register(registry()));
        }
        ((Counter) meter).increment(amount);
    }

    private static List<String> key(String name, String... labels) {
        return switch (labels.length) {
            case 2 -> List.of(name, labels[1]);
            case 4 -> List.of(name, labels[1], labels[3]);
            default -> List.of(name, labels[1], labels[3], labels[5]);
        };
    }

    /** Found only when it is needed: beans are made before Camel has its registry of meters. */
    private MeterRegistry registry() {
        MeterRegistry found = registry;
        if (found == null) {
            found = context.getRegistry().lookupByNameAndType("metricsRegistry", MeterRegistry.class);
            if (found == null) {
                found = context.getRegistry().findSingleByType(MeterRegistry.class);
            }
            counted = found;
            if (found == null) {
                counted = new SimpleMeterRegistry();
                found = new CompositeMeterRegistry().add(io.micrometer.core.instrument.Metrics.globalRegistry).add(counted);
            }
            registry = found;
        }
        return found;
    }

    private static String or(String reason) {
        return reason == null ? NO_REASON : reason;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.context = camelContext;
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }
}
