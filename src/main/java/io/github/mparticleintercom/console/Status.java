package io.github.mparticleintercom.console;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Build;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.broker.QueueSnapshot;
import io.github.mparticleintercom.broker.QueueStatus;
import io.github.mparticleintercom.health.IntercomHealth;
import io.github.mparticleintercom.intercom.IntercomConnection;
import io.github.mparticleintercom.intercom.IntercomOutages;
import io.github.mparticleintercom.metrics.Metrics;
import java.time.Instant;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/** Everything that the console shows but dead letters, history and the audit log. */
public final class Status {

    private final Instant startedAt = Instant.now();

    /**
     * The status as JSON text. It holds counts, reason codes and what health says, no value of a batch.
     *
     * @param context knows health, the routes and the beans that count
     */
    public String json(CamelContext context) {
        ObjectNode json = Counters.read(Sample.bean(context, "mparticleIntercomMetrics", Metrics.class));
        QueueStatus queues = Sample.bean(context, "mparticleIntercomQueueStatus", QueueStatus.class);
        queues.refresh();
        json.set("now", Sample.read(context, json));
        QueueSnapshot snapshot = queues.snapshot();
        json.put("waiting", snapshot.waiting()).put("dead_letters", snapshot.deadLetters());
        json.put("started_at", startedAt.toString()).put("at", Instant.now().toString());
        IntercomConnection intercom = Sample.bean(context, "intercomConnection", IntercomConnection.class);
        json.put("dry_run", intercom.isDryRun());
        IntercomHealth health = Sample.bean(context, "intercomHealth", IntercomHealth.class);
        json.putObject("instance").put("name", context.getName()).put("version", Build.version())
                .put("workspace", health.workspace().isEmpty() ? intercom.appId() : health.workspace()).put("where", intercom.where());
        Instant since = Sample.bean(context, "intercomOutages", IntercomOutages.class).nothingTakenSince();
        if (since != null) {
            json.put("nothing_taken_since", since.toString());
        }
        json.set("problems", problems(context));
        json.set("routes", RouteMap.read(context));
        return Json.write(json);
    }

    /** What health finds wrong: {@code check}, {@code message}, its words, and {@code reasons}, codes. */
    private static ArrayNode problems(CamelContext context) {
        ArrayNode problems = Json.MAPPER.createArrayNode();
        HealthCheckHelper.invoke(context).stream().filter(result -> result.getState() == HealthCheck.State.DOWN).forEach(result -> {
            ObjectNode problem = problems.addObject().put("check", result.getCheck().getId()).put("message", result.getMessage().orElse(""));
            String reasons = String.valueOf(result.getDetails().getOrDefault("reason", ""));
            problem.set("reasons", Json.MAPPER.valueToTree(reasons.isEmpty() ? List.of() : List.of(reasons.split(","))));
        });
        return problems;
    }
}
