package io.github.mparticleintercom.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.dist.BundleProcess;
import io.github.mparticleintercom.sandbox.ActiveFault;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Killed at any moment and started again, it has sent Intercom everything that it accepted. */
@ExtendWith(Faults.class)
class KillsIT {

    private static final int EVENTS_BETWEEN_KILLS = 60;
    private static final Duration NO_PAUSE = Duration.ZERO;
    private static final SandboxConfig SLOW = SandboxConfig.builder().latency(Duration.ofMillis(20)).build();

    @TempDir
    Path folder;

    @Test
    void underLoad() throws Exception {
        int kills = Faults.times(2, 10);
        try (Site site = new Site(folder, SLOW)) {
            site.load(3, 7, NO_PAUSE);
            for (int kill = 0; kill < kills; kill++) {
                site.start("one");
                site.awaitAccepted(EVENTS_BETWEEN_KILLS);
                site.kill("one");
            }
            site.start("one");
            site.settle("kill -9 under load, " + kills + " times");
            assertThat(site.load().refusals()).isEmpty();
        }
    }

    /** Once as soon as it accepts, while it still reads what the kill before left, and once while it starts. */
    @Test
    void againBeforeItHasRecovered() throws Exception {
        int rounds = Faults.times(1, 4);
        Random moments = new Random(12);
        try (Site site = new Site(folder, SLOW)) {
            site.load(3, 7, NO_PAUSE);
            for (int round = 0; round < rounds; round++) {
                long begun = System.nanoTime();
                site.start("one");
                long took = System.nanoTime() - begun;
                site.awaitAccepted(EVENTS_BETWEEN_KILLS);
                site.kill("one");
                site.start("one");
                site.awaitAccepted(1);
                site.kill("one");
                site.launch("one");
                LockSupport.parkNanos((long) (took * moments.nextDouble()));
                site.kill("one");
            }
            site.start("one");
            site.settle("kill -9 when just up, and while starting, " + 2 * rounds + " times");
            assertThat(site.load().refusals()).isEmpty();
        }
    }

    @Test
    void withRequestsOnTheRetryQueue() throws Exception {
        int kills = Faults.times(1, 4);
        try (Site site = new Site(folder, SLOW, "DELIVER_RETRY_DELAY_MILLIS", "50", "DELIVER_MAX_RETRY_DELAY_MILLIS", "500",
                "DELIVER_MAX_ATTEMPTS", "100000")) {
            ActiveFault poison = site.intercom().fault(Fault.status(500).matching(call -> call.body() != null
                    && call.body().path("user_id").asText(call.body().path("external_id").asText()).matches("u[02468]")).always());
            site.load(3, 4, Duration.ofMillis(10));
            for (int kill = 0; kill < kills; kill++) {
                site.start("one");
                int before = poison.hits();
                site.awaitAccepted(2 * EVENTS_BETWEEN_KILLS);
                await().atMost(Site.PATIENCE).until(() -> poison.hits() > before + 30);
                site.kill("one");
            }
            site.start("one");
            site.awaitAccepted(EVENTS_BETWEEN_KILLS);
            poison.remove();
            site.settle("kill -9 with requests on the retry queue, " + kills + " times");
        }
    }

    @Test
    void inTheMiddleOfALargeFile() throws Exception {
        int kills = Faults.times(2, 6);
        int users = 500;
        int perUser = Faults.times(8, 40);
        Path inbox = Files.createDirectories(folder.resolve("one/inbox"));
        List<String> names = new ArrayList<>();
        for (int number = 0; number < perUser; number++) {
            for (int user = 0; user < users; user++) {
                names.add("u" + user + "-" + number);
            }
        }
        Files.write(inbox.resolve("export.json"), names.stream().map(Load::batch).toList());
        try (Site site = new Site(folder, SandboxConfig.builder().noRateLimit().build(),
                "THROTTLE_REQUESTS_PER_WINDOW", "100000")) {
            int made = 0;
            while (made < kills && !Files.exists(inbox.resolve(".done/export.json"))) {
                site.start("one");
                int before = site.intercom().events().size();
                await().atMost(Site.PATIENCE).until(() -> site.intercom().events().size() > before + names.size() / (2 * kills)
                        || Files.exists(inbox.resolve(".done/export.json")));
                site.kill("one");
                made++;
            }
            BundleProcess last = site.start("one");
            site.settle("kill -9 in a file of " + names.size() + " batches, " + made + " times", names);
            await().atMost(Site.PATIENCE).until(() -> Files.exists(inbox.resolve(".done/export.json")));
            assertThat(made).isEqualTo(kills);
            assertThat(last.log()).contains("going on behind");
        }
    }
}
