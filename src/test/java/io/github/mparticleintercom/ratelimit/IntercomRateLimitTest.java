package io.github.mparticleintercom.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The waiting itself; what is waited for is computed elsewhere. */
@Timeout(30)
class IntercomRateLimitTest {

    private final IntercomRateLimit rateLimit = new IntercomRateLimit(10_000);

    @Test
    void anAnswerLetsThoseGoOnWhoWaitForIt() throws Exception {
        Permit first = rateLimit.acquire();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            CompletableFuture<?>[] rest = new CompletableFuture<?>[3];
            for (int i = 0; i < 3; i++) {
                rest[i] = CompletableFuture.supplyAsync(rateLimit::acquire, threads);
            }
            rateLimit.learn(first, null, null, null, null);

            CompletableFuture.allOf(rest).get(20, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aThreadThatIsInterruptedGivesUpAndKeepsNobodyBack() throws Exception {
        Permit first = rateLimit.acquire();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread waiting = new Thread(() -> thrown.set(catchThrowable(rateLimit::acquire)));
        waiting.start();
        waiting.interrupt();
        waiting.join();
        assertThat(thrown.get()).isInstanceOf(RejectedExecutionException.class);
        rateLimit.learn(first, null, null, null, null);

        assertThat(rateLimit.acquire().number()).isPositive();
    }

    @Test
    void aClockThatIsSetWhileWaitingChangesNothing() throws Exception {
        Clock wrong = Clock.offset(Clock.systemUTC(), Duration.ofDays(-1000));
        IntercomRateLimit other = new IntercomRateLimit(100, wrong, System::nanoTime);
        Permit permit = other.acquire();
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
        other.learn(permit, "1", "0", String.valueOf(now.toEpochSecond() + 1),
                DateTimeFormatter.RFC_1123_DATE_TIME.format(now));

        assertThat(other.acquire().number()).isEqualTo(1);
    }
}
