package io.github.mparticleintercom.files;

import java.util.function.LongSupplier;

/** How far a file is. */
final class FileProgress {

    private static final long REPORT_NANOS = 5_000_000_000L;

    private final LongSupplier nanos;
    private final long startedAt;
    private long reportedAt;
    private long batches;
    private long events;

    FileProgress(LongSupplier nanos) {
        this.nanos = nanos;
        this.startedAt = nanos.getAsLong();
        this.reportedAt = startedAt;
    }

    /** Another piece was stored. */
    void add(int itsBatches, int itsEvents) {
        batches += itsBatches;
        events += itsEvents;
    }

    /** Whether the last report is some seconds ago; if so, this is the moment of the next. */
    boolean isDue() {
        long now = nanos.getAsLong();
        if (now - reportedAt < REPORT_NANOS) {
            return false;
        }
        reportedAt = now;
        return true;
    }

    /** What was read and how fast, for a person. */
    String line() {
        double seconds = (nanos.getAsLong() - startedAt) / 1e9;
        return batches + " batches, " + events + " events, " + Math.round(batches / Math.max(seconds, 0.001))
                + " batches a second";
    }
}
