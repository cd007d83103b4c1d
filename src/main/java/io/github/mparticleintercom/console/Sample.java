package io.github.mparticleintercom.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.broker.QueueSnapshot;
import io.github.mparticleintercom.broker.QueueStatus;
import io.github.mparticleintercom.metrics.Metrics;
import io.github.mparticleintercom.ratelimit.IntercomRateLimit;
import io.micrometer.core.instrument.Timer;
import org.apache.camel.CamelContext;

/** What the console draws as a curve, at one moment. */
final class Sample {

    private Sample() {
    }

    /**
     * The numbers now: {@code at} in Unix milliseconds; counted since the start {@code received} (events), {@code delivered} (requests)
     * and {@code throttled} (calls that Intercom answered with 429); {@code allowed} and {@code used} calls of Intercom's running window;
     * {@code waiting} requests and the {@code oldest} of them in seconds, unless the broker does not answer.
     *
     * @param counters what {@link Counters} reads
     */
    static ObjectNode read(CamelContext context, JsonNode counters) {
        ObjectNode sample = Json.object().put("at", System.currentTimeMillis()).put("received", counters.at("/received/events").asLong());
        long delivered = 0;
        for (JsonNode operations : counters.get("delivered")) {
            for (JsonNode count : operations) {
                delivered += count.asLong();
            }
        }
        sample.put("delivered", delivered).put("throttled", bean(context, "mparticleIntercomMetrics", Metrics.class).timers("call")
                .filter(timer -> "429".equals(timer.getId().getTag("status"))).mapToLong(Timer::count).sum());
        IntercomRateLimit.Usage usage = bean(context, "intercomRateLimit", IntercomRateLimit.class).usage();
        sample.put("allowed", usage.allowed()).put("used", usage.used());
        QueueSnapshot queue = bean(context, "mparticleIntercomQueueStatus", QueueStatus.class).snapshot();
        if (queue != null && queue.reachable()) {
            sample.put("waiting", queue.waiting()).put("oldest", queue.oldestAgeSeconds());
        }
        return sample;
    }

    static <T> T bean(CamelContext context, String name, Class<T> type) {
        return context.getRegistry().lookupByNameAndType(name, type);
    }
}
