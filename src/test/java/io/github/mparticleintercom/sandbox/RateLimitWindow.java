package io.github.mparticleintercom.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts calls in windows aligned to the clock and says how many are left. */
final class RateLimitWindow {

    /** Whether a call may go on, and the headers its answer carries either way. */
    record Grant(boolean allowed, Map<String, String> headers, String refusal) {
    }

    private final SandboxConfig config;
    private final Clock clock;
    private int limit;
    private long windowMillis;
    private boolean retryAfter;
    private long windowStart;
    private long used;

    RateLimitWindow(SandboxConfig config) {
        this.config = config;
        this.clock = config.clock();
        reset();
    }

    synchronized void reset() {
        limit = config.rateLimit();
        windowMillis = config.rateWindow().toMillis();
        retryAfter = config.retryAfter();
        used = 0;
    }

    synchronized void limit(int value) {
        limit = value;
    }

    synchronized void window(Duration length) {
        windowMillis = length.toMillis();
    }

    synchronized void retryAfter(boolean value) {
        retryAfter = value;
    }

    synchronized void consume(int calls) {
        roll();
        used += calls;
    }

    synchronized Grant take() {
        if (limit <= 0) {
            return new Grant(true, Map.of(), null);
        }
        long now = roll();
        boolean allowed = used < limit;
        if (allowed) {
            used++;
        }
        long end = windowStart + windowMillis;
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-RateLimit-Limit", String.valueOf(limit));
        headers.put("X-RateLimit-Remaining", String.valueOf(Math.max(0, limit - used)));
        headers.put("X-RateLimit-Reset", String.valueOf(secondsRoundedUp(end)));
        if (!allowed && retryAfter) {
            headers.put("Retry-After", String.valueOf(secondsRoundedUp(end - now)));
        }
        String refusal = "Exceeded rate limit of " + limit + " in " + secondsRoundedUp(windowMillis) + "_seconds";
        return new Grant(allowed, headers, refusal);
    }

    private long roll() {
        long now = clock.millis();
        long start = now - Math.floorMod(now, windowMillis);
        if (start != windowStart) {
            windowStart = start;
            used = 0;
        }
        return now;
    }

    private static long secondsRoundedUp(long millis) {
        return (millis + 999) / 1000;
    }
}
