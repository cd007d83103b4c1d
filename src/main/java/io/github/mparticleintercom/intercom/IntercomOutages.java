package io.github.mparticleintercom.intercom;

import io.github.mparticleintercom.ratelimit.StopSignal;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Distinguishes an outage, in which every request is worth another try, from a request that fails while others go through.
 */
public final class IntercomOutages implements CamelContextAware {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.delivery");
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private long failingSince;
    private long saidAt;
    private final StopSignal stop = new StopSignal();
    private int maxAttempts = 10;
    private long retryDelayMillis = 1000;
    private long maxRetryDelayMillis = 60_000;
    private volatile String unexpected;

    /** How often a request is tried at least before it is given up. */
    public void setMaxAttempts(int maxAttempts) {
        this.maxAttempts = maxAttempts;
    }

    /** Intercom failed on a request, which is tried again; says so when it begins and then every minute. */
    public void failed(String what) {
        long now = System.nanoTime();
        synchronized (failures) {
            if (failures.getAndIncrement() == 0) {
                failingSince = now;
                saidAt = now;
                LOG.warn("Intercom is unavailable ({}). Everything stays queued and is tried again", what);
            } else if (now - saidAt >= MINUTE) {
                saidAt = now;
                LOG.warn("Intercom has been unavailable for {} s ({})", TimeUnit.NANOSECONDS.toSeconds(now - failingSince), what);
            }
        }
    }

    /** Intercom answered something that is no failure of its own. */
    void answered() {
        answers.incrementAndGet();
        if (failures.get() > 0) {
            synchronized (failures) {
                long tries = failures.getAndSet(0);
                if (tries > 0) {
                    LOG.info("Intercom answers again after {} s, in which {} tries failed",
                            TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - failingSince), tries);
                }
            }
        }
        if (unexpected != null) {
            unexpected = null;
        }
    }

    /** Something answered that is not Intercom, or Intercom as nobody knows it. */
    void unexpected(int status, String contentType) {
        unexpected = "status " + status + ", " + (contentType == null ? "no content type" : contentType.split(";", 2)[0]);
    }

    /** The last answer that was not in Intercom's form, as status and content type; null if Intercom has answered since. */
    public String unexpected() {
        return unexpected;
    }

    /** How many answers there were until now that were no failure. */
    public long answers() {
        return answers.get();
    }

    /** Delivery of this request begins. */
    public void begin(QueuedRequest request) {
        request.answersBefore(answers.get());
    }

    /** The first wait before a request is tried again, in milliseconds; it doubles from try to try. */
    public void setRetryDelayMillis(long retryDelayMillis) {
        this.retryDelayMillis = retryDelayMillis;
    }

    /** The longest such wait, in milliseconds. */
    public void setMaxRetryDelayMillis(long maxRetryDelayMillis) {
        this.maxRetryDelayMillis = maxRetryDelayMillis;
    }

    /**
     * Waits, if this request failed before, twice as long as the last time, give or take a fifth.
     *
     * @throws java.util.concurrent.RejectedExecutionException when the bundle stops meanwhile: the request stays on the queue
     */
    public void await(@Variable("request") QueuedRequest request) throws InterruptedException {
        int failed = request.failures();
        if (failed > 0) {
            long millis = Math.min(maxRetryDelayMillis, retryDelayMillis << Math.min(failed - 1, 20));
            stop.sleep((long) (millis * (0.8 + 0.4 * ThreadLocalRandom.current().nextDouble())));
        }
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        stop.setCamelContext(camelContext);
    }

    @Override
    public CamelContext getCamelContext() {
        return stop.getCamelContext();
    }

    /** Whether to try a request again. */
    public boolean goOn(@Variable("request") QueuedRequest request) {
        request.failed();
        return request.failures() < maxAttempts || answers.get() == request.answersBefore();
    }
}
