package io.github.mparticleintercom.erasure;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;

/** What a dry run wrote down, a line of JSON each. */
public final class DryRunFile {

    private Path file = Path.of("data", "dry-run.jsonl");

    /** The folder of all that is kept. */
    public void setData(String data) {
        file = Path.of(data, "dry-run.jsonl");
    }

    /**
     * Puts blanks in the place of every line whose request is about somebody, so that others may go on writing behind it.
     *
     * @throws IOException when the file cannot be read or written
     */
    void forget(Predicate<JsonNode> isAbout) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
                RandomAccessFile blanks = new RandomAccessFile(file.toFile(), "rw")) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            long start = 0;
            for (int one = bytes.read(); one >= 0; one = bytes.read()) {
                if (one != '\n') {
                    line.write(one);
                    continue;
                }
                if (isAbout.test(request(line.toByteArray()))) {
                    byte[] blank = new byte[line.size()];
                    Arrays.fill(blank, (byte) ' ');
                    blanks.seek(start);
                    blanks.write(blank);
                }
                start += line.size() + 1;
                line.reset();
            }
        }
    }

    private static JsonNode request(byte[] line) {
        try {
            return Json.MAPPER.readTree(line).path("request");
        } catch (IOException e) {
            // blanks, for one
            return Json.object();
        }
    }
}
