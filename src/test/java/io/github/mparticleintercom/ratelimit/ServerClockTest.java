package io.github.mparticleintercom.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ServerClockTest {

    private static final long SECOND = RateReport.SECOND;
    private static final long WINDOW = 10 * SECOND;

    @Test
    void believesAClockThatAgreesWithTheAnswers() {
        ServerClock clock = new ServerClock(5, WINDOW);
        clock.observe(99 * SECOND, 101 * SECOND, new RateReport(10, 5, 110 * SECOND, 100 * SECOND));

        assertThat(clock.at(7)).isEqualTo(12);
        assertThat(clock.here(12)).isEqualTo(7);
    }

    @Test
    void learnsNothingFromAResetThatContradictsTheDate() {
        ServerClock clock = new ServerClock(0, WINDOW);
        clock.observe(100 * SECOND, 100 * SECOND, new RateReport(10, 5, 900 * SECOND, 100 * SECOND));

        assertThat(clock.at(0)).isZero();
    }

    @Property
    void neverTakesAResetForFurtherAwayThanAWindow(@ForAll @LongRange(min = -4_000_000, max = 4_000_000) long skew,
            @ForAll @LongRange(min = 1, max = 10) long untilReset, @ForAll boolean dated) {
        long here = 5_000_000 * SECOND;
        long there = here + skew * SECOND;
        ServerClock clock = new ServerClock(0, WINDOW);
        RateReport report = new RateReport(10, 5, there + untilReset * SECOND, dated ? there : null);
        clock.observe(here, here + SECOND / 5, report);

        assertThat(clock.here(report.reset()) - here).isBetween(0L, WINDOW + SECOND);
        if (dated) {
            assertThat(clock.at(here) - there).isBetween(-SECOND, SECOND);
        }
    }
}
