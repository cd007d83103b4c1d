package io.github.mparticleintercom.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.bundle.ExternalBroker;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Restarted under load, from the first to the last moment it answers as the routes do or with 503, and loses nothing. */
@ExtendWith(Faults.class)
class RestartsIT {

    private static final int EVENTS_BETWEEN_RESTARTS = 100;
    private static final int TERMINATED = 128 + 15;
    private static final SandboxConfig UNLIMITED = SandboxConfig.builder().noRateLimit().build();

    @TempDir
    Path folder;

    @Test
    void neverSaysThatABatchIsRefused() throws Exception {
        int restarts = Faults.times(2, 12);
        String port = String.valueOf(ExternalBroker.freePort());
        try (Site site = new Site(folder, UNLIMITED, "HTTP_PORT", port, "DELIVER_CONCURRENCY", "8")) {
            // from before it listens until after it has ended
            site.load(List.of("http://127.0.0.1:" + port), 6, 8, Duration.ofMillis(1));
            for (int restart = 0; restart < restarts; restart++) {
                site.start("one");
                site.awaitAccepted(EVENTS_BETWEEN_RESTARTS);
                assertThat(site.terminate("one")).isEqualTo(TERMINATED);
            }
            site.start("one");
            site.settle("restarted under load, " + restarts + " times");
            assertThat(site.load().refusals()).isEmpty();
        }
    }

    @Test
    void oneOfTwoBehindABalancerEndsUnnoticed() throws Exception {
        int restarts = Faults.times(1, 8);
        try (ArtemisProcess broker = ArtemisProcess.start(folder.resolve("broker"), ArtemisProcess.AS_DOCUMENTED);
                Site site = new Site(folder, UNLIMITED, "BROKER_URL", broker.url(), "DELIVER_CONCURRENCY", "8")) {
            site.start("one");
            site.load(4, 8, Duration.ofMillis(2));
            for (int restart = 0; restart < restarts; restart++) {
                String starts = restart % 2 == 0 ? "two" : "one";
                site.start(starts);
                site.awaitAccepted(EVENTS_BETWEEN_RESTARTS);
                assertThat(site.terminate(starts.equals("two") ? "one" : "two")).isEqualTo(TERMINATED);
                site.awaitAccepted(EVENTS_BETWEEN_RESTARTS);
            }
            site.settle("two instances on one broker, one restarted under load, " + restarts + " times");
            assertThat(site.load().refusals()).isEmpty();
        }
    }
}
