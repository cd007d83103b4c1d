package io.github.mparticleintercom.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.sandbox.ActiveFault;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Several instances on one broker of its own, which come and go under load. */
@Tag("whole")
@ExtendWith(Faults.class)
class InstancesIT {

    private static final int CALLS_PER_WINDOW = 600;
    private static final Duration SHARE = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    /** More comes in than Intercom allows, so that all users wait and have their consumers when the next one comes. */
    @Test
    void whoJoinsLateGetsItsShare() throws Exception {
        SandboxConfig config = SandboxConfig.builder().rateLimit(CALLS_PER_WINDOW).latency(Duration.ofMillis(100)).build();
        try (ArtemisProcess broker = ArtemisProcess.start(folder.resolve("broker"), ArtemisProcess.AS_DOCUMENTED);
                Site site = new Site(folder, config, "BROKER_URL", broker.url())) {
            site.start("one");
            site.load(4, 100, Duration.ofMillis(30));
            site.awaitAccepted(2 * CALLS_PER_WINDOW);
            site.start("two");
            awaitShare(site, "two joins late", "two", "one");
            site.kill("two");
            site.awaitAccepted(CALLS_PER_WINDOW / 2);
            site.start("three");
            awaitShare(site, "three replaces the killed one", "three", "one");
            site.terminate("one");
            site.awaitAccepted(CALLS_PER_WINDOW / 2);
            int refused = site.intercom().tooManyRequests();
            int calls = site.intercom().calls();
            System.out.printf("%d of %d calls were answered 429%n", refused, calls);
            site.load().stop();
            site.intercom().settings().rateLimit(0);
            site.settle("instances join late, are killed, replaced and drained");
            assertThat(refused).isLessThanOrEqualTo(Math.max(5, calls / 1000));
            assertThat(site.load().refusals()).isEmpty();
        }
    }

    /** What waits on the retry queue for one instance keeps the order of its user when another instance takes that user over. */
    @Test
    void keepsOrderWhenAnotherTakesOverWhoseRequestsAreTriedApart() throws Exception {
        SandboxConfig config = SandboxConfig.builder().noRateLimit().latency(Duration.ofMillis(20)).build();
        try (ArtemisProcess broker = ArtemisProcess.start(folder.resolve("broker"), ArtemisProcess.AS_DOCUMENTED);
                Site site = new Site(folder, config, "BROKER_URL", broker.url(), "DELIVER_RETRY_DELAY_MILLIS", "50",
                        "DELIVER_MAX_RETRY_DELAY_MILLIS", "500", "DELIVER_MAX_ATTEMPTS", "100000")) {
            ActiveFault poison = site.intercom().fault(Fault.status(500).matching(call -> call.body() != null
                    && call.body().path("user_id").asText(call.body().path("external_id").asText()).matches("u\\d?[02468]")).always());
            site.start("one");
            site.load(4, 10, Duration.ofMillis(10));
            site.awaitAccepted(400);
            for (int round = 0; round < Faults.times(1, 3); round++) {
                site.start("two");
                site.awaitAccepted(200);
                site.kill("two");
                site.awaitAccepted(200);
            }
            site.start("two");
            site.awaitAccepted(200);
            poison.remove();
            site.settle("instances come and go with requests on the retry queue");
        }
    }

    /** Waits until one of two delivers at least a quarter of what both do, and says how long that took. */
    private static void awaitShare(Site site, String what, String late, String early) {
        long begin = System.nanoTime();
        await().atMost(Site.PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
            long lateBefore = delivered(site, late);
            long earlyBefore = delivered(site, early);
            LockSupport.parkNanos(SHARE.toNanos() / 2);
            long lates = delivered(site, late) - lateBefore;
            long earlies = delivered(site, early) - earlyBefore;
            return lates > 0 && 4 * lates >= lates + earlies;
        });
        System.out.printf("%s: a quarter after %d s%n", what, (System.nanoTime() - begin) / 1_000_000_000L);
    }

    private static long delivered(Site site, String instance) throws IOException {
        Path audit = site.folder(instance).resolve("audit.jsonl");
        if (!Files.exists(audit)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(audit)) {
            return lines.filter(line -> line.contains("\"delivered\"")).count();
        }
    }
}
