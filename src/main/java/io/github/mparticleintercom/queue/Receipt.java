package io.github.mparticleintercom.queue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.audit.Trail;
import io.github.mparticleintercom.intercom.Change;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.intercom.IntercomRequest.Operation;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import io.github.mparticleintercom.mparticle.MparticleEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What became of everything in one intake. The account always closes: events received = queued + skipped + parked. One
 * thread fills it.
 */
public final class Receipt {

    private int unreadable;
    private final Counts counts = new Counts();
    private final Details details = new Details();
    private final Set<String> queuedIds = new HashSet<>();
    private final Trail trail = new Trail();

    /** Counts a batch in. */
    public void received(MparticleBatch batch) {
        counts.received(batch.events().size());
        trail.about(batch);
    }

    /** A whole batch is not forwarded, and that is as it should be. */
    public void skipBatch(MparticleBatch batch, Reason reason) {
        whole(counts.skipped(), "skipped", batch, reason, null);
    }

    /** A whole batch is kept on the dead queue. */
    public void parkBatch(MparticleBatch batch, Reason reason) {
        if (batch.reason() != null) {
            unreadable++;
        }
        whole(counts.parked(), "parked", batch, reason, batch.field());
    }

    /** An event is not forwarded, and that is as it should be. */
    public void skipEvent(MparticleBatch batch, MparticleEvent event, Reason reason) {
        single(counts.skipped(), "skipped", batch.id(), event.id(), reason, null);
    }

    /** An event is kept on the dead queue; without an event, what the batch tells about its user. */
    public void parkEvent(MparticleBatch batch, MparticleEvent event, Reason reason) {
        if (event == null) {
            details.add("parked", batch.id(), null, reason, null);
            trail.contact("parked", batch.id(), reason);
            return;
        }
        single(counts.parked(), "parked", batch.id(), event.id(), reason, event.field());
    }

    /** A request was put on the queue. */
    public void queued(IntercomRequest request) {
        if (request.operation() == Operation.CONTACT) {
            counts.queuedContact();
        } else {
            counts.queuedEvent();
        }
        queuedIds.add(request.stableId());
        trail.queued(request);
        changed(request.batchId(), request.eventId(), request.changes());
    }

    /** What was left out or changed, also where no request came of the rest. */
    public void changed(String batchId, String eventId, List<Change> changes) {
        for (Change change : changes) {
            counts.changed(change.reason());
            details.add("changed", batchId, eventId, change.reason(), change.field());
            trail.changed(batchId, eventId, change.reason(), change.field());
        }
    }

    /** A request is on the queue already; a contact's repetition is no event and only told of. */
    public void repeated(IntercomRequest request) {
        if (request.operation() == Operation.EVENT) {
            single(counts.skipped(), "skipped", request.batchId(), request.eventId(), Reason.DUPLICATE, null);
        } else {
            details.add("skipped", request.batchId(), null, Reason.DUPLICATE, null);
            trail.contact("skipped", request.batchId(), Reason.DUPLICATE);
        }
    }

    /** Whether this very request was queued in this intake before. */
    public boolean holds(IntercomRequest request) {
        return queuedIds.contains(request.stableId());
    }

    /** Whether nothing that came could be read. */
    public boolean isUnreadable() {
        return unreadable > 0 && unreadable == counts.batches();
    }

    /** Whether something of it is on the dead queue. */
    public boolean isAnyParked() {
        return !counts.parked().isNothing();
    }

    /** The first reason in the receipt, or null. */
    public Reason getFirstReason() {
        return details.firstReason();
    }

    /** The field that goes with {@link #getFirstReason()}, or null. */
    public String getFirstField() {
        return details.firstField();
    }

    /** All of it, for the audit log. */
    public Trail getTrail() {
        return trail;
    }

    /** Batches received. */
    public int getBatches() {
        return counts.batches();
    }

    /** Events received. */
    public int getEvents() {
        return counts.events();
    }

    /** One line for the log. */
    public String getLine() {
        return counts.line();
    }

    /** The receipt as JSON text, as README describes it. */
    public String getJson() {
        ObjectNode json = getNumbers();
        json.set("details", details.json());
        return Json.write(json);
    }

    /** The same without its details. */
    public ObjectNode getNumbers() {
        return counts.json();
    }

    private void whole(Counts.Outcome count, String outcome, MparticleBatch batch, Reason reason, String field) {
        count.batch(batch.events().size(), reason);
        details.add(outcome, batch.id(), null, reason, field);
        trail.batch(outcome, batch, reason, field);
    }

    private void single(Counts.Outcome count, String outcome, String batchId, String eventId, Reason reason,
            String field) {
        count.event(reason);
        details.add(outcome, batchId, eventId, reason, field);
        trail.event(outcome, batchId, eventId, reason, field);
    }
}
