package io.github.mparticleintercom.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mparticleintercom.dist.BundleProcess;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Another program fills the disk for a moment, under load. It needs a small disk, in memory, and with that a right to mount one. */
@ExtendWith(Faults.class)
class DiskFullIT {

    private static final String SIZE = "160m";
    private static final int EVENTS = 40;

    @TempDir
    Path folder;

    @Test
    void acceptsAgainWhenThereIsRoom() throws Exception {
        int times = Faults.times(1, 20);
        Path data = Files.createDirectories(folder.resolve("one/data"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", data.toString()), "No small disk can be mounted here");
        try (Site site = new Site(folder, SandboxConfig.builder().noRateLimit().build(), "DELIVER_CONCURRENCY", "16",
                "AUDIT_FILE", data.resolve("audit.jsonl").toString(), "CAMEL_MANAGEMENT_ENABLED", "true", "CAMEL_MANAGEMENT_PORT", "0")) {
            BundleProcess bundle = site.start("one");
            site.load(4, 10, Duration.ofMillis(5));
            for (int time = 0; time < times; time++) {
                site.awaitAccepted(EVENTS);
                Path filler = data.resolve("of-another-program");
                fill(filler);
                if (time == 0) {
                    await().atMost(Site.PATIENCE).untilAsserted(() -> assertThat(site.probe("one", "ready").body())
                            .contains("broker-unavailable: the disk of " + data));
                    assertThat(site.probe("one", "ready").statusCode()).isEqualTo(503);
                    assertThat(site.probe("one", "live").statusCode()).isEqualTo(200);
                }
                // by turns so short that the broker only notices, and so long that it stops
                LockSupport.parkNanos(Duration.ofMillis(time % 2 == 0 ? 2500 : 500).toNanos());
                Files.delete(filler);
                site.awaitAccepted(EVENTS);
                assertThat(bundle.isAlive()).isTrue();
                await().atMost(Site.PATIENCE).until(() -> site.probe("one", "ready").statusCode() == 200);
                assertThat(site.probe("one", "live").statusCode()).isEqualTo(200);
            }
            site.settle("disk full under load, " + times + " times");
            assertThat(site.load().refusals()).isEmpty();
            assertThat(site.warnings("one")).as("full, nothing stored").hasSizeBetween(1, 2 * times)
                    .allSatisfy(line -> assertThat(line).containsAnyOf(data.toString(), "Not stored"));
            assertThat(bundle.log()).doesNotContainPattern("(?m)^\\s+at ").contains("The broker answers again after");
        } finally {
            await().until(() -> run("umount", data.toString()));
        }
    }

    private static void fill(Path file) {
        byte[] megabyte = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(megabyte);
            }
        } catch (IOException e) {
            // that was the last of it
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    }
}
