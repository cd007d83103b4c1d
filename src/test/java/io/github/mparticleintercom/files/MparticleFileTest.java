package io.github.mparticleintercom.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.mparticle.RawBatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MparticleFileTest {

    private static final int MAX_BYTES = 1000;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"mpid\":1}\n{\"mpid\":2}\n",
        "{\"mpid\":1}\n{\"mpid\":2}",
        "{\"mpid\":1}\r\n{\"mpid\":2}\r\n",
        "\uFEFF{\"mpid\":1}\n{\"mpid\":2}\n",
        "\n\n  \n{\"mpid\":1}\n \t\r\n\n{\"mpid\":2}\n\n",
        "[{\"mpid\":1},{\"mpid\":2}]",
        "\uFEFF \n[\n  {\"mpid\":1},\n  {\"mpid\":2}\n]\n",
        "[{\"mpid\":1}]\n[{\"mpid\":2}]",
        "{\n  \"mpid\": 1\n}\n{\n  \"mpid\": 2\n}\n",
        "{\"mpid\":\n1}\n{\"mpid\":2}",
        "{\"mpid\":1}{\"mpid\":2}",
        "{\"mpid\":1}\r{\"mpid\":2}\r"})
    void readsEveryFormatPackedOrNot(String text) throws Exception {
        assertThat(read(text.getBytes(StandardCharsets.UTF_8))).extracting(MparticleFileTest::json)
                .containsExactly("{\"mpid\":1}", "{\"mpid\":2}");
        assertThat(read(gzip(text.getBytes(StandardCharsets.UTF_8)))).extracting(MparticleFileTest::json)
                .containsExactly("{\"mpid\":1}", "{\"mpid\":2}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"mpid\":1}", "{\"mpid\":1}\n", "[{\"mpid\":1}]", "{\n\"mpid\"\n:\n1\n}",
        "{\"mpid\":\n1,\n\"user_attributes\":\n{}\n}", "\n{\"mpid\":1}"})
    void readsOneBatch(String text) throws Exception {
        assertThat(read(text)).singleElement().extracting(batch -> batch.json().get("mpid").asInt()).isEqualTo(1);
    }

    @Test
    void readsGzipInSeveralMembers() throws Exception {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.writeBytes(gzip("{\"mpid\":1}\n".getBytes(StandardCharsets.UTF_8)));
        members.writeBytes(gzip("{\"mpid\":2}\n".getBytes(StandardCharsets.UTF_8)));

        assertThat(read(members.toByteArray())).extracting(MparticleFileTest::json)
                .containsExactly("{\"mpid\":1}", "{\"mpid\":2}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oops", "{\"mpid\":", "{\"mpid\":1}}", "[oops", "]", "\u0000\u0001", "\"text", "{\"mpid\":1} x"})
    void paysForABadLineWithThatLineWhereverItIs(String bad) throws Exception {
        for (int position = 0; position < 3; position++) {
            List<String> lines = new ArrayList<>(List.of("{\"mpid\":1}", "{\"mpid\":2}"));
            lines.add(position, bad);

            List<RawBatch> batches = read(String.join("\n", lines));

            assertThat(batches).extracting(MparticleFileTest::json).filteredOn(json -> json != null)
                    .containsExactly("{\"mpid\":1}", "{\"mpid\":2}");
            RawBatch broken = batches.get(position);
            assertThat(broken.reason()).isEqualTo(Reason.INVALID_JSON);
            assertThat(broken.bytes()).isEqualTo(bad.getBytes(StandardCharsets.UTF_8));
            assertThat(broken.source()).isEqualTo("batches line " + (position + 1));
        }
    }

    @Test
    void findsTheFirstBatchBehindAnyNumberOfBadLines() throws Exception {
        List<RawBatch> batches = read("oops\n".repeat(1000) + "{\"mpid\":1}");

        assertThat(batches).hasSize(1001);
        assertThat(json(batches.get(1000))).isEqualTo("{\"mpid\":1}");
    }

    @Test
    void keepsWhatStandsBeforeTheBrokenEndOfAnArray() throws Exception {
        List<RawBatch> batches = read("[{\"mpid\":1},{\"mpid\":2},{\"mpid\":");

        assertThat(batches).extracting(MparticleFileTest::json).containsExactly("{\"mpid\":1}", "{\"mpid\":2}", null);
        assertThat(batches.get(2).reason()).isEqualTo(Reason.INVALID_JSON);
        assertThat(new String(batches.get(2).bytes(), StandardCharsets.UTF_8)).contains("from byte 22 on");
    }

    @Test
    void keepsWhatStandsBeforeTheBrokenEndOfAPackedFile() throws Exception {
        StringBuilder text = new StringBuilder();
        Random random = new Random(1);
        for (int line = 0; line < 1000; line++) {
            text.append("{\"mpid\":").append(line).append(",\"x\":").append(random.nextLong()).append("}\n");
        }
        byte[] whole = gzip(text.toString().getBytes(StandardCharsets.UTF_8));

        List<RawBatch> part = read(Arrays.copyOf(whole, whole.length / 2));
        whole[whole.length / 2] ^= 0x55;
        List<RawBatch> damaged = read(whole);

        assertThat(part.get(0).json().get("mpid").asInt()).isZero();
        assertThat(part.get(part.size() - 1).reason()).isEqualTo(Reason.INVALID_JSON);
        assertThat(part).hasSizeBetween(100, 900);
        assertThat(damaged.get(0).json().get("mpid").asInt()).isZero();
    }

    @Test
    void paysForATooLargeBatchWithThatBatch() throws Exception {
        String large = "{\"mpid\":9,\"x\":\"" + "y".repeat(MAX_BYTES) + "\"}";

        for (String text : List.of("{\"mpid\":1}\n" + large + "\n{\"mpid\":2}", "[{\"mpid\":1}," + large + ",{\"mpid\":2}]",
                large + "\n{\"mpid\":1}\n{\"mpid\":2}", "[" + large + ",{\"mpid\":1},{\"mpid\":2}]")) {
            List<RawBatch> batches = read(text);
            assertThat(batches).hasSize(3);
            assertThat(batches).extracting(RawBatch::reason).containsOnlyOnce(Reason.BATCH_TOO_LARGE);
            assertThat(batches).extracting(MparticleFileTest::json).contains("{\"mpid\":1}", "{\"mpid\":2}");
            assertThat(batches).allMatch(batch -> batch.bytes().length <= MAX_BYTES);
        }
    }

    @Test
    void paysForATooLargeValueWithItsBatch() throws Exception {
        int much = MAX_BYTES * 10;
        for (String large : List.of("\"" + "y".repeat(much) + "\"", "{\"x\":\"" + "é".repeat(much) + "\"}", "9".repeat(much),
                "{\"x\":\"" + "\\u00e9".repeat(much) + "\"}", "{\"x\":\"y" + "\\\"".repeat(much) + "\"}",
                "{\"x\":[" + "7".repeat(much) + "]}", "{\"" + "x".repeat(much) + "\":1}")) {
            List<RawBatch> batches = read("[{\"mpid\":1}," + large + ",\n{\"mpid\":2}]");
            assertThat(batches).extracting(RawBatch::reason).containsExactly(null, Reason.BATCH_TOO_LARGE, null);
            assertThat(json(batches.get(2))).isEqualTo("{\"mpid\":2}");
        }
    }

    @Test
    void keepsIdsAndDecimalsWhole() throws Exception {
        for (String text : List.of("{\"mpid\":-9223372036854775808,\"x\":1.10}",
                "[{\"mpid\":-9223372036854775808,\"x\":1.10}]")) {
            assertThat(json(read(text).get(0))).isEqualTo("{\"mpid\":-9223372036854775808,\"x\":1.10}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n\n", "[]", "oops", "oops\nmore\nof it", "{\"mpid\":", "[{\"mpid\":", "5", "\"text\"",
        "{\"name\":\"package\"}", "[1,2,3]", "a,b,c\n1,2,3\n"})
    void refusesAFileWithoutABatch(String text) throws Exception {
        assertThatThrownBy(() -> read(text)).isInstanceOf(UnreadableFile.class)
                .hasMessageMatching("(invalid-json|not-a-batch): .* \\(.+\\)");
    }

    @Test
    void refusesBinaryGarbage() throws Exception {
        byte[] garbage = new byte[100_000];
        new Random(7).nextBytes(garbage);
        assertThatThrownBy(() -> read(garbage)).isInstanceOf(UnreadableFile.class);
        garbage[0] = 0x1f;
        garbage[1] = (byte) 0x8b;
        assertThatThrownBy(() -> read(garbage)).isInstanceOf(UnreadableFile.class);
    }

    @Test
    void cutsPiecesByNumberAndBySize() throws Exception {
        Path many = write(("{\"mpid\":1}\n".repeat(120)).getBytes(StandardCharsets.UTF_8));
        try (MparticleFile file = MparticleFile.open(many.toFile(), MAX_BYTES)) {
            assertThat(file).toIterable().extracting(List::size).containsExactly(50, 50, 20);
        }
        Path large = write(("{\"mpid\":1,\"x\":\"" + "y".repeat(100_000) + "\"}\n").repeat(7).getBytes(StandardCharsets.UTF_8));
        try (MparticleFile file = MparticleFile.open(large.toFile(), 200_000)) {
            assertThat(file).toIterable().extracting(List::size).containsExactly(3, 3, 1);
        }
    }

    private List<RawBatch> read(String text) throws IOException, UnreadableFile {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<RawBatch> read(byte[] bytes) throws IOException, UnreadableFile {
        List<RawBatch> batches = new ArrayList<>();
        try (MparticleFile file = MparticleFile.open(write(bytes).toFile(), MAX_BYTES)) {
            file.forEachRemaining(batches::addAll);
            assertThat(file.percent()).isEqualTo(100);
        }
        return batches;
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("batches"), bytes);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(packed)) {
            stream.write(bytes);
        }
        return packed.toByteArray();
    }

    private static String json(RawBatch batch) {
        return batch.json() == null ? null : batch.json().toString();
    }
}
