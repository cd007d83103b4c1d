package io.github.mparticleintercom.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.sandbox.SandboxConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A broker of its own that is killed: callers are asked to come again, nothing is lost, and the log has a line for it. */
@ExtendWith(Faults.class)
class BrokersIT {

    private static final int EVENTS = 60;
    private static final SandboxConfig SLOW = SandboxConfig.builder().latency(Duration.ofMillis(20)).build();

    @TempDir
    Path folder;

    @Test
    void killedAndStartedAgain() throws Exception {
        int kills = Faults.times(1, 5);
        try (ArtemisProcess broker = ArtemisProcess.start(folder.resolve("broker"), ArtemisProcess.AS_DOCUMENTED);
                Site site = new Site(folder, SLOW, "BROKER_URL", broker.url(), "DELIVER_CONCURRENCY", "16")) {
            site.start("one");
            site.load(4, 5, Duration.ofMillis(10));
            for (int kill = 0; kill < kills; kill++) {
                site.awaitAccepted(EVENTS);
                broker.kill();
                int missed = kill + 1;
                await().atMost(Site.PATIENCE).until(() -> site.warnings("one").size() >= missed);
                broker.start();
            }
            site.awaitAccepted(EVENTS);
            site.settle("broker killed under load, " + kills + " times");
            assertThat(site.load().refusals()).isEmpty();
            assertThat(site.warnings("one")).as("lost, nothing stored").hasSizeLessThanOrEqualTo(2 * kills)
                    .allSatisfy(line -> assertThat(line).containsAnyOf("The broker does not answer", "Not stored"));
        }
    }

    @Test
    void aPairFailsOverAndBack() throws Exception {
        int rounds = Faults.times(1, 3);
        ArtemisProcess[] pair = ArtemisProcess.pair(folder.resolve("broker"), ArtemisProcess.AS_DOCUMENTED);
        try (ArtemisProcess live = pair[0]; ArtemisProcess backup = pair[1];
                Site site = new Site(folder, SLOW, "DELIVER_CONCURRENCY", "16", "BROKER_URL",
                        "(" + live.url() + "," + backup.url() + ")?ha=true&reconnectAttempts=-1")) {
            live.start();
            backup.start();
            site.start("one");
            site.load(4, 5, Duration.ofMillis(10));
            for (int round = 0; round < rounds; round++) {
                site.awaitAccepted(EVENTS);
                live.kill();
                site.awaitAccepted(EVENTS);
                live.start();
                // it takes over again by itself, under the load
                await().atMost(Site.PATIENCE).until(live::listens);
                site.awaitAccepted(EVENTS);
            }
            site.settle("live broker killed, failed over and back under load, " + rounds + " times");
            assertThat(site.load().refusals()).isEmpty();
            assertThat(site.warnings("one")).as("lost, nothing stored, back").hasSizeLessThanOrEqualTo(3 * rounds);
        }
    }

    @Test
    void tellsWhatIsSetOtherwise() throws Exception {
        try (ArtemisProcess broker = ArtemisProcess.start(folder.resolve("broker"), "");
                Site site = new Site(folder, SLOW, "BROKER_URL", broker.url())) {
            site.start("one");
            await().untilAsserted(() -> assertThat(String.join("\n", site.warnings("one"))).contains("max-delivery-attempts of mparticle-intercom.requests ",
                    "max-delivery-attempts of mparticle-intercom.requests.retries", "group-buckets", "consumers-before-dispatch",
                    "group-rebalance of", "group-rebalance-pause-dispatch", "group-first-key", "id-cache-size"));
        }
        try (ArtemisProcess broker = ArtemisProcess.start(folder.resolve("documented"), ArtemisProcess.AS_DOCUMENTED);
                Site site = new Site(folder.resolve("second"), SLOW, "BROKER_URL", broker.url())) {
            site.start("one");
            assertThat(site.post("one", "u1-1")).isEqualTo(202);
            await().until(() -> site.intercom().events().size() == 1);
            assertThat(site.warnings("one")).isEmpty();
        }
    }
}
