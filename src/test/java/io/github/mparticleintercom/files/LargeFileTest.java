package io.github.mparticleintercom.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file four times as large as the memory of the process that reads it. */
class LargeFileTest {

    private static final int BATCHES = 4_000;
    private static final String BATCH = "{\"mpid\":1,\"user_attributes\":{\"x\":\"" + "y".repeat(30_000) + "\"}}";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'' | '\n' | ''", "'[' | ',' | ']'"})
    void isReadInLittleMemory(String before, String between, String after) throws Exception {
        Path file = folder.resolve("large.gz");
        write(file, before, between, after);

        assertThat(batchesOf(file)).isEqualToIgnoringNewLines(String.valueOf(BATCHES));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"%s\"", "{\"user_attributes\":\n{\"x\":\"%s\"}}"})
    void isReadInLittleMemoryWhateverIsInIt(String large) throws Exception {
        Path file = Files.writeString(folder.resolve("large.json"),
                "[" + BATCH + "," + large.formatted("y".repeat(64_000_000)) + "," + BATCH + "]");

        assertThat(batchesOf(file)).isEqualToIgnoringNewLines("3");
    }

    private static String batchesOf(Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx32m",
                "-cp", System.getProperty("java.class.path"), ReadAll.class.getName(), file.toString())
                .redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private static void write(Path file, String before, String between, String after) throws IOException {
        try (OutputStream stream = new BufferedOutputStream(new GZIPOutputStream(Files.newOutputStream(file)), 1 << 16)) {
            stream.write(before.getBytes(StandardCharsets.UTF_8));
            byte[] batch = BATCH.getBytes(StandardCharsets.UTF_8);
            for (int number = 0; number < BATCHES; number++) {
                if (number > 0) {
                    stream.write(between.getBytes(StandardCharsets.UTF_8));
                }
                stream.write(batch);
            }
            stream.write(after.getBytes(StandardCharsets.UTF_8));
        }
    }
}
