package io.github.mparticleintercom.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The waiting itself; what is waited for is computed elsewhere. */
@Timeout(30)
class IntercomPaceTest {

    private final IntercomPace pace = new IntercomPace(10_000);

    @Test
    void anAnswerLetsThoseGoOnWhoWaitForIt() throws Exception {
        Turn first = pace.take();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            CompletableFuture<?>[] rest = new CompletableFuture<?>[3];
            for (int i = 0; i < 3; i++) {
                rest[i] = CompletableFuture.supplyAsync(this::turn, threads);
            }
            pace.learn(first, null, null, null, null);

            CompletableFuture.allOf(rest).get(20, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aThreadThatIsInterruptedGivesUpAndKeepsNobodyBack() throws Exception {
        Turn first = pace.take();
        Thread waiting = new Thread(() -> {
            try {
                pace.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        waiting.start();
        waiting.interrupt();
        waiting.join();
        pace.learn(first, null, null, null, null);

        assertThat(pace.take().number()).isPositive();
    }

    @Test
    void aClockThatIsSetWhileWaitingChangesNothing() throws Exception {
        Clock wrong = Clock.offset(Clock.systemUTC(), Duration.ofDays(-1000));
        IntercomPace other = new IntercomPace(100, wrong, System::nanoTime);
        Turn turn = other.take();
        long now = System.currentTimeMillis() / 1000;
        other.learn(turn, "1", "0", String.valueOf(now + 1), null);

        assertThat(other.take().number()).isEqualTo(1);
    }

    private Turn turn() {
        try {
            return pace.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
