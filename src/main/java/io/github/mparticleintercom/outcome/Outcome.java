package io.github.mparticleintercom.outcome;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.intercom.IntercomRequest.Operation;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import io.github.mparticleintercom.mparticle.MparticleEvent;

/**
 * The outcome of one thing of an intake: a batch, an event, what a batch says about its user, or a request made of one of them.
 * Receipt, counts, audit lines and metrics are all read from these.
 */
final class Outcome {

    /** What it is about. */
    enum Subject {
        BATCH("batch", "batches"), EVENT("event", "events"), CONTACT("contact", "contacts"), COMPANY("company", "companies"), TAGS("tags", "tags"),
        /** One product of a commerce event, beside the event itself. */
        PRODUCT("product", "products");

        private final String one;
        private final String many;

        Subject(String one, String many) {
            this.one = one;
            this.many = many;
        }

        /** As metrics have it. */
        String one() {
            return one;
        }

        /** As receipts have it. */
        String many() {
            return many;
        }

        private static Subject of(MparticleEvent event) {
            return event == null ? CONTACT : event.product() == null ? EVENT : PRODUCT;
        }

        private static Subject of(Operation operation, MparticleEvent event) {
            return switch (operation) {
                case EVENT -> of(event);
                case CONTACT -> CONTACT;
                case COMPANY -> COMPANY;
                case TAGS -> TAGS;
                case ERASURE -> throw new IllegalArgumentException("No batch asks for an erasure");
            };
        }
    }

    /** How it ends at intake. */
    enum End {
        QUEUED("queued"), SKIPPED("skipped"), DEAD_LETTERED("dead_lettered"),
        /** Nothing but changes is to be reported: no request came of it. */
        NOTHING("changed");

        private final String word;

        End(String word) {
            this.word = word;
        }

        /** As receipts, audit lines and metrics have it. */
        String word() {
            return word;
        }
    }

    private final Subject subject;
    private final MparticleBatch batch;
    private final MparticleEvent event;
    private final IntercomRequest request;
    private End end;
    private Reason reason;
    private final String field;

    private Outcome(Subject subject, End end, MparticleBatch batch, MparticleEvent event, IntercomRequest request,
            Reason reason, String field) {
        this.subject = subject;
        this.end = end;
        this.batch = batch;
        this.event = event;
        this.request = request;
        this.reason = reason;
        this.field = field;
    }

    static Outcome forwarded(MparticleBatch batch, MparticleEvent event, IntercomRequest request) {
        return new Outcome(Subject.of(request.operation(), event), request.saysNothing() ? End.NOTHING : End.QUEUED, batch,
                event, request, null, null);
    }

    static Outcome ofBatch(End end, MparticleBatch batch, Reason reason) {
        return new Outcome(Subject.BATCH, end, batch, null, null, reason, batch.field());
    }

    static Outcome ofEvent(End end, MparticleBatch batch, MparticleEvent event, Reason reason) {
        return new Outcome(Subject.of(event), end, batch, event, null, reason, event == null ? null : event.field());
    }

    /** The request turned out to have been accepted before. */
    void duplicate() {
        end = End.SKIPPED;
        reason = Reason.DUPLICATE;
    }

    Subject subject() {
        return subject;
    }

    End end() {
        return end;
    }

    MparticleBatch batch() {
        return batch;
    }

    /** Null for all but an event. */
    MparticleEvent event() {
        return event;
    }

    /** Null unless something was to be forwarded. */
    IntercomRequest request() {
        return request;
    }

    /** Null where it is forwarded. */
    Reason reason() {
        return reason;
    }

    /** The field at fault, as mParticle names it; null if none is. */
    String field() {
        return field;
    }

    String batchId() {
        return batch.id();
    }

    String eventId() {
        return event == null ? null : event.id();
    }
}
