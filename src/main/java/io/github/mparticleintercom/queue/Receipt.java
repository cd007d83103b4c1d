package io.github.mparticleintercom.queue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.audit.Trail;
import io.github.mparticleintercom.intercom.Change;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.intercom.IntercomRequest.Operation;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import io.github.mparticleintercom.mparticle.MparticleEvent;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What became of everything in one intake. The account always closes: events received = queued + skipped + parked. One
 * thread fills it.
 */
public final class Receipt {

    private static final int DETAILS = 1000;

    private int batches;
    private int events;
    private int queuedContacts;
    private int queuedEvents;
    private int unreadable;
    private final Outcomes skipped = new Outcomes();
    private final Outcomes parked = new Outcomes();
    private final Map<Reason, Integer> changed = new EnumMap<>(Reason.class);
    private final ArrayNode details = Json.MAPPER.createArrayNode();
    private final Set<String> queuedIds = new HashSet<>();
    private final Trail trail = new Trail();
    private Reason firstReason;
    private String firstField;

    /** Whole batches and single events with one outcome. */
    private static final class Outcomes {
        private int batches;
        private int events;
        private final Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
    }

    /** Counts a batch in. */
    public void received(MparticleBatch batch) {
        batches++;
        events += batch.events().size();
        trail.about(batch);
    }

    /** A whole batch is not forwarded, and that is as it should be. */
    public void skipBatch(MparticleBatch batch, Reason reason) {
        whole(skipped, "skipped", batch, reason, null);
    }

    /** A whole batch is kept on the dead queue. */
    public void parkBatch(MparticleBatch batch, Reason reason) {
        if (batch.reason() != null) {
            unreadable++;
        }
        whole(parked, "parked", batch, reason, batch.field());
    }

    /** An event is not forwarded, and that is as it should be. */
    public void skipEvent(MparticleBatch batch, MparticleEvent event, Reason reason) {
        single(skipped, "skipped", batch.id(), event.id(), reason, null);
    }

    /** An event is kept on the dead queue; without an event, what the batch tells about its user. */
    public void parkEvent(MparticleBatch batch, MparticleEvent event, Reason reason) {
        if (event == null) {
            detail("parked", batch.id(), null, reason, null);
            trail.contact("parked", batch.id(), reason);
            return;
        }
        single(parked, "parked", batch.id(), event.id(), reason, event.field());
    }

    /** A request was put on the queue. */
    public void queued(IntercomRequest request) {
        if (request.operation() == Operation.CONTACT) {
            queuedContacts++;
        } else {
            queuedEvents++;
        }
        queuedIds.add(request.stableId());
        trail.queued(request);
        changed(request.batchId(), request.eventId(), request.changes());
    }

    /** What was left out or changed, also where no request came of the rest. */
    public void changed(String batchId, String eventId, List<Change> changes) {
        for (Change change : changes) {
            changed.merge(change.reason(), 1, Integer::sum);
            detail("changed", batchId, eventId, change.reason(), change.field());
            trail.changed(batchId, eventId, change.reason(), change.field());
        }
    }

    /** A request is on the queue already; a contact's repetition is no event and only told of. */
    public void repeated(IntercomRequest request) {
        if (request.operation() == Operation.EVENT) {
            single(skipped, "skipped", request.batchId(), request.eventId(), Reason.DUPLICATE, null);
        } else {
            detail("skipped", request.batchId(), null, Reason.DUPLICATE, null);
            trail.contact("skipped", request.batchId(), Reason.DUPLICATE);
        }
    }

    /** Whether this very request was queued in this intake before. */
    public boolean holds(IntercomRequest request) {
        return queuedIds.contains(request.stableId());
    }

    /** Whether nothing that came could be read. */
    public boolean isUnreadable() {
        return batches > 0 && unreadable == batches;
    }

    /** Whether something of it is on the dead queue. */
    public boolean isAnyParked() {
        return !parked.reasons.isEmpty();
    }

    /** The first reason in the receipt, or null. */
    public Reason getFirstReason() {
        return firstReason;
    }

    /** The field that goes with {@link #getFirstReason()}, or null. */
    public String getFirstField() {
        return firstField;
    }

    /** All of it, for the audit log. */
    public Trail getTrail() {
        return trail;
    }

    /** Batches received. */
    public int getBatches() {
        return batches;
    }

    /** Events received. */
    public int getEvents() {
        return events;
    }

    /** One line for the log. */
    public String getLine() {
        return batches + " batch(es), " + events + " event(s): queued " + queuedContacts + " contact(s) and "
                + queuedEvents + " event(s); skipped " + skipped.events + " event(s)" + codes(skipped.reasons)
                + "; parked " + parked.events + " event(s)" + codes(parked.reasons) + "; changed" + codes(changed);
    }

    /** The receipt as JSON text, as README describes it. */
    public String getJson() {
        ObjectNode json = getNumbers();
        json.set("details", details);
        return Json.write(json);
    }

    /** The same without its details. */
    public ObjectNode getNumbers() {
        ObjectNode json = Json.object();
        json.putObject("received").put("batches", batches).put("events", events);
        json.putObject("queued").put("contacts", queuedContacts).put("events", queuedEvents);
        outcomes(json.putObject("skipped"), skipped);
        outcomes(json.putObject("parked"), parked);
        reasons(json.putObject("changed"), changed);
        return json;
    }

    private void whole(Outcomes outcomes, String outcome, MparticleBatch batch, Reason reason, String field) {
        outcomes.batches++;
        outcomes.events += batch.events().size();
        outcomes.reasons.merge(reason, 1, Integer::sum);
        detail(outcome, batch.id(), null, reason, field);
        trail.batch(outcome, batch, reason, field);
    }

    private void single(Outcomes outcomes, String outcome, String batchId, String eventId, Reason reason, String field) {
        outcomes.events++;
        outcomes.reasons.merge(reason, 1, Integer::sum);
        detail(outcome, batchId, eventId, reason, field);
        trail.event(outcome, batchId, eventId, reason, field);
    }

    private void detail(String outcome, String batchId, String eventId, Reason reason, String field) {
        if (firstReason == null) {
            firstReason = reason;
            firstField = field;
        }
        if (details.size() < DETAILS) {
            ObjectNode detail = details.addObject().put("outcome", outcome).put("reason", reason.code());
            detail.put("batch_id", batchId).put("event_id", eventId).put("field", field);
            detail.properties().removeIf(entry -> entry.getValue().isNull());
        }
    }

    private static void outcomes(ObjectNode json, Outcomes outcomes) {
        json.put("batches", outcomes.batches).put("events", outcomes.events);
        reasons(json.putObject("reasons"), outcomes.reasons);
    }

    private static void reasons(ObjectNode json, Map<Reason, Integer> reasons) {
        reasons.forEach((reason, count) -> json.put(reason.code(), count));
    }

    private static String codes(Map<Reason, Integer> reasons) {
        return reasons.isEmpty() ? " nothing" : " " + reasons;
    }
}
