package io.github.mparticleintercom.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.mparticle.RawBatch;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file goes on where it was, as long as it is the same file. */
class FilePositionTest {

    @TempDir
    Path folder;

    @Test
    void isOfTheFileThatWasRead() throws IOException {
        File one = Files.writeString(folder.resolve("a file with a long name.json"), "{}").toFile();
        File two = Files.writeString(folder.resolve("two\n.json"), "{}").toFile();
        assertThat(position().of(one)).isZero();
        position().put(one, 1000);
        position().put(one, 9);
        assertThat(position().of(one)).isEqualTo(9);
        assertThat(position().of(two)).isZero();
        position().put(two, 50);
        assertThat(position().of(two)).isEqualTo(50);
        assertThat(position().of(one)).isZero();

        Files.writeString(two.toPath(), "{}\n{}");
        assertThat(position().of(two)).isZero();
        position().put(two, 50);
        position().clear();
        assertThat(position().of(two)).isZero();
        position().clear();
    }

    @Test
    void countsForNothingWhenItIsNoPosition() throws IOException {
        File one = Files.writeString(folder.resolve("one.json"), "{}").toFile();
        position().put(one, 7);
        Files.writeString(folder.resolve("journal/file-position.txt"), "");
        assertThat(position().of(one)).isZero();
        Files.writeString(folder.resolve("journal/file-position.txt"), "7\n");
        assertThat(position().of(one)).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"'' | '\n' | ''", "'[' | ',' | ']'"})
    void readsOnWithTheSamePlaces(String before, String between, String after) throws Exception {
        List<String> batches = new ArrayList<>();
        for (int number = 0; number < 3 * MparticleFile.PIECE_BATCHES; number++) {
            batches.add(number == 60 && before.isEmpty() ? "{oops" : "{\"mpid\":" + number + "}");
        }
        File file = Files.writeString(folder.resolve("batches.json"), before + String.join(between, batches) + after).toFile();
        List<String> whole = places(file, 0);

        assertThat(whole).hasSize(batches.size());
        assertThat(places(file, MparticleFile.PIECE_BATCHES)).isEqualTo(whole.subList(MparticleFile.PIECE_BATCHES, whole.size()));
        assertThat(places(file, 2 * MparticleFile.PIECE_BATCHES)).isEqualTo(whole.subList(2 * MparticleFile.PIECE_BATCHES, whole.size()));
        assertThat(places(file, whole.size())).isEmpty();
        assertThat(places(file, whole.size() + 1)).isEmpty();
    }

    private static List<String> places(File file, long behind) throws Exception {
        List<String> places = new ArrayList<>();
        try (MparticleFile opened = MparticleFile.open(file, 1000).behind(behind)) {
            while (opened.hasNext()) {
                opened.next().stream().map(RawBatch::origin).forEach(places::add);
            }
            assertThat(opened.taken()).isEqualTo(Math.min(behind, 150) + places.size());
        }
        return places;
    }

    private FilePosition position() {
        return new FilePosition(folder);
    }
}
