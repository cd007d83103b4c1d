package io.github.mparticleintercom.broker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.bundle.AuditLines;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Whoever reads the log hears of an outage once, now and then while it lasts, and once more. */
class OutageReportTest {

    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong(-7);
    private final OutageReport report = new OutageReport(now::get);

    @Test
    void hasALineForTheBeginEachMinuteAndTheEnd() {
        try (AuditLines log = new AuditLines("mparticle-intercom.broker")) {
            report.over();
            assertThat(log.texts()).isEmpty();
            for (int second = 0; second < 130; second++) {
                report.lasts("the disk is full");
                assertThat(report.cause()).isEqualTo("the disk is full");
                now.addAndGet(SECOND);
            }
            report.over();
            report.over();

            assertThat(report.cause()).isEmpty();
            assertThat(log.texts()).containsExactly("The disk is full. What callers send meanwhile is not accepted, and what was accepted"
                    + " waits there. It goes on by itself", "The disk is full; nothing is accepted since 60 s",
                    "The disk is full; nothing is accepted since 120 s", "The broker answers again after 130 s");
        }
    }
}
