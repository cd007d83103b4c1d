package io.github.mparticleintercom.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What others send stands in the log as a part of our lines and never as one of its own. */
class LogForgingIT {

    private static final String FORGED = "2001-01-01 00:00:00.000 INFO  m.start  forged \u001b[2J";

    @TempDir
    Path folder;

    @Test
    void noNameMakesALineOfItsOwn() throws Exception {
        try (BundleProcess bundle = BundleProcess.start(folder, Map.of("MPARTICLE_INTERCOM_FILES_SETTLE_MILLIS", "1"))) {
            Files.writeString(folder.resolve("inbox").resolve("bad\n" + FORGED), "nothing in it");
            Files.writeString(folder.resolve("inbox").resolve("good\r" + FORGED), batch("file"));
            assertThat(bundle.post(batch("post\\n" + FORGED.replace("\u001b", "\\u001b"))).statusCode()).isEqualTo(202);
            await().until(() -> bundle.log().contains("bad?2001") && bundle.log().contains("good") && bundle.log().contains("post"));

            List<String> log = List.of(bundle.log().split("[\\n\\r]"));
            assertThat(log).anyMatch(line -> line.contains("forged")).noneMatch(line -> line.startsWith("2001-01-01"))
                    .noneMatch(line -> line.contains("\u001b"));
        }
    }

    private static String batch(String id) {
        return "{\"batch_id\": \"" + id + "\", \"user_identities\": {\"customer_id\": \"c1\"}}";
    }
}
