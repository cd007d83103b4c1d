package io.github.mparticleintercom.style;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.bundle.Bundle;
import io.github.mparticleintercom.bundle.Case;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A tool that reads the routes into Camel's model and writes them as YAML again, as Kaoto does on save, changes nothing of
 * meaning: neither the model nor what the routes do. Camel's writer loses only what {@link ModelText} leaves out, an empty
 * {@code constant} and a value that is the default anyway; the routes do without those two.
 */
class RoundTripTest {

    @Test
    void writingChangesNothing(@TempDir Path home) throws Exception {
        Map<String, String> original = RouteFiles.texts();
        try (OtherCamel camel = new OtherCamel()) {
            UnaryOperator<Map<String, String>> writer = camel.writer();

            Map<String, String> written = writer.apply(original);

            assertThat(writer.apply(written)).as("written once more").isEqualTo(written);
            List<String> before = ModelText.of(original).lines().toList();
            List<String> after = ModelText.of(written).lines().toList();
            assertThat(before).hasSizeGreaterThan(1000);
            assertThat(without(before, after)).as("lost").isEmpty();
            assertThat(without(after, before)).as("came from nowhere").isEmpty();
            runCases(home, written);
        }
    }

    private static void runCases(Path home, Map<String, String> routes) throws Exception {
        Files.createDirectories(home.resolve("routes"));
        Files.copy(Path.of("application.properties"), home.resolve("application.properties"));
        for (Map.Entry<String, String> route : routes.entrySet()) {
            Files.writeString(home.resolve("routes").resolve(route.getKey()), route.getValue());
        }
        for (String name : List.of("contact-goes-before-its-events", "commerce-actions-name-the-event",
                "bad-batches-in-an-array", "second-batch-of-a-user-updates-the-contact",
                "first-event-of-an-unknown-user-creates-the-contact", "platform-without-a-credential-is-parked")) {
            Case.named(name).check(Bundle.builder().from(home));
        }
        Case.awaitStops();
    }

    private static Set<String> without(List<String> lines, List<String> others) {
        Set<String> left = new LinkedHashSet<>(lines);
        left.removeAll(Set.copyOf(others));
        return left;
    }
}
