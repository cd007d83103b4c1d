package io.github.mparticleintercom.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.sandbox.IntercomSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution on every other Java that this machine has. */
class OtherJavaIT {

    private static final Path JAVAS = Path.of("/usr/lib/jvm");
    private static final String BATCH = """
            {"user_identities": {"customer_id": "c1"}, "events": [{"event_type": "custom_event", "data": {"event_name": "Opened"}}]}""";
    private static final int TERMINATED = 128 + 15;

    @TempDir
    private Path folder;

    @Test
    void startsRunsAndStopsWithoutAWarning() throws Exception {
        List<Path> others = others();
        assumeThat(others).as("There is no other Java of version 17 or later in " + JAVAS).isNotEmpty();
        for (Path java : others) {
            Path own = folder.resolve(java.getFileName());
            Map<String, String> home = Map.of("JAVA_HOME", java.toString());
            try (IntercomSandbox intercom = IntercomSandbox.start();
                    BundleProcess bundle = BundleProcess.start(own, BundleProcess.to(intercom, "JAVA_HOME", java.toString()))) {
                assertThat(bundle.post(BATCH).statusCode()).isEqualTo(202);
                await().atMost(Duration.ofSeconds(30)).until(() -> intercom.events().size() == 1);
                bundle.terminate();
                assertThat(bundle.exitCode()).isEqualTo(TERMINATED);
                assertThat(bundle.log().lines()).as(java.toString()).allMatch(line -> line.matches("20\\d\\d-.* INFO .*"));
            }
            // the first keeps an archive of classes, the second uses it
            for (int run = 0; run < 2; run++) {
                Command check = Command.run(own, home, "check");
                assertThat(check.errors()).as(java.toString()).isEmpty();
                assertThat(check.exitCode()).isZero();
            }
        }
    }

    private static List<Path> others() throws IOException {
        if (!Files.isDirectory(JAVAS)) {
            return List.of();
        }
        try (Stream<Path> homes = Files.list(JAVAS)) {
            return homes.filter(home -> !Files.isSymbolicLink(home) && Files.isExecutable(home.resolve("bin/java")) && version(home) >= 17
                    && version(home) != Runtime.version().feature()).toList();
        }
    }

    /** 0 where nothing says so. */
    private static int version(Path home) {
        try (Stream<String> lines = Files.lines(home.resolve("release"))) {
            return lines.filter(line -> line.matches("JAVA_VERSION=\"\\d+.*")).mapToInt(line -> Integer.parseInt(line.replaceAll("\\D*(\\d+).*", "$1")))
                    .findFirst().orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
