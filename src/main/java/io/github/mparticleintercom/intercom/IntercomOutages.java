package io.github.mparticleintercom.intercom;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/**
 * Tells an outage, in which every request is worth another try, from a request that fails while others go through.
 */
public final class IntercomOutages {

    private final int maxAttempts;
    private final AtomicLong answers = new AtomicLong();

    /**
     * No outage so far.
     *
     * @param maxAttempts how often a request is tried at least before it is parked
     */
    public IntercomOutages(int maxAttempts) {
        this.maxAttempts = maxAttempts;
    }

    /** Intercom answered something that is no failure of its own. */
    public void answered() {
        answers.incrementAndGet();
    }

    /** How many such answers there were until now. */
    public long answers() {
        return answers.get();
    }

    /**
     * Whether to try a request again.
     *
     * @param attempts      how often it was tried again already
     * @param answersBefore {@link #answers()} before its first attempt
     */
    public boolean goOn(@Header("CamelRedeliveryCounter") Integer attempts, @Variable("answersBefore") long answersBefore) {
        return attempts == null || attempts < maxAttempts || answers.get() == answersBefore;
    }
}
