package io.github.mparticleintercom.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.broker.QueueSnapshot;
import io.github.mparticleintercom.broker.QueueStatus;
import io.github.mparticleintercom.intercom.IntercomConnection;
import io.github.mparticleintercom.metrics.Metrics;
import java.time.Instant;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/** Everything that the console shows but the dead letters. */
public final class Status {

    private final Instant startedAt = Instant.now();

    /**
     * The status as JSON text. It holds counts, reason codes and what health says, no value of a batch.
     *
     * @param context knows health, the routes and the beans that count
     */
    public String json(CamelContext context) {
        ObjectNode json = Counters.read(bean(context, "mparticleIntercomMetrics", Metrics.class));
        json.put("started_at", startedAt.toString()).put("at", Instant.now().toString());
        json.put("dry_run", bean(context, "intercomConnection", IntercomConnection.class).isDryRun());
        QueueStatus queues = bean(context, "mparticleIntercomQueueStatus", QueueStatus.class);
        queues.refresh();
        QueueSnapshot snapshot = queues.snapshot();
        json.put("waiting", snapshot.waiting()).put("dead_letters", snapshot.deadLetters());
        json.set("problems", problems(context));
        json.set("routes", RouteCounters.read(context));
        return Json.write(json);
    }

    private static <T> T bean(CamelContext context, String name, Class<T> type) {
        return context.getRegistry().lookupByNameAndType(name, type);
    }

    /** What health finds wrong, in its words. */
    private static ArrayNode problems(CamelContext context) {
        ArrayNode problems = Json.MAPPER.createArrayNode();
        HealthCheckHelper.invoke(context).stream().filter(result -> result.getState() == HealthCheck.State.DOWN)
                .forEach(result -> problems.addObject().put("check", result.getCheck().getId())
                        .put("message", result.getMessage().orElse("")));
        return problems;
    }
}
