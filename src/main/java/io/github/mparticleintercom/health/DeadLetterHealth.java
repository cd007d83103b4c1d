package io.github.mparticleintercom.health;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.queue.QueueLook;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Body;

/** Whether dead letters came lately. Old ones that somebody left lying are no news. */
public final class DeadLetterHealth extends Check {

    private final long nanos;
    private long dead = -1;
    private Instant grewAt;
    private long grewAtNanos;

    /** Dead letters are news for so long. */
    public DeadLetterHealth(long millis) {
        super("mparticle-intercom-dead-letters");
        this.nanos = TimeUnit.MILLISECONDS.toNanos(millis);
    }

    /** Somebody looked. */
    public synchronized void note(@Body QueueLook look) {
        if (!look.reachable()) {
            return;
        }
        if (dead >= 0 && look.dead() > dead) {
            grewAt = Instant.now();
            grewAtNanos = System.nanoTime();
        }
        dead = look.dead();
    }

    @Override
    synchronized Finding find() {
        return grewAt == null || System.nanoTime() - grewAtNanos > nanos ? Finding.UP
                : Finding.down(Reason.DEAD_LETTERS_GROWING, dead + " letters on the dead queue, the last came at " + grewAt);
    }
}
