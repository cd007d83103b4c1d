package io.github.mparticleintercom.outcome;

import io.github.mparticleintercom.intercom.IntercomOutages;
import io.github.mparticleintercom.intercom.IntercomThrottled;
import io.github.mparticleintercom.intercom.QueuedRequest;
import io.github.mparticleintercom.metrics.Metrics;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Counts what delivery tries again. Camel calls it before each further try. */
public final class Retries implements Processor {

    private Metrics metrics;
    private IntercomOutages outages;

    /** Where it is counted. */
    public void setMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    /** Learns of every failure. */
    public void setOutages(IntercomOutages outages) {
        this.outages = outages;
    }

    @Override
    public void process(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        QueuedRequest request = exchange.getVariable("request", QueuedRequest.class);
        if (failure instanceof IOException && request != null) {
            metrics.call(request.callWord(), 0, System.nanoTime() - request.calledAt());
        }
        if (!(failure instanceof IntercomThrottled)) {
            outages.failed(failure instanceof IOException || request == null || request.answer() == null ? "no answer"
                    : "status " + request.answer().status());
        }
        metrics.retry(failure instanceof IntercomThrottled ? "throttled" : failure instanceof IOException ? "no-answer" : "unavailable");
    }
}
