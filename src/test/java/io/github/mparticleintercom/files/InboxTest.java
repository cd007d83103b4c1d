package io.github.mparticleintercom.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxTest {

    private final Inbox inbox = new Inbox();

    @TempDir
    private Path folder;

    @Test
    void leavesAGrowingFileAloneHoweverOldItIs() throws IOException {
        File file = old("file.json", "12");
        assertThat(inbox.takes(file, "file.json")).isFalse();
        old("file.json", "1234");
        assertThat(inbox.takes(file, "file.json")).isFalse();
        assertThat(inbox.takes(file, "file.json")).isTrue();
    }

    @Test
    void readsNothingThroughALinkToAFolder() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere/in"));
        old("elsewhere/in/file.json", "12");
        Path home = Files.createDirectories(folder.resolve("inbox"));
        Files.createSymbolicLink(home.resolve("link"), elsewhere.getParent());
        File file = home.resolve("link/in/file.json").toFile();

        inbox.takes(file, "link/in/file.json");
        assertThat(inbox.takes(file, "link/in/file.json")).isFalse();
        assertThat(Inbox.folder(file, "link/in/file.json")).isEqualTo(home.toFile());
    }

    private File old(String name, String text) throws IOException {
        return Files.setLastModifiedTime(Files.writeString(folder.resolve(name), text), FileTime.fromMillis(1_700_000_000_000L)).toFile();
    }
}
