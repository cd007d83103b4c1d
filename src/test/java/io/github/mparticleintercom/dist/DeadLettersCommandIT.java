package io.github.mparticleintercom.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.sandbox.CallKind;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code dead} of the distribution, as a user runs it. */
class DeadLettersCommandIT {

    private static final String SECRET = "Bearer for-the-engineer";

    private static final String BATCH = """
            {"batch_id": %1$s, "user_identities": {"customer_id": "c1"}, "events": [{"event_type": "custom_event",
            "data": {"event_id": %1$s, "event_name": "%2$s", "timestamp_unixtime_ms": 170000000%1$s000}}]}
            """;

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
    void worksWhileItRuns() throws Exception {
        try (BundleProcess bundle = BundleProcess.start(folder, settings("0"))) {
            deadLetter(bundle, "Running");
            Map<String, String> settings = settings(bundle.managementPort());
            await().until(() -> Command.run(folder, settings, "dead").exitCode() == 0);

            String id = id(settings);
            Path body = Files.writeString(folder.resolve("edited.json"), edited(settings, id));
            Command replay = Command.run(folder, settings, "dead", "replay", id, "--body", body.getFileName().toString());
            assertThat(replay.output().strip()).as(replay.errors()).isEqualTo("Replayed 1");
            await().untilAsserted(() -> assertThat(intercom.events()).extracting(event -> event.name())
                    .containsExactly("Edited"));
            assertThat(Command.run(folder, settings, "dead").exitCode()).isEqualTo(1);

            Command audit = Command.run(folder, settings, "audit", "2");
            assertThat(audit.output().lines()).extracting(line -> line.split(" +")[1])
                    .contains("queued", "replayed", "delivered").hasSize(4);
            assertThat(bundle.log()).as("the audit log is not for the screen").doesNotContain("\"outcome\"");
        }
    }

    @Test
    void worksWhileItIsHeld() throws Exception {
        try (BundleProcess bundle = BundleProcess.start(folder, settings("0"))) {
            deadLetter(bundle, "Held");
            await().until(() -> bundle.log().contains("intercom-refused"));
        }
        try (BundleProcess held = BundleProcess.start(folder, settings("0"), "run", "--hold")) {
            await().until(() -> held.log().contains("HELD: "));
            assertThat(held.log()).doesNotContain("HTTP: ", "Files: ", "JMS: ");
            Map<String, String> settings = settings(held.managementPort());
            Path batch = Files.createDirectories(folder.resolve("inbox")).resolve("batch.json");
            Files.writeString(batch, BATCH.formatted("3", "Late"));
            assertThat(Command.run(folder, settings, "dead", "replay", "--reason", "all").output().strip()).isEqualTo("Replayed 1");
            assertThat(Command.run(folder, settings, "resume").errors()).contains("without --hold");
            assertThat(health(held, "ready")).isEqualTo(503);
            assertThat(health(held, "live")).isEqualTo(200);
            assertThat(Command.run(folder, settings, "preview", batch.toString()).output()).contains("POST /events", "Late");
            assertThat(intercom.events()).as("nothing is delivered").isEmpty();
            assertThat(batch).as("nothing is taken in").exists();
        }
        try (BundleProcess again = BundleProcess.start(folder, settings("0"))) {
            await().untilAsserted(() -> assertThat(intercom.events()).as(again.log()).extracting(event -> event.name())
                    .containsExactlyInAnyOrder("Held", "Late"));
        }
    }

    @Test
    void saysWhatItTakesAndThatNothingAnswers() throws Exception {
        Command wrong = Command.run(folder, settings("0"), "dead", "discard");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.errors()).contains("--reason=CODE");
        Command silent = Command.run(folder, settings("0"), "dead");
        assertThat(silent.exitCode()).isEqualTo(3);
        assertThat(folder.resolve("data")).as("nothing was opened").doesNotExist();
    }

    private static int health(BundleProcess bundle, String probe) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + bundle.managementPort() + "/observe/health/" + probe);
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private String id(Map<String, String> settings) throws Exception {
        Command list = Command.run(folder, settings, "dead", "list", "--reason", "intercom-refused");
        assertThat(list.output()).contains("intercom-refused", "422", "1 of 1");
        return list.output().lines().skip(1).findFirst().orElseThrow().split(" ")[0];
    }

    private String edited(Map<String, String> settings, String id) throws Exception {
        assertThat(Command.run(folder, settings, "dead", "export", "all.jsonl").exitCode()).isZero();
        JsonNode deadLetter = Json.MAPPER.readTree(folder.resolve("all.jsonl").toFile());
        assertThat(deadLetter.get("id").asText()).isEqualTo(id);
        return ((ObjectNode) deadLetter.get("body")).put("event_name", "Edited").toString();
    }

    private void deadLetter(BundleProcess bundle, String event) throws Exception {
        intercom.fault(Fault.status(422).on(CallKind.EVENT));
        assertThat(post(bundle, BATCH.formatted("2", event))).isEqualTo(202);
    }

    private static int post(BundleProcess bundle, String body) throws Exception {
        return bundle.post(body, "Authorization", SECRET).statusCode();
    }

    private Map<String, String> settings(String port) {
        return BundleProcess.to(intercom, "MPARTICLE_INTERCOM_HTTP_AUTHORIZATION", SECRET, "CAMEL_MANAGEMENT_ENABLED", "true",
                "CAMEL_MANAGEMENT_PORT", port);
    }
}
