package io.github.mparticleintercom.broker;

/**
 * How the queues stood at one moment.
 *
 * @param reachable   whether the broker answered; if not, the rest says nothing
 * @param waiting     requests that wait for Intercom
 * @param retries     those of them that lie on the retry queue
 * @param oldestSince since when the oldest of them waits, in milliseconds since 1970; 0 if none does
 * @param deadLetters dead letters
 * @param consumers   who takes off the queue of requests, of whichever instance; 0 where the broker does not tell
 */
public record QueueSnapshot(boolean reachable, long waiting, long retries, long oldestSince, long deadLetters, long consumers) {

    static final QueueSnapshot UNREACHABLE = new QueueSnapshot(false, 0, 0, 0, 0, 0);

    /** How long the oldest request has waited, in seconds; 0 if none waits. */
    public long oldestAgeSeconds() {
        return oldestSince == 0 ? 0 : Math.max(0, System.currentTimeMillis() - oldestSince) / 1000;
    }
}
