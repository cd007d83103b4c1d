package io.github.mparticleintercom.health;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.broker.MessageBroker;
import io.github.mparticleintercom.broker.QueueSnapshot;
import io.github.mparticleintercom.broker.QueueStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Whether the broker can be reached and has room, kept what it had, and how its queues stand. */
public final class BrokerHealth extends Checks {

    private MessageBroker broker;
    private QueueStatus status;
    private long freshNanos;
    private long deadLetters = -1;
    private Instant grewAt;
    private long grewAtNanos;

    /** Nobody has looked yet. */
    public BrokerHealth() {
        // without the broker nothing can be taken: the one check of readiness
        add("broker", Probe.READINESS, this::broker);
        add("broker-process", Probe.LIVENESS, () -> broker.isGivenUp()
                ? Problem.of(Reason.BROKER_UNAVAILABLE, "the embedded broker does not come back by itself") : List.of());
        add("storage", Probe.NONE, () -> Problem.of(Reason.STORAGE_DAMAGED, broker.missing()));
        add("queue", Probe.NONE, this::queue);
        add("dead-letters", Probe.NONE, this::deadLetters);
    }

    /** The broker. */
    public void setBroker(MessageBroker broker) {
        this.broker = broker;
    }

    /** Knows how the queues stand. */
    public void setStatus(QueueStatus status) {
        this.status = status;
        status.onRefresh(this::seen);
    }

    /** How long, in milliseconds, dead letters are news. */
    public void setDeadLettersMillis(long millis) {
        freshNanos = TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private List<Problem> broker() {
        String known = broker.outage();
        if (!known.isEmpty()) {
            return Problem.of(Reason.BROKER_UNAVAILABLE, known);
        }
        QueueSnapshot seen = status.snapshot();
        return seen == null ? null : Problem.of(Reason.BROKER_UNAVAILABLE, seen.reachable() ? "" : "the broker does not answer");
    }

    private List<Problem> queue() {
        QueueSnapshot seen = status.snapshot();
        return seen == null || !seen.reachable() || seen.waiting() < status.highWaterMark() ? List.of()
                : Problem.of(Reason.QUEUE_FULL, seen.waiting() + " requests wait, the mark is " + status.highWaterMark());
    }

    /** Old ones that somebody left lying are no news. */
    private synchronized List<Problem> deadLetters() {
        return grewAt == null || System.nanoTime() - grewAtNanos > freshNanos ? List.of() : Problem.of(Reason.DEAD_LETTERS_GROWING,
                deadLetters + " dead letters on their queue, the last came at " + grewAt.truncatedTo(ChronoUnit.SECONDS));
    }

    private synchronized void seen(QueueSnapshot snapshot) {
        if (!snapshot.reachable()) {
            return;
        }
        if (deadLetters >= 0 && snapshot.deadLetters() > deadLetters) {
            grewAt = Instant.now();
            grewAtNanos = System.nanoTime();
        }
        deadLetters = snapshot.deadLetters();
    }
}
