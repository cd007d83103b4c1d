package io.github.mparticleintercom.audit;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.audit.AuditLine.Subject;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import java.util.ArrayList;
import java.util.List;

/** All that one intake does, until it is known to be safe and can be told. One thread fills it. */
public final class Trail {

    private final List<AuditLine> lines = new ArrayList<>();
    private String userKey;
    private String source;
    private int forwarded;

    /** From here on it is about this batch. */
    public void about(MparticleBatch batch) {
        userKey = batch.user().known() ? batch.user().key() : null;
        source = batch.raw().source();
        forwarded++;
    }

    /** A request is on the queue. */
    public void queued(IntercomRequest request) {
        add(Subject.REQUEST, "queued", request.batchId(), request.eventId()).with("operation", request.operation().code());
    }

    /** Something about a request is not as it came. */
    public void changed(String batchId, String eventId, Reason reason, String field) {
        add(Subject.CHANGE, "changed", batchId, eventId).with("reason", reason).with("field", field);
    }

    /** A single event was skipped or parked. */
    public void event(String outcome, String batchId, String eventId, Reason reason, String field) {
        add(Subject.EVENT, outcome, batchId, eventId).with("reason", reason).with("field", field);
    }

    /** What a batch tells about its user was skipped or parked. */
    public void contact(String outcome, String batchId, Reason reason) {
        add(Subject.REQUEST, outcome, batchId, null).with("operation", "contact").with("reason", reason);
    }

    /** A whole batch and with it each of its events was skipped or parked. */
    public void batch(String outcome, MparticleBatch batch, Reason reason, String field) {
        forwarded--;
        add(Subject.BATCH, outcome, batch.id(), null).with("reason", reason).with("field", field);
        batch.events().forEach(event ->
                add(Subject.EVENT_OF_BATCH, outcome, batch.id(), event.id()).with("reason", reason));
    }

    List<AuditLine> lines() {
        return lines;
    }

    /** How many batches are neither skipped nor parked as a whole. */
    int forwarded() {
        return forwarded;
    }

    private AuditLine add(Subject subject, String outcome, String batchId, String eventId) {
        AuditLine line = new AuditLine(subject, outcome).with("batch_id", batchId).with("event_id", eventId)
                .with("user_key", userKey).with("source", source);
        lines.add(line);
        return line;
    }
}
