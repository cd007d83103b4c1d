package io.github.mparticleintercom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.mparticle.Identities;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditCommandTest {

    private static final String SETTING = "mparticle-intercom.audit.file";

    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        System.setProperty(SETTING, folder.resolve("audit.jsonl").toString());
        pack("audit.jsonl.9.gz", line("1", "queued", "b1", "e1"));
        pack("audit.jsonl.10.gz", line("2", "dead_lettered", "b1", "e1"));
        pack("audit.jsonl.11.gz", line("3", "replayed", "b1", "e1") + "\n" + line("3", "queued", "b1", "e2"));
        Files.writeString(folder.resolve("audit.jsonl.11"), line("3", "replayed", "b1", "e1") + "\n");
        Files.writeString(folder.resolve("audit.jsonl.old"), line("0", "of another program", "b1", "e1"));
        Files.writeString(folder.resolve("audit.jsonl"), line("4", "delivered", "b1", "e1") + "\n"
                + line("5", "queued", "e1x", "xe1") + "\n{\"outcome\":\"half a line e1\", \"event_id\":\"e1\"");
    }

    @AfterEach
    void forget() {
        System.clearProperty(SETTING);
    }

    @Test
    void showsAllOfAnEventInTheOrderInWhichItHappened() throws Exception {
        assertThat(run("e1").lines()).extracting(line -> line.split(" +")[1])
                .containsExactly("queued", "dead_lettered", "replayed", "delivered");
        assertThat(run("e1").lines().toList().get(3)).isEqualTo(
                "4  delivered      batch id b1  event id e1  user key " + key());
        assertThat(run("b1")).hasLineCount(4);
        assertThat(run("--json", "e1").lines().findFirst()).contains(line("1", "queued", "b1", "e1"));
    }

    @Test
    void findsAUserByTheEmailThatTheLogDoesNotHold() throws Exception {
        assertThat(run("Jane@Example.com")).hasLineCount(5);
    }

    @Test
    void endsWith1WhenThereIsNothing() {
        for (String key : List.of("e", "nobody@example.com", "queued")) {
            assertThat(Run.of("audit", key).exitCode()).isEqualTo(1);
        }
        System.setProperty(SETTING, folder.resolve("none/audit.jsonl").toString());
        assertThat(Run.of("audit", "e1").exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--json", "a b", "--all"})
    void endsWith2WhenItsArgumentsAreWrong(String arguments) {
        Run run = Run.of(("audit " + arguments).split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("audit [-h] [--json] KEY");
    }

    private static String run(String... arguments) {
        Run run = Run.of(Stream.concat(Stream.of("audit"), Stream.of(arguments)).toArray(String[]::new));
        assertThat(run.exitCode()).as(run.errors()).isZero();
        return run.output();
    }

    private static String key() {
        return new Identities(null, "jane@example.com", null, false).key();
    }

    private static String line(String time, String outcome, String batch, String event) {
        return Json.write(Json.object().put("time", time).put("outcome", outcome).put("batch_id", batch)
                .put("event_id", event).put("user_key", key()));
    }

    private void pack(String name, String text) throws IOException {
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(folder.resolve(name)))) {
            packed.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
