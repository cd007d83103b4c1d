package io.github.mparticleintercom.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import java.time.Instant;
import org.apache.camel.CamelContext;
import org.apache.camel.Variable;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/** Everything that the page shows but the dead letters. */
public final class StatusReport {

    private final Instant startedAt = Instant.now();

    /**
     * The report as JSON text. It holds counts, reason codes and what health says, no value of a batch.
     *
     * @param figures what came in and what became of it, as {@link Figures#read} tells; the report is added to it
     * @param waiting how many requests wait for Intercom
     * @param dead    how many letters lie on the dead queue
     * @param dryRun  whether nothing is sent to Intercom
     */
    public String json(CamelContext context, @Variable("figures") ObjectNode figures, @Variable("waiting") long waiting,
            @Variable("dead") long dead, @Variable("dryRun") boolean dryRun) {
        ObjectNode json = figures.put("started_at", startedAt.toString()).put("at", Instant.now().toString());
        json.put("dry_run", dryRun).put("waiting", waiting).put("dead", dead);
        json.set("unwell", unwell(context));
        json.set("routes", RouteFigures.read(context));
        return Json.write(json);
    }

    /** What health finds wrong, in its words. */
    private static ArrayNode unwell(CamelContext context) {
        ArrayNode unwell = Json.MAPPER.createArrayNode();
        HealthCheckHelper.invoke(context).stream().filter(result -> result.getState() == HealthCheck.State.DOWN)
                .forEach(result -> unwell.addObject().put("check", result.getCheck().getId())
                        .put("message", result.getMessage().orElse("")));
        return unwell;
    }
}
