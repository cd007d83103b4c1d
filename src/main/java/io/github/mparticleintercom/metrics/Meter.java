package io.github.mparticleintercom.metrics;

/** Every number there is. {@code METRICS.md} describes them by the names that Prometheus shows. */
enum Meter {

    BATCHES("batches", "Batches received, by what became of the whole of them"),
    EVENTS("events", "Events received, by what became of them at the door"),
    REQUESTS("requests", "Requests for Intercom, by what became of them"),
    CHANGES("changes", "What was left out, cut, renamed or moved, by reason"),
    CALL("call", "Calls to Intercom: number, duration and status"),
    RETRIES("retries", "Requests that were tried again, by reason"),
    DEAD_LETTERS("dead.letters", "Dead letters parked, replayed and discarded, by reason"),
    DEAD_QUEUE_DEPTH("dead.queue.depth", "Letters on the dead queue"),
    QUEUE_DEPTH("queue.depth", "Requests that wait for Intercom"),
    QUEUE_OLDEST_AGE("queue.oldest.age.seconds", "How long the oldest of them waits"),
    PACE_ALLOWED("pace.allowed", "Calls that Intercom allows in the running window, as its answers tell"),
    PACE_USED("pace.used", "Calls of them that are used, by whomever"),
    PACE_WAITING("pace.waiting", "Calls that wait for their turn"),
    HEALTH("health", "1 where a check is up, 0 where it is down");

    private final String shortName;
    private final String description;

    Meter(String shortName, String description) {
        this.shortName = shortName;
        this.description = description;
    }

    /** Its name at Micrometer. */
    String fullName() {
        return "mparticle.intercom." + shortName;
    }

    String description() {
        return description;
    }
}
