package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.sandbox.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Half of what the embedded broker keeps is gone: health says so, rather than that it starts as if new. */
class StorageTest extends WithIntercom {

    @ParameterizedTest
    @ValueSource(strings = {"journal", "bindings"})
    void saysThatHalfOfItIsGone(String half, @TempDir Path folder) throws Exception {
        intercom.fault(Fault.status(503).always());
        try (Bundle bundle = Bundle.builder().to(intercom).in(folder).start()) {
            bundle.send(Batches.of("c1", 1));
            assertThat(storage(bundle)).isEmpty();
        }
        try (var files = Files.walk(folder.resolve("data").resolve(half))) {
            files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
        try (Bundle bundle = Bundle.builder().to(intercom).in(folder).start()) {
            assertThat(storage(bundle)).startsWith("storage-damaged: ").contains("but no " + half);
        }
    }

    private static String storage(Bundle bundle) {
        return HealthCheckHelper.invoke(bundle.context()).stream()
                .filter(one -> one.getCheck().getId().equals("mparticle-intercom-storage"))
                .findFirst().flatMap(HealthCheck.Result::getMessage).orElse("");
    }
}
