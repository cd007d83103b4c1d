package io.github.mparticleintercom.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.ratelimit.RateLimitSimulation.Instance;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the allowance is used in simulated time: windows of ten seconds, calls that take 200 ms, queues that never end. */
class RateLimiterTest {

    /** Windows that are judged: those after the one in which everybody starts, and after the next. */
    private static final int FROM = 2;
    private static final int TO = 8;

    private final RateLimitSimulation intercom = new RateLimitSimulation(1);

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10})
    void instancesUseTheAllowanceAndDivideIt(int instances) {
        List<Instance> all = start(instances, 0);
        intercom.runUntil(80);

        assertGoodUse(0.99);
        assertThat(all).allSatisfy(one ->
                assertThat(one.calls).isBetween(intercom.answered * 8 / 10 / instances, intercom.answered * 12 / 10 / instances));
    }

    @Test
    void callsAreSpreadOverTheWindow() {
        start(3, 0);
        intercom.runUntil(30);
        int before = intercom.answered;
        intercom.runUntil(35);

        // half the time, half the calls
        assertThat(intercom.answered - before).isBetween(800, 1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void whatAnotherAppTakesIsLeftToIt(int instances) {
        intercom.otherApp(1666 / 30.0);
        start(instances, 0);
        intercom.runUntil(80);

        assertGoodUse(0.98);
        assertThat(intercom.answered).isLessThan(8 * 1666 * 70 / 100);
    }

    @Test
    void whoeverJoinsGetsAPartAndWhoeverStopsLeavesHis() {
        Instance first = start(1, 0).get(0);
        intercom.runUntil(30);
        Instance second = start(1, 0).get(0);
        intercom.runUntil(40);
        int before = second.calls;
        intercom.runUntil(50);
        assertThat(second.calls - before).isBetween(1666 * 35 / 100, 1666 * 65 / 100);

        first.stop();
        intercom.runUntil(60);
        before = second.calls;
        intercom.runUntil(70);
        assertThat(second.calls - before).isGreaterThan(1666 * 98 / 100);
        intercom.runUntil(80);
        assertGoodUse(0.98);
    }

    @Test
    void whoeverComesBackFromIdlenessNeitherStormsNorStarves() {
        Instance idle = start(2, 0).get(1);
        intercom.at(15, idle::stop);
        intercom.at(39.9, idle::start);
        intercom.runUntil(50);
        int before = idle.calls;
        intercom.runUntil(60);

        assertThat(idle.calls - before).isBetween(1666 * 35 / 100, 1666 * 65 / 100);
        intercom.runUntil(80);
        assertGoodUse(0.98);
    }

    @ParameterizedTest
    @CsvSource({"1, 30", "1, -30", "3, 30", "3, -30"})
    void aWrongClockIsCorrectedByTheDateOfTheAnswers(int instances, double skew) {
        start(instances, skew);
        intercom.runUntil(80);

        assertGoodUse(0.98);
    }

    @ParameterizedTest
    @ValueSource(doubles = {30, -30, 86_400})
    void aWrongClockIsCorrectedAtTheFirstResetWithoutADate(double skew) {
        intercom.dates = false;
        start(1, skew);
        intercom.runUntil(80);

        assertGoodUse(0.98);
    }

    @Test
    void withoutHeadersOnlyA429Slows() {
        intercom.headers = false;
        start(1, 0);
        intercom.runUntil(9);

        // as fast as 50 threads can: the ceiling is another step's business
        assertThat(intercom.used(0, 1)).isGreaterThan(0.95);
        intercom.runUntil(80);
        assertThat(intercom.refused).isLessThan(intercom.answered / 20);
    }

    @Test
    void headersThatDisappearAreNotMissed() {
        start(1, 0);
        intercom.at(25, () -> intercom.headers = false);
        intercom.at(45, () -> intercom.headers = true);
        intercom.runUntil(80);

        assertThat(intercom.used(6, 8)).isGreaterThan(0.98);
    }

    /** Seconds of the year 2255, a day away, and now: whatever stands in the header, the next call comes soon. */
    @ParameterizedTest
    @CsvSource({"8999999999, 0", "8999999999, 100", "1700086400, 0", "1700000000, 0", "0, 0"})
    void aResetThatCannotBeDoesNotStopDelivery(long reset, long remaining) {
        long second = RateReport.SECOND;
        long now = 5 * second;
        RateLimiter limiter = new RateLimiter(now, 1_700_000_000 * second, 10 * second, () -> 0.5);
        RateReport nonsense = new RateReport(1666, remaining, reset * second, 1_700_000_000 * second);
        for (int call = 0; call < 3; call++) {
            limiter.learn(now, limiter.take(now), nonsense);
            assertThat(limiter.waitNanos(now + 11 * second)).isLessThanOrEqualTo(0);
            limiter.hold(now, 0, nonsense);
            assertThat(limiter.waitNanos(now)).isBetween(0L, 11 * second);
            now += 11 * second;
        }
        limiter.hold(now, 1_000_000 * second, null);
        assertThat(limiter.waitNanos(now)).isBetween(0L, 61 * second);
    }

    @Test
    void aLimitThatChangesIsKeptAtOnce() {
        start(2, 0);
        intercom.at(25, () -> intercom.limit = 167);
        intercom.at(55, () -> intercom.limit = 1666);
        intercom.runUntil(80);

        assertThat(intercom.used(3, 5)).isBetween(0.9, 1.0);
        assertThat(intercom.used(6, 8)).isGreaterThan(0.98);
        // those that were under way when the limit fell
        assertThat(intercom.refused).isLessThanOrEqualTo(60);
    }

    @Test
    void aWindowOfAnotherLengthThanConfiguredIsLearned() {
        List<Instance> all = start(2, 0);
        intercom.window = 5 * RateLimitSimulation.SECOND;
        intercom.runUntil(40);

        assertThat(intercom.used(2, 8)).isGreaterThan(0.9);
        assertThat(intercom.refused).isLessThanOrEqualTo(intercom.answered / 1000);
        assertThat(all).allSatisfy(one -> assertThat(one.calls).isPositive());
    }

    @Property(tries = 100)
    void whateverTheWorkspaceTheAllowanceIsHardlyEverExceeded(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int instances,
            @ForAll @IntRange(min = 50, max = 3000) int limit, @ForAll @IntRange(min = 10, max = 800) int latency,
            @ForAll @DoubleRange(min = -60, max = 60) double skew, @ForAll @DoubleRange(min = 0, max = 9.9) double start) {
        RateLimitSimulation any = new RateLimitSimulation(seed);
        any.limit = limit;
        any.latency = latency * RateLimitSimulation.MILLI;
        any.runUntil(start);
        List<Instance> all = start(any, instances, skew);
        any.runUntil(80);

        double wanted = Math.min(0.85, 0.8 * instances * any.concurrency * 1000 / latency * 10 / limit);
        assertThat(any.used(FROM, TO)).isGreaterThan(wanted);
        assertThat(any.refused).isLessThanOrEqualTo(10 * instances + any.answered / 1000);
        assertThat(all).allSatisfy(one -> assertThat(one.calls).isPositive());
    }

    private List<Instance> start(int instances, double skew) {
        return start(intercom, instances, skew);
    }

    private static List<Instance> start(RateLimitSimulation intercom, int instances, double skew) {
        List<Instance> all = new ArrayList<>();
        for (int i = 0; i < instances; i++) {
            all.add(intercom.new Instance(i % 2 == 0 ? skew : -skew).start());
        }
        return all;
    }

    private void assertGoodUse(double atLeast) {
        assertThat(intercom.used(FROM, TO)).isGreaterThanOrEqualTo(atLeast);
        assertThat(intercom.refused).isLessThanOrEqualTo(intercom.answered / 1000);
    }
}
