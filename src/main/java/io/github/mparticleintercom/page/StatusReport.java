package io.github.mparticleintercom.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.intercom.IntercomConnection;
import io.github.mparticleintercom.queue.QueueDepth;
import java.time.Instant;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/** Everything that the page shows but the dead letters, gathered from those who know it. */
public final class StatusReport {

    private final Instant startedAt = Instant.now();
    private final Figures figures;
    private final QueueDepth requests;
    private final QueueDepth dead;
    private final IntercomConnection intercom;

    /**
     * Gathers from these.
     *
     * @param figures  what came in and what became of it
     * @param requests the queue of requests for Intercom
     * @param dead     the dead queue
     * @param intercom where the requests go
     */
    public StatusReport(Figures figures, QueueDepth requests, QueueDepth dead, IntercomConnection intercom) {
        this.figures = figures;
        this.requests = requests;
        this.dead = dead;
        this.intercom = intercom;
    }

    /** The report as JSON text. It holds counts, reason codes and what health says, no value of a batch. */
    public String json(CamelContext context) {
        ObjectNode json = figures.read();
        json.put("started_at", startedAt.toString()).put("at", Instant.now().toString());
        json.put("dry_run", intercom.isDryRun()).put("waiting", requests.depth()).put("dead", dead.depth());
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
