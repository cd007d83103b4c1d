package io.github.mparticleintercom.broker;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** That the broker takes nothing: a line in the log when it begins, one a minute while it lasts, and one when it ends. */
final class OutageReport {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.broker");
    private static final long EVERY_NANOS = 60_000_000_000L;

    private final LongSupplier nanoTime;
    private String cause = "";
    private long since;
    private long reportedAt;

    OutageReport(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** It begins, or lasts. */
    synchronized void lasts(String why) {
        long now = nanoTime.getAsLong();
        if (cause.isEmpty()) {
            since = now;
            reportedAt = now;
            LOG.error("{}. What callers send meanwhile is not accepted, and what was accepted waits there. It goes on by itself",
                    upperCase(why));
        } else if (now - reportedAt >= EVERY_NANOS) {
            reportedAt = now;
            LOG.error("{}; nothing is accepted since {} s", upperCase(why), seconds(now));
        }
        cause = why;
    }

    /** It is over, if there was one. */
    synchronized void over() {
        if (!cause.isEmpty()) {
            cause = "";
            LOG.info("The broker answers again after {} s", seconds(nanoTime.getAsLong()));
        }
    }

    /** Why it takes nothing, for a person; "" while it does. */
    synchronized String cause() {
        return cause;
    }

    private long seconds(long now) {
        return (now - since) / 1_000_000_000L;
    }

    private static String upperCase(String words) {
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
