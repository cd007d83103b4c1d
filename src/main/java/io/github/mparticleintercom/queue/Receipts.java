package io.github.mparticleintercom.queue;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import io.github.mparticleintercom.mparticle.MparticleEvent;
import org.apache.camel.Variable;

/** How the routes write into the receipt of the intake they work on. */
public final class Receipts {

    private static final String RECEIPT = "mparticleIntercomReceipt";

    /** An empty receipt. */
    public Receipt open() {
        return new Receipt();
    }

    /** Counts a batch in. */
    public void received(@Variable(RECEIPT) Receipt receipt, @Variable("batch") MparticleBatch batch) {
        receipt.received(batch);
    }

    /** A whole batch is not forwarded. */
    public void skipBatch(@Variable(RECEIPT) Receipt receipt, @Variable("batch") MparticleBatch batch,
            @Variable("reason") String code) {
        receipt.skipBatch(batch, Reason.of(code));
    }

    /** An event is not forwarded. */
    public void skipEvent(@Variable(RECEIPT) Receipt receipt, @Variable("batch") MparticleBatch batch,
            @Variable("event") MparticleEvent event, @Variable("reason") String code) {
        receipt.skipEvent(batch, event, Reason.of(code));
    }

    /** A whole batch goes to the dead queue. */
    public void parkBatch(@Variable(RECEIPT) Receipt receipt, @Variable("batch") MparticleBatch batch,
            @Variable("reason") String code) {
        receipt.parkBatch(batch, Reason.of(code));
    }

    /** An event goes to the dead queue. */
    public void parkEvent(@Variable(RECEIPT) Receipt receipt, @Variable("batch") MparticleBatch batch,
            @Variable("event") MparticleEvent event, @Variable("reason") String code) {
        receipt.parkEvent(batch, event, Reason.of(code));
    }

    /** A request is on the queue now. */
    public void queued(@Variable(RECEIPT) Receipt receipt, @Variable("request") IntercomRequest request) {
        receipt.queued(request);
    }

    /** A request was on the queue before. */
    public void repeated(@Variable(RECEIPT) Receipt receipt, @Variable("request") IntercomRequest request) {
        receipt.repeated(request);
    }

    /** Whether this intake has queued the request before. */
    public boolean holds(@Variable(RECEIPT) Receipt receipt, @Variable("request") IntercomRequest request) {
        return receipt.holds(request);
    }
}
