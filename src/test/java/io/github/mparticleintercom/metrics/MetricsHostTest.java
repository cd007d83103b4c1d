package io.github.mparticleintercom.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultClassResolver;
import org.junit.jupiter.api.Test;

/** The numbers in a host that has a registry of its own, or no Micrometer at all. */
class MetricsHostTest {

    @Test
    void goToTheRegistryOfTheHostAndLeaveItCleanBehind() throws Exception {
        MeterRegistry registry = new SimpleMeterRegistry();
        try (CamelContext host = new DefaultCamelContext()) {
            host.getRegistry().bind("theirs", registry);
            host.start();
            Metrics first = start(host);
            Metrics second = start(host);
            first.event("skipped", "no-identity");
            second.event("skipped", "no-identity");

            assertThat(registry.get("mparticle.intercom.events").tags("outcome", "skipped", "reason", "no-identity").counter()
                    .count()).isEqualTo(2);
            assertThat(registry.find("mparticle.intercom.queue.depth").gauges()).hasSize(1);
        }
        assertThat(registry.find("mparticle.intercom.queue.depth").gauges()).isEmpty();
    }

    @Test
    void goNowhereWithoutMicrometer() throws Exception {
        try (DefaultCamelContext host = new DefaultCamelContext()) {
            host.setClassResolver(new DefaultClassResolver(host) {
                @Override
                public Class<?> resolveClass(String name) {
                    return name.startsWith("io.micrometer") ? null : super.resolveClass(name);
                }
            });
            host.start();
            start(host).event("skipped", "no-identity");
            assertThat(Meters.of(host)).isSameAs(Meters.NONE);
        }
    }

    /** A class that names a missing one cannot be looked at by Camel, which looks at every bean. */
    @Test
    void onlyOneClassKnowsMicrometer() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("target/classes"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".class")).filter(MetricsHostTest::namesMicrometer))
                    .extracting(file -> file.getFileName().toString()).containsExactly("MicrometerMeters.class");
        }
    }

    private static boolean namesMicrometer(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("io/micrometer/");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Metrics start(CamelContext host) throws Exception {
        Metrics metrics = new Metrics();
        metrics.setCamelContext(host);
        metrics.start();
        return metrics;
    }
}
