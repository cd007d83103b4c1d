package io.github.mparticleintercom.metrics;

import io.github.mparticleintercom.queue.QueueLook;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/**
 * What is counted and measured: nothing where Micrometer is not on the class path. Labels are reason codes, outcomes, operations
 * and statuses, of which there are few; never an id, a name or a path.
 */
public final class Metrics implements CamelContextAware {

    private static final String NO_REASON = "none";

    private CamelContext context;
    private MeterService service;

    /**
     * Starts to measure, unless that was started in this context already.
     *
     * @throws Exception when it cannot start
     */
    public void start() throws Exception {
        service = context.hasService(MeterService.class);
        if (service == null) {
            service = new MeterService(context);
            context.addService(service, true, true);
        }
    }

    /** Batches came to this end. */
    public void batches(long batches, String outcome, String reason) {
        count(Meter.BATCHES, batches, "outcome", outcome, "reason", or(reason));
    }

    /** An event came to this end at the door. */
    public void event(String outcome, String reason) {
        count(Meter.EVENTS, 1, "outcome", outcome, "reason", or(reason));
    }

    /** A request for Intercom came so far. */
    public void request(String operation, String outcome, String reason) {
        count(Meter.REQUESTS, 1, "operation", operation, "outcome", outcome, "reason", or(reason));
    }

    /** Something is not forwarded as it came. */
    public void change(String reason) {
        count(Meter.CHANGES, 1, "reason", reason);
    }

    /** A dead letter was parked, replayed or discarded. */
    public void letter(String outcome, String reason) {
        count(Meter.DEAD_LETTERS, 1, "outcome", outcome, "reason", or(reason));
    }

    /** A request is tried again. */
    void retry(String reason) {
        count(Meter.RETRIES, 1, "reason", reason);
    }

    /** When a call begins, for {@link #called}. */
    public long now() {
        return System.nanoTime();
    }

    /** A call to Intercom ended, with an answer or without. */
    public void called(@Variable("calledAt") long since, @Variable("method") String method, @Variable("path") String path,
            @Header("CamelHttpResponseCode") Integer status) {
        service.meters().time(Meter.CALL, System.nanoTime() - since, "operation", CallLabels.operation(method, path),
                "status", CallLabels.status(status));
    }

    /** Somebody looked at the queues. */
    public void note(@Body QueueLook look) {
        service.note(look);
    }

    private void count(Meter meter, long amount, String... labels) {
        if (amount > 0) {
            service.meters().count(meter, amount, labels);
        }
    }

    private static String or(String reason) {
        return reason == null ? NO_REASON : reason;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.context = camelContext;
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }
}
