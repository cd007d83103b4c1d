package io.github.mparticleintercom.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.mparticle.RawBatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A value that Java cannot hold costs itself, and neither its batch nor those around it in an array. */
class HostileValuesTest {

    static List<String> values() {
        return List.of("1e99999999999", "-1e-99999999999", "9".repeat(1_000_000), "0." + "1".repeat(100_000),
                "[".repeat(20_000) + "]".repeat(20_000), "{\"a\":".repeat(20_000) + "1" + "}".repeat(20_000),
                "{\"" + "n".repeat(300_000) + "\":1}", "\"" + "t".repeat(3_000_000) + "\"");
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("values")
    void costsItselfAlone(String value, @TempDir Path folder) throws Exception {
        Path file = folder.resolve("batches");
        Files.writeString(file, "[{\"mpid\":1},\n{\"mpid\":2,\"user_attributes\":{\"x\":" + value + "}},\n{\"mpid\":3}]");
        List<RawBatch> batches = new ArrayList<>();
        try (MparticleFile opened = MparticleFile.open(file.toFile(), 5_000_000)) {
            opened.forEachRemaining(batches::addAll);
        }

        assertThat(batches).hasSize(3).allSatisfy(batch -> assertThat(batch.reason()).isNull());
        assertThat(batches).extracting(batch -> batch.json().path("mpid").asInt()).containsExactly(1, 2, 3);
    }
}
