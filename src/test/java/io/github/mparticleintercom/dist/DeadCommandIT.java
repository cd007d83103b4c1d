package io.github.mparticleintercom.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.sandbox.CallKind;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code dead} of the distribution, while the bundle runs and while it does not. */
class DeadCommandIT {

    private static final String SECRET = "Bearer for-the-engineer";

    @TempDir
    private Path folder;
    private IntercomSandbox intercom;

    @BeforeEach
    void start() {
        intercom = IntercomSandbox.start();
        intercom.seed().user("c1", null);
    }

    @AfterEach
    void stop() {
        intercom.close();
    }

    @Test
    void worksWhileTheBundleRuns() throws Exception {
        try (BundleProcess bundle = BundleProcess.start(folder, settings("0"))) {
            park(bundle, "Running");
            Map<String, String> settings = settings(String.valueOf(URI.create(bundle.url()).getPort()));
            await().until(() -> Command.run(folder, settings, "dead").exitCode() == 0);

            editAndReplay(settings);
            await().untilAsserted(() -> assertThat(intercom.events()).extracting(event -> event.name())
                    .containsExactly("Mended"));
            assertThat(Command.run(folder, settings, "dead").exitCode()).isEqualTo(1);
            assertThat(Command.run(folder, settings, "dead", "show", UUID.randomUUID().toString()).exitCode()).isEqualTo(1);

            Command audit = Command.run(folder, settings, "audit", "2");
            assertThat(audit.output().lines()).extracting(line -> line.split(" +")[1])
                    .containsExactlyInAnyOrder("queued", "parked", "replayed", "delivered");
            assertThat(Command.run(folder, settings, "audit", "no-such-event").exitCode()).isEqualTo(1);
            assertThat(bundle.log()).as("the audit log is not for the screen").doesNotContain("\"outcome\"");

            Map<String, String> stranger = new HashMap<>(settings);
            stranger.put("MPARTICLE_INTERCOM_HTTP_AUTHORIZATION", "Bearer guessed");
            Command refused = Command.run(folder, stranger, "dead");
            assertThat(refused.exitCode()).isEqualTo(3);
            assertThat(refused.errors()).contains(Reason.WRONG_AUTHORIZATION.sentence());
        }
    }

    @Test
    void worksWhileTheBundleDoesNotRun() throws Exception {
        try (BundleProcess bundle = BundleProcess.start(folder, settings("0"))) {
            park(bundle, "Stopped");
            post(bundle, "{no json");
            await().until(() -> bundle.log().contains("intercom-refused"));
        }
        Map<String, String> settings = settings("0");
        editAndReplay(settings);
        assertThat(intercom.events()).as("the command delivers nothing itself").isEmpty();
        assertThat(Command.run(folder, settings, "dead", "list").output()).contains("invalid-json")
                .doesNotContain("intercom-refused");
        assertThat(Command.run(folder, settings, "dead", "discard", "--reason", "invalid-json").exitCode()).isZero();
        assertThat(Command.run(folder, settings, "dead", "discard", "--reason", "all").exitCode()).isEqualTo(1);

        try (BundleProcess again = BundleProcess.start(folder, settings)) {
            await().untilAsserted(() -> assertThat(intercom.events()).as(again.log()).extracting(event -> event.name())
                    .containsExactly("Mended"));
        }
    }

    @Test
    void saysWhatItTakesWhenItsWordsAreWrong() throws Exception {
        Command command = Command.run(folder, settings("0"), "dead", "discard");

        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.errors()).contains("dead discard --reason CODE");
        assertThat(folder.resolve("data")).as("nothing was opened").doesNotExist();
    }

    /** Finds the one refused request, shows and exports it, mends its body in a file and replays it. */
    private void editAndReplay(Map<String, String> settings) throws Exception {
        Command list = Command.run(folder, settings, "dead", "list", "--reason", "intercom-refused");
        assertThat(list.output()).contains("parked at", "intercom-refused", "422", "1 of 1");
        String id = list.output().lines().skip(1).findFirst().orElseThrow().split(" ")[0];
        assertThat(Command.run(folder, settings, "dead", "show", id).output())
                .contains(Reason.INTERCOM_REFUSED.advice(), "attempts", "\"event_name\"");

        assertThat(Command.run(folder, settings, "dead", "export", "letters.jsonl", "--reason", "intercom-refused")
                .exitCode()).isZero();
        JsonNode letter = Json.MAPPER.readTree(folder.resolve("letters.jsonl").toFile());
        assertThat(letter.get("id").asText()).isEqualTo(id);
        Files.writeString(folder.resolve("broken.json"), "{");
        assertThat(Command.run(folder, settings, "dead", "replay", id, "--body", "broken.json").exitCode()).isEqualTo(2);
        ObjectNode body = ((ObjectNode) letter.get("body")).put("event_name", "Mended");
        Files.writeString(folder.resolve("mended.json"), body.toString());
        Command replay = Command.run(folder, settings, "dead", "replay", id, "--body", "mended.json");
        assertThat(replay.exitCode()).as(replay.errors()).isZero();
        assertThat(replay.output().strip()).isEqualTo("Replayed 1");
    }

    private void park(BundleProcess bundle, String event) throws Exception {
        intercom.fault(Fault.status(422).on(CallKind.EVENT));
        assertThat(post(bundle, """
                {"batch_id": 1, "user_identities": {"customer_id": "c1"}, "events": [{"event_type": "custom_event",
                "data": {"event_id": 2, "event_name": "%s", "timestamp_unixtime_ms": 1700000000000}}]}
                """.formatted(event))).isEqualTo(202);
    }

    private static int post(BundleProcess bundle, String body) throws Exception {
        return bundle.post(body, "Authorization", SECRET).statusCode();
    }

    private Map<String, String> settings(String port) {
        return BundleProcess.to(intercom,
                "MPARTICLE_INTERCOM_HTTP_AUTHORIZATION", SECRET, "MPARTICLE_INTERCOM_HTTP_PORT", port);
    }
}
