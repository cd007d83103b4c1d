package io.github.mparticleintercom.audit;

import io.github.mparticleintercom.audit.AuditLine.Subject;
import io.github.mparticleintercom.intercom.IntercomAnswer;
import io.github.mparticleintercom.metrics.Metrics;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.apache.camel.Variables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Told what became of every batch and event, it counts that and writes it down, a line of JSON each, to a logger of its own.
 */
public final class AuditLog {

    private static final String[] IDS = {"batch_id", "batchId", "event_id", "eventId", "user_key", "userKey", "operation",
        "operation"};

    private final boolean enabled;
    private final Logger log;
    private final Metrics metrics;

    /**
     * A log.
     *
     * @param enabled whether anything is written
     * @param logger  the name of the logger to write to
     * @param metrics where it is counted in any case
     */
    public AuditLog(boolean enabled, String logger, Metrics metrics) {
        this.enabled = enabled;
        this.log = LoggerFactory.getLogger(logger);
        this.metrics = metrics;
    }

    /**
     * What an intake did, once that is safe.
     *
     * @param trail what it did
     * @param door  where it came from, for what brings no source of its own; null if unknown
     */
    public void intake(Trail trail, @Variable("mparticleIntercomSource") String door) {
        String now = Instant.now().toString();
        metrics.batches(trail.forwarded(), "forwarded", null);
        trail.lines().forEach(line -> write(line, now, door));
    }

    /** Intercom was told, or told before, or would have been told, as variable {@code outcome} says: else delivered. */
    public void delivered(@Variables Map<String, Object> variables) {
        Object outcome = variables.get("outcome");
        AuditLine line = ids(new AuditLine(Subject.REQUEST, outcome == null ? "delivered" : outcome.toString()), variables);
        if (variables.get("answer") instanceof IntercomAnswer answer) {
            line.with("request_id", answer.requestId());
        }
        write(line, Instant.now().toString(), null);
    }

    /** A request was parked. What is parked at the door is in the trail of its intake. */
    public void parked(@Headers Map<String, Object> letter) {
        tell(Subject.REQUEST, "parked", letter);
    }

    /** A dead letter was taken off its queue. */
    public void letter(String outcome, @Variable("letter") Map<String, Object> letter) {
        tell(Subject.LETTER, outcome, letter);
    }

    private void tell(Subject subject, String outcome, Map<String, Object> letter) {
        write(ids(new AuditLine(subject, outcome), letter).with("reason", letter.get("reason")).with("field", letter.get("field"))
                .with("request_id", letter.get("intercomRequestId")).with("dead_id", letter.get("deadId")),
                Instant.now().toString(), null);
    }

    private static AuditLine ids(AuditLine line, Map<String, Object> values) {
        for (int i = 0; i < IDS.length; i += 2) {
            line.with(IDS[i], values.get(IDS[i + 1]));
        }
        return line.with("source", values.get("source"));
    }

    private void write(AuditLine line, String time, String source) {
        line.count(metrics);
        if (enabled) {
            log.info("{}", line.json(time, source));
        }
    }
}
