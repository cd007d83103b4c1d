package io.github.mparticleintercom.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mparticle-intercom check} as a user or a pipeline runs it. */
class CheckCommandIT {

    @TempDir
    Path folder;

    @Test
    void tellsWhatTakesEffectAndWhetherIntercomKnowsIt() throws Exception {
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
    void tellsAllThatIsWrongAndFailsAPipeline() throws Exception {
        EditableHome home = EditableHome.unpack(folder);
        home.edit("application.properties", "limits.name-chars = 190", "limits.name-char = 190");
        home.edit("routes/pause.camel.yaml", "ref: mparticleIntercomDelivery", "ref: mparticleIntercomDelivry");

        Command check = Command.run(home.script(), folder, Map.of("MPARTICLE_INTERCOM_PLATFORM_WEB_API_KEY", "key",
                "MPARTICLE_INTERCOM_HTTP_PROT", "8081"), "check", "--json");
        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(Json.MAPPER.readTree(check.output()).path("problems").findValuesAsText("sentence")).containsExactly(
                "mparticle-intercom.limits.name-char is not a setting; did you mean mparticle-intercom.limits.name-chars?",
                "environment variable MPARTICLE_INTERCOM_HTTP_PROT stands for no setting; did you mean"
                        + " MPARTICLE_INTERCOM_HTTP_PORT?",
                "mparticle-intercom.limits.name-chars is missing.",
                "mparticle-intercom.platform.ios.api-key is missing, and there is no mparticle-intercom.intercom.access-token to use"
                        + " in its place.",
                "mparticle-intercom.platform.android.api-key is missing, and there is no mparticle-intercom.intercom.access-token to"
                        + " use in its place.",
                "mparticle-intercom.platform.tvos.api-key is missing, and there is no mparticle-intercom.intercom.access-token to use"
                        + " in its place.",
                "There is no bean 'mparticleIntercomDelivry'; did you mean 'mparticleIntercomDelivery'?");
    }

    @Test
    void saysWhatIsWrongWithItsWords() throws Exception {
        assertThat(Command.run(folder, Map.of(), "check", "--onlin").exitCode()).isEqualTo(2);
    }
}
