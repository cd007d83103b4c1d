package io.github.mparticleintercom.sandbox;

import java.time.Duration;
import java.util.Arrays;

/** Remembers when authenticated requests arrived and finds the densest span. */
final class PaceMeter {

    private long[] nanoTimes = new long[1024];
    private int size;

    synchronized void add(long nanoTime) {
        if (size == nanoTimes.length) {
            nanoTimes = Arrays.copyOf(nanoTimes, size * 2);
        }
        nanoTimes[size++] = nanoTime;
    }

    synchronized void clear() {
        size = 0;
    }

    /** The largest number of arrivals in a span of this length, which is open at its end. */
    int maxWithin(Duration span) {
        long[] sorted = sorted();
        long length = span.toNanos();
        int best = 0;
        int first = 0;
        for (int last = 0; last < sorted.length; last++) {
            while (sorted[last] - sorted[first] >= length) {
                first++;
            }
            best = Math.max(best, last - first + 1);
        }
        return best;
    }

    private synchronized long[] sorted() {
        // Requests are recorded when their body is complete, which may differ from the order of arrival.
        long[] copy = Arrays.copyOf(nanoTimes, size);
        Arrays.sort(copy);
        return copy;
    }
}
