package io.github.mparticleintercom.ratelimit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Instances that call an Intercom with windows aligned to the clock, in simulated time. The same seed gives the same course.
 */
final class RateLimitSimulation {

    static final long SECOND = 1_000_000_000L;
    static final long MILLI = 1_000_000L;
    /** A moment at which a window begins. */
    static final long START = 1_700_000_000L * SECOND;

    private final PriorityQueue<Event> events = new PriorityQueue<>(
            Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final Random random;
    private final List<Long> used = new ArrayList<>();
    private final List<Integer> limits = new ArrayList<>();
    private long now = START;
    private long order;

    long window = 10 * SECOND;
    int limit = 1666;
    boolean headers = true;
    boolean dates = true;
    long latency = 200 * MILLI;
    long concurrency = 50;
    int refused;
    int answered;

    private record Event(long at, long order, Runnable action) {
    }

    RateLimitSimulation(long seed) {
        random = new Random(seed);
    }

    void at(double seconds, Runnable action) {
        schedule(START + (long) (seconds * SECOND), action);
    }

    private void schedule(long at, Runnable action) {
        events.add(new Event(Math.max(at, now), order++, action));
    }

    void runUntil(double seconds) {
        long end = START + (long) (seconds * SECOND);
        while (!events.isEmpty() && events.peek().at() < end) {
            Event event = events.poll();
            now = event.at();
            event.action().run();
        }
        now = end;
    }

    /** Another app makes so many calls a second, evenly. */
    void otherApp(double callsPerSecond) {
        schedule(now + (long) (SECOND / callsPerSecond), () -> {
            take();
            otherApp(callsPerSecond);
        });
    }

    /** The part of the allowance of these windows that was used, by whomever. */
    double used(int fromWindow, int toWindow) {
        double calls = 0;
        double allowed = 0;
        for (int i = fromWindow; i < toWindow; i++) {
            calls += i < used.size() ? used.get(i) : 0;
            allowed += i < limits.size() ? limits.get(i) : limit;
        }
        return calls / allowed;
    }

    private int running() {
        int index = (int) ((now - START) / window);
        while (used.size() <= index) {
            used.add(0L);
            limits.add(limit);
        }
        limits.set(index, limit);
        return index;
    }

    private boolean take() {
        int index = running();
        boolean allowed = used.get(index) < limit;
        if (allowed) {
            used.set(index, used.get(index) + 1);
        }
        return allowed;
    }

    private RateReport report() {
        if (!headers) {
            return null;
        }
        int index = running();
        long reset = START + (index + 1) * window;
        return new RateReport(limit, Math.max(0, limit - used.get(index)), (reset + SECOND - 1) / SECOND * SECOND,
                dates ? now / SECOND * SECOND : null);
    }

    /** One instance with threads that make calls as fast as its rate limit lets them. */
    final class Instance {
        private final long nanoOrigin = random.nextLong() >> 2;
        private final RateLimiter limiter;
        private long free = concurrency;
        private long questions;
        private boolean busy;
        int calls;
        int refusals;

        Instance(double skewSeconds) {
            limiter = new RateLimiter(here(), now + (long) (skewSeconds * SECOND), window, random::nextDouble);
        }

        Instance start() {
            busy = true;
            ask();
            return this;
        }

        void stop() {
            busy = false;
        }

        private long here() {
            return now - START + nanoOrigin;
        }

        private void ask() {
            while (busy && free > 0) {
                long wait = limiter.waitNanos(here());
                if (wait > 0) {
                    askLater(now + wait + random.nextLong(MILLI));
                    return;
                }
                free--;
                call(limiter.take(here()));
            }
        }

        private void askLater(long at) {
            long question = ++questions;
            schedule(at, () -> {
                if (question == questions) {
                    ask();
                }
            });
        }

        private void call(Permit permit) {
            long there = (long) (latency * (0.3 + 0.4 * random.nextDouble()));
            long back = (long) (latency * (0.3 + 0.4 * random.nextDouble()));
            schedule(now + there, () -> {
                boolean allowed = take();
                RateReport report = report();
                schedule(now + back, () -> answer(permit, allowed, report));
            });
        }

        private void answer(Permit permit, boolean allowed, RateReport report) {
            free++;
            answered++;
            calls++;
            limiter.learn(here(), permit, report);
            if (!allowed) {
                refused++;
                refusals++;
                limiter.hold(here(), 0, report);
            }
            ask();
        }
    }
}
