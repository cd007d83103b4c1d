package io.github.mparticleintercom.audit;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import java.util.ArrayList;
import java.util.List;

/** All that one intake does, until it is known to be safe and can be told. One thread fills it. */
public final class Trail {

    private final List<AuditLine> lines = new ArrayList<>();
    private String userKey;
    private String source;

    /** From here on it is about this batch. */
    public void about(MparticleBatch batch) {
        userKey = batch.user().known() ? batch.user().key() : null;
        source = batch.raw().source();
    }

    /** A request is on the queue. */
    public void queued(IntercomRequest request) {
        add("queued", request.batchId(), request.eventId()).with("operation", request.operation().code());
    }

    /** Something was skipped, parked or changed. */
    public void told(String outcome, String batchId, String eventId, Reason reason, String field) {
        add(outcome, batchId, eventId).with("reason", reason).with("field", field);
    }

    /** A whole batch and with it each of its events was skipped or parked. */
    public void told(String outcome, MparticleBatch batch, Reason reason) {
        batch.events().forEach(event -> told(outcome, batch.id(), event.id(), reason, null));
    }

    List<AuditLine> lines() {
        return lines;
    }

    private AuditLine add(String outcome, String batchId, String eventId) {
        AuditLine line = new AuditLine(outcome).with("batch_id", batchId).with("event_id", eventId)
                .with("user_key", userKey).with("source", source);
        lines.add(line);
        return line;
    }
}
