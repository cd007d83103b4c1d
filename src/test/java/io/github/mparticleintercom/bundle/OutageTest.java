package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import io.github.mparticleintercom.sandbox.StoredEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Intercom is unavailable for long, and what comes in meanwhile is more than memory should hold. */
class OutageTest {

    private static final int USERS = 20;
    private static final int BATCHES = 400;

    @Test
    void pagesTheQueueToDiskAndDeliversAllInOrderAfterwards() throws Exception {
        SandboxConfig config = SandboxConfig.builder().noRateLimit().build();
        try (IntercomSandbox intercom = IntercomSandbox.start(config); Bundle bundle = Bundle.builder().to(intercom)
                .set("broker.memory-bytes", "500000").set("throttle.requests-per-window", "100000").start()) {
            var outage = intercom.fault(Fault.status(503).always());
            for (int i = 0; i < BATCHES; i++) {
                bundle.send(Batches.of("c" + i % USERS, 5));
            }
            assertThat(pages(bundle.folder())).isPositive();
            assertThat(intercom.events()).isEmpty();
            // every consumer knocks now and then, and nobody else does
            assertThat(outage.hits()).isLessThan(BATCHES * 5);
            outage.remove();

            await().atMost(Duration.ofMinutes(2)).untilAsserted(() ->
                    assertThat(intercom.events()).hasSize(BATCHES * 5));
            for (int user = 0; user < USERS; user++) {
                String id = intercom.contactByExternalId("c" + user).orElseThrow().id();
                assertThat(intercom.events(id)).extracting(StoredEvent::createdAt).isSorted();
            }
            assertThat(intercom.swallowedEvents()).isEmpty();
            assertThat(bundle.dead()).isEmpty();
        }
    }

    private static long pages(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data/paging"))) {
            return files.filter(file -> file.toString().endsWith(".page")).count();
        }
    }
}
