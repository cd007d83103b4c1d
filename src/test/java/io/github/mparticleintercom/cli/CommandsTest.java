package io.github.mparticleintercom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.bundle.Bundle;
import io.github.mparticleintercom.sandbox.CallKind;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that call the running program, and what all commands say of themselves. */
class CommandsTest {

    private static final String AUTHORIZATION = "mparticle-intercom.http.authorization";
    private static final String SECRET = "Bearer for-the-engineer";
    private static IntercomSandbox intercom;
    private static Bundle bundle;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        intercom = IntercomSandbox.start();
        intercom.seed().user("c1", null);
        bundle = Bundle.builder().to(intercom).watched().set("http.authorization", SECRET).start();
        System.setProperty(AUTHORIZATION, SECRET);
    }

    @AfterAll
    static void stop() throws Exception {
        System.clearProperty(AUTHORIZATION);
        bundle.close();
        intercom.close();
    }

    @AfterEach
    void leaveNothing() {
        call("dead", "discard", "--reason", "all");
        intercom.reset();
        intercom.seed().user("c1", null);
    }

    @Test
    void listsShowsExportsFixesAndReplays() throws Exception {
        deadLetter("Opened");
        Run list = call("dead", "list", "--reason", "intercom-refused");
        assertThat(list.exitCode()).as(list.errors()).isZero();
        assertThat(list.output()).contains("dead lettered at", "intercom-refused", "422", "1 of 1");
        assertThat(call("dead").output()).isEqualTo(list.output());
        String id = list.output().lines().skip(1).findFirst().orElseThrow().split(" ")[0];
        assertThat(call("dead", "show", id).output()).contains(Reason.INTERCOM_REFUSED.advice(), "attempts", "\"event_name\"");

        Path export = folder.resolve("dead-letters.jsonl");
        assertThat(call("dead", "export", export.toString(), "--reason", "intercom-refused").output()).startsWith("Exported 1 to ");
        assertThat(Files.getPosixFilePermissions(export)).containsExactlyInAnyOrder(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
        assertThat(call("dead", "export", "-").output()).isEqualTo(Files.readString(export));
        ObjectNode body = (ObjectNode) Json.MAPPER.readTree(export.toFile()).get("body");

        String broken = Files.writeString(folder.resolve("broken.json"), "{").toString();
        assertThat(call("dead", "replay", id, "--body", broken).exitCode()).isEqualTo(2);
        assertThat(call("dead", "replay", id, "--body", folder.resolve("none").toString()).exitCode()).isEqualTo(2);
        String edited = Files.writeString(folder.resolve("edited.json"), body.put("event_name", "Edited").toString()).toString();
        assertThat(call("dead", "replay", id, "--body", edited).output().strip()).isEqualTo("Replayed 1");
        await().untilAsserted(() -> assertThat(intercom.events()).extracting(event -> event.name()).containsExactly("Edited"));
        assertThat(call("dead")).isEqualTo(new Run(1, "", "No dead letters" + System.lineSeparator()));
    }

    @Test
    void exportsMoreThanOnePageInTheirOrder() throws Exception {
        bundle.send("[" + "7,".repeat(2) + "7]");
        Stream.of(1, 2, 3).forEach(i -> bundle.send("{no json " + i));

        assertThat(call("dead", "export", "-").output().lines().map(CommandsTest::body)).containsSubsequence(
                "{no json 1", "{no json 2", "{no json 3").hasSize(bundle.dead().size());
        assertThat(call("dead", "--limit", "1").output()).contains("1 of " + bundle.dead().size());
    }

    @Test
    void replaysAndDiscardsByReason() throws Exception {
        bundle.send("{no json");
        assertThat(call("dead", "replay", "--reason", "invalid-json").output().strip())
                .isEqualTo("Replayed 1, of which 1 could not be forwarded again and got a new id");
        assertThat(call("dead", "discard", "--reason", "invalid-json").output().strip()).isEqualTo("Discarded 1");
        assertThat(call("dead", "discard", "--reason", "invalid-json").exitCode()).isEqualTo(1);
        assertThat(call("dead", "show", UUID.randomUUID().toString()).exitCode()).isEqualTo(1);
        assertThat(call("dead", "discard", "a b/c").exitCode()).isEqualTo(1);
        assertThat(call("dead", "replay", "--reason", "No Reason").exitCode()).isEqualTo(2);
    }

    @Test
    void previewsAFile() throws Exception {
        Path batch = Files.writeString(folder.resolve("batch.json"), """
                {"user_identities": {"customer_id": "c1"}, "user_attributes": {"a.b": "x"},
                 "events": [{"event_type": "session_start", "data": {"event_id": 2}}]}
                """);
        int calls = intercom.calls();

        assertThat(call("preview", batch.toString()).output().lines()).containsExactly(
                "POST /contacts  {\"external_id\":\"c1\",\"role\":\"user\",\"custom_attributes\":{\"a_b\":\"x\"}}",
                "   changed  custom_attributes.a.b: name-cleaned (The name held characters that Intercom does not allow and was"
                        + " changed)",
                "   skipped  event 2: event-type-off (Events of this type are not forwarded)");
        assertThat(call("preview", batch.toString()).errors()).contains("By the routes, settings and event mapping that http://127.0.0.1:");
        assertThat(Json.MAPPER.readTree(call("preview", "--json", batch.toString()).output()).at("/requests/0/path").asText())
                .isEqualTo("/contacts");
        assertThat(intercom.calls()).isEqualTo(calls);
    }

    @Test
    void previewsWhateverAFileMayBe() throws Exception {
        String batch = "{\"user_identities\": {\"customer_id\": \"%s\"}, \"user_attributes\": {\"a\": \"x\"}}";
        Path lines = folder.resolve("lines.gz");
        try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(lines))) {
            packed.write((batch.formatted("c1") + "\n{no json\n" + batch.formatted("c2") + "\n").getBytes(StandardCharsets.UTF_8));
        }
        Run mixed = call("preview", lines.toString());
        assertThat(mixed.exitCode()).isEqualTo(1);
        assertThat(mixed.output()).contains("\"external_id\":\"c1\"", "\"external_id\":\"c2\"", "dead-lettered  batch: invalid-json");

        Run broken = call("preview", Files.writeString(folder.resolve("broken.json"), "{no json").toString());
        assertThat(broken.exitCode()).isEqualTo(1);
        assertThat(broken.errors()).startsWith("invalid-json: ");
        assertThat(call("preview", folder.resolve("none").toString()).exitCode()).isEqualTo(2);
    }

    @Test
    void resumesDelivery() {
        assertThat(call("resume").output().strip()).isEqualTo("Delivery: resumed");
    }

    @Test
    void saysWhoDoesNotAnswerAndWhoDoesNotLetItIn() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            free = socket.getLocalPort();
        }
        Run nobody = Run.of("dead", "--url", "http://127.0.0.1:" + free);
        assertThat(nobody.exitCode()).isEqualTo(3);
        assertThat(nobody.errors()).startsWith("Nothing answers at http://127.0.0.1:" + free).contains("run --hold");
        assertThat(Run.of("dead", "--url", "ftp://x").exitCode()).isEqualTo(2);

        System.setProperty(AUTHORIZATION, "Bearer guessed");
        try {
            Run stranger = call("dead");
            assertThat(stranger.exitCode()).isEqualTo(3);
            assertThat(stranger.errors()).contains(Reason.WRONG_AUTHORIZATION.sentence()).doesNotContain("guessed");
        } finally {
            System.setProperty(AUTHORIZATION, SECRET);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dead eat", "dead show", "dead export", "dead replay", "dead discard", "dead discard x --reason all",
        "dead replay x --reason all", "dead list --reason", "dead list x", "dead list --limit 0", "dead list --limit many",
        "dead replay x y", "dead discard --reason a --reason b", "dead show x --body f", "dead discard x --body f",
        "dead discard --everything yes", "dead replay --body f", "preview", "preview a b", "check --all", "run now",
        "resume x"})
    void endsWith2WhenItsArgumentsAreWrong(String arguments) {
        Run run = Run.of(arguments.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("Usage: mparticle-intercom");
    }

    @Test
    void namesTheCommandThatWasProbablyMeant() {
        Run run = Run.of("prevew");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.errors()).contains("'prevew'", "Did you mean", "mparticle-intercom preview");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "run", "demo", "dev", "check", "preview", "dead", "dead list", "dead show", "dead export",
        "dead replay", "dead discard", "resume", "audit", "generate-completion"})
    void explainsItself(String command) {
        Run run = Run.of((command + " --help").strip().split(" "));

        assertThat(run.exitCode()).isZero();
        assertThat(run.output()).startsWith(("Usage: mparticle-intercom " + command).strip());
    }

    @Test
    void completesItsCommandsInAShell() {
        assertThat(Run.of("generate-completion").output()).contains("complete -F", "replay", "--reason");
    }

    @Test
    void keepsWhatOthersSentFromSteeringTheScreen() throws Exception {
        StringWriter text = new StringWriter();
        DeadCommand.table(Json.MAPPER.readTree("""
                {"total": 7, "dead_letters": [{"id": "a", "batch_id": "1\\u001b[2J\\n2", "reason": "invalid-json"}]}
                """), new PrintWriter(text, true));

        assertThat(text.toString()).contains("1 [2J 2", "invalid-json", "1 of 7").hasLineCount(3).doesNotContain("\u001b");
    }

    private static String body(String line) {
        try {
            return Json.MAPPER.readTree(line).path("body_text").asText();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void deadLetter(String event) throws Exception {
        intercom.fault(Fault.status(422).on(CallKind.EVENT));
        bundle.send("""
                {"batch_id": 1, "user_identities": {"customer_id": "c1"}, "events": [{"event_type": "custom_event",
                "data": {"event_id": "%s", "event_name": "%s", "timestamp_unixtime_ms": 1700000000000}}]}
                """.formatted(UUID.randomUUID(), event));
        await().untilAsserted(() -> assertThat(bundle.dead()).hasSize(1));
    }

    private static Run call(String... arguments) {
        List<String> all = Stream.concat(Stream.of(arguments), Stream.of("--url", bundle.managementUrl())).toList();
        return Run.of(all.toArray(String[]::new));
    }
}
