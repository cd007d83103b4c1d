package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** One test for each {@link Case}, through the real routes to the sandbox. */
class CasesTest {

    @AfterAll
    static void awaitStops() throws Exception {
        Case.awaitStops();
    }

    @TestFactory
    Stream<DynamicTest> cases() throws IOException {
        List<Path> folders = Case.folders();
        assertThat(folders).isNotEmpty();
        return folders.stream().map(folder -> DynamicTest.dynamicTest(folder.getFileName().toString(),
                folder.resolve("batch.json").toUri(), () -> new Case(folder).check(Bundle.builder())));
    }
}
