package io.github.mparticleintercom.metrics;

import io.github.mparticleintercom.intercom.IntercomAgain;
import io.github.mparticleintercom.intercom.IntercomThrottled;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Counts what delivery tries again. Camel calls it before each further try. */
public final class Retries implements Processor {

    private final Metrics metrics;

    /** Counts here. */
    public Retries(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void process(Exchange exchange) {
        metrics.retry(reason(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)));
    }

    private static String reason(Exception failure) {
        return failure instanceof IntercomThrottled ? "throttled"
                : failure instanceof IntercomAgain ? "answer-used"
                : failure instanceof IOException ? "no-answer" : "unavailable";
    }
}
