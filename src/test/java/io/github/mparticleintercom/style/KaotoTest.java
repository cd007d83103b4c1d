package io.github.mparticleintercom.style;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.mparticleintercom.recipes.Recipe;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The routes are written as Kaoto, the designer for Camel, writes them: a file that somebody opens and saves there differs only
 * in what was edited. Kaoto's own reader and writer say so, run in Node by {@code src/kaoto/round-trip.mjs}; without Node or
 * Kaoto these tests are skipped.
 */
class KaotoTest {

    private static final String SCRIPT = "src/kaoto/round-trip.mjs";
    private static final int NOT_INSTALLED = 3;

    @TempDir
    Path folder;

    @Test
    void readingAndWritingChangesNothing() throws Exception {
        List<Path> routes = RouteFiles.all();
        List<Path> copies = new ArrayList<>();
        for (Path route : routes) {
            copies.add(Files.copy(route, folder.resolve(route.getFileName())));
        }

        Run run = kaoto("write", copies);

        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(routes).isNotEmpty();
        SoftAssertions.assertSoftly(softly -> routes.forEach(route ->
                softly.assertThat(folder.resolve(route.getFileName()))
                        .as("%s as Kaoto writes it (to make it so: node %s write %s)", route, SCRIPT, route)
                        .hasSameTextualContentAs(route)));
    }

    @Test
    void theEditsOfTheRecipesChangeNothingElse() throws Exception {
        List<Path> edited = new ArrayList<>();
        for (String title : Recipe.titles()) {
            Recipe recipe = Recipe.of(title);
            if (recipe.file().startsWith("routes/")) {
                edited.add(recipe.in(folder.resolve(String.valueOf(edited.size()))).resolve(recipe.file()));
            }
        }

        Run run = kaoto("check", edited);

        assertThat(edited).hasSizeGreaterThan(5);
        assertThat(run.exit()).as(run.output()).isZero();
    }

    @Test
    void checkShowsTheFirstLineThatKaotoWritesOtherwise() throws Exception {
        Path other = Files.writeString(folder.resolve("other.camel.yaml"), """
                - route:
                    id: other
                    from:
                      uri: direct:other
                      steps:
                        - log:
                            message: Hello
                            description: Greet
                """);

        Run run = kaoto("check", List.of(other));

        assertThat(run.exit()).as(run.output()).isOne();
        assertThat(run.output()).contains("other.camel.yaml:7", "message: Hello", "description: Greet");
    }

    @Test
    void writeSaysThatCommentsAreLost() throws Exception {
        Path commented = Files.writeString(folder.resolve("commented.camel.yaml"), """
                # Kept
                - route:
                    id: commented
                    # Not kept
                    from:
                      uri: direct:commented
                """);

        Run run = kaoto("write", List.of(commented));

        assertThat(run.exit()).as(run.output()).isZero();
        assertThat(run.output()).contains("without 1 comment line");
        assertThat(commented).content().contains("# Kept").doesNotContain("# Not kept");
    }

    private Run kaoto(String mode, List<Path> files) throws IOException, InterruptedException {
        assumeThat(isNodeInstalled()).as("Node is not installed").isTrue();
        List<String> command = new ArrayList<>(List.of("node", SCRIPT, mode));
        files.forEach(file -> command.add(file.toString()));
        Path output = folder.resolve("output.txt");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
            throw new IllegalStateException("Kaoto did not end: " + Files.readString(output));
        }
        Run run = new Run(process.exitValue(), Files.readString(output));
        assumeThat(run.exit()).as(run.output()).isNotEqualTo(NOT_INSTALLED);
        return run;
    }

    private static boolean isNodeInstalled() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator)).map(Path::of)
                .flatMap(place -> Stream.of("node", "node.exe").map(place::resolve)).anyMatch(Files::isExecutable);
    }

    /** How a run ended and what it printed. */
    private record Run(int exit, String output) {
    }
}
