package io.github.mparticleintercom.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mparticle-intercom check} as a user or a pipeline runs it. */
class CheckCommandIT {

    @TempDir
    Path folder;

    @Test
    void reportsWhatTakesEffectAndWhetherIntercomKnowsIt() throws Exception {
        try (IntercomSandbox intercom = IntercomSandbox.start()) {
            Command check = Command.run(folder, BundleProcess.to(intercom), "check", "--online");

            assertThat(check.exitCode()).as(check.output() + check.errors()).isZero();
            assertThat(check.errors()).isEmpty();
            assertThat(check.output().replaceAll(" +", " "))
                    .contains("mparticle-intercom.intercom.access-token = ***"
                            + " (environment variable MPARTICLE_INTERCOM_INTERCOM_ACCESS_TOKEN)")
                    .containsPattern("mparticle-intercom.intercom.region = us \\(application.properties:\\d+\\)")
                    .endsWith("Routes and settings are in order, and Intercom knows them.\n")
                    .doesNotContain(SandboxConfig.DEFAULT_TOKEN);
            assertThat(folder.resolve("data")).doesNotExist();
        }
    }

    @Test
    void reportsAllThatIsWrongAndFailsAPipeline() throws Exception {
        EditableHome home = EditableHome.unpack(folder);
        home.edit("application.properties", "limits.name-chars = 190", "limits.name-char = 190");
        Files.writeString(home.path().resolve("routes/mine.camel.yaml"), """
                - route:
                    id: mine
                    from:
                      uri: direct:mine
                      steps:
                        - filter:
                            expression:
                              simple:
                                expression: "${variable.bacth.user.customerId} == null"
                            steps:
                              - setVariable:
                                  name: reason
                                  expression:
                                    constant:
                                      expression: vip-only
                """);

        Command check = Command.run(home.script(), folder, Map.of("MPARTICLE_INTERCOM_PLATFORM_WEB_API_KEY", "key",
                "MPARTICLE_INTERCOM_HTTP_PROT", "8081"), "check", "--json");
        assertThat(check.exitCode()).isEqualTo(1);
        JsonNode result = Json.MAPPER.readTree(check.output());
        assertThat(result.path("problems").findValuesAsText("sentence")).containsExactly(
                "mparticle-intercom.limits.name-chars is missing.",
                "mparticle-intercom.limits.name-char is not a setting; did you mean mparticle-intercom.limits.name-chars?",
                "It stands for no setting; did you mean MPARTICLE_INTERCOM_HTTP_PORT?",
                "There is no variable 'bacth'; did you mean 'batch'?");
        assertThat(result.path("problems").findValuesAsText("file")).containsExactly("application.properties", "application.properties",
                "environment variable MPARTICLE_INTERCOM_HTTP_PROT", "routes/mine.camel.yaml");
        assertThat(result.path("problems").findValues("line")).extracting(JsonNode::asInt).satisfies(lines -> {
            assertThat(lines.get(1)).isPositive();
            assertThat(lines.get(3)).isEqualTo(9);
        });
        assertThat(result.path("notes").findValuesAsText("sentence")).hasSize(4)
                .contains("'vip-only' is a reason code of your own.")
                .filteredOn(sentence -> sentence.endsWith("batches of this platform are dead-lettered.")).hasSize(3);
    }

    @Test
    void endsBeforeAnythingIsStarted() throws Exception {
        EditableHome home = EditableHome.unpack(folder);
        Command check = Command.run(home.script(), folder, Map.of("MPARTICLE_INTERCOM_BROKER_DATA", "/proc/none"), "check");

        assertThat(check.exitCode()).as(check.output() + check.errors()).isZero();
    }

    @Test
    void keepsTheClassesOfEachInstallationInACacheThatTheyShare() throws Exception {
        Path cache = folder.resolve("cache");
        for (String installation : List.of("one", "two", "one")) {
            Path parent = Files.createDirectories(folder.resolve(installation));
            Path home = parent.resolve("home");
            Path script = Files.exists(home) ? new EditableHome(home).script() : EditableHome.unpack(parent).script();
            assertThat(Command.run(script, folder, Map.of("MPARTICLE_INTERCOM_CACHE", cache.toString()), "check").exitCode()).isZero();
        }
        assertThat(cache).isDirectoryContaining("glob:**.jsa");
        // far more than the command itself takes
        assertThat(cache.toFile().listFiles()).hasSize(2).allMatch(archive -> archive.length() > 40_000_000);
    }

    @Test
    void saysWhatIsWrongWithItsWords() throws Exception {
        assertThat(Command.run(folder, Map.of(), "check", "--onlin").exitCode()).isEqualTo(2);
    }
}
