package io.github.mparticleintercom.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets in files, as Kubernetes mounts them: links to a folder that is replaced as a whole. */
class MountedSecretsIT {

    private static final String TOKEN = "mparticle-intercom.intercom.access-token";
    private static final String DOOR = "mparticle-intercom.http.authorization";
    private static final String BATCH = """
            {"user_identities": {"customer_id": "c1"}, "user_attributes": {"$firstname": "Ada"}}""";

    @TempDir
    Path folder;
    private Path secrets;

    @BeforeEach
    void mount() throws IOException {
        secrets = Files.createDirectory(folder.resolve("secrets"));
        Files.createDirectory(secrets.resolve("..2026_01_01"));
        Files.createSymbolicLink(secrets.resolve("..data"), Path.of("..2026_01_01"));
        mount(TOKEN, SandboxConfig.DEFAULT_TOKEN + "\n");
        mount(DOOR, "Bearer door\r\n");
    }

    @Test
    void theBundleAndItsCommandsUseThem() throws Exception {
        try (IntercomSandbox intercom = IntercomSandbox.start();
                BundleProcess bundle = BundleProcess.start(folder, settings(intercom, "0"))) {
            assertThat(bundle.post(BATCH, "Authorization", "Bearer other").statusCode()).isEqualTo(403);
            assertThat(bundle.post(BATCH, "Authorization", "Bearer door").statusCode()).isEqualTo(202);
            await().until(() -> intercom.contacts().size() == 1);

            Map<String, String> running = settings(intercom, bundle.managementPort());
            assertThat(Command.run(folder, running, "dead")).isEqualTo(new Command(1, "", "No dead letters\n"));
            Files.writeString(folder.resolve("batch.json"), BATCH);
            Command preview = Command.run(folder, running, "preview", "batch.json");
            assertThat(preview.output() + preview.errors()).contains("POST /contacts");
        }
        try (IntercomSandbox intercom = IntercomSandbox.start()) {
            Command check = Command.run(folder, settings(intercom, "0"), "check", "--online");
            assertThat(check.output() + check.errors()).endsWith("Routes and settings are in order, and Intercom knows them.\n");
            assertThat(check.output().replaceAll(" +", " ")).contains(TOKEN + " = *** (file " + secrets.resolve(TOKEN) + ")\n")
                    .doesNotContain(SandboxConfig.DEFAULT_TOKEN);
        }
    }

    /** As Kubernetes does it: the folder of data is another one, all at once. */
    @Test
    void takesANewTokenWithoutARestart() throws Exception {
        mount(TOKEN, "old");
        SandboxConfig config = SandboxConfig.builder().token("old", "old").token("new", "new").build();
        try (IntercomSandbox intercom = IntercomSandbox.start(config);
                BundleProcess bundle = BundleProcess.start(folder, settings(intercom, "0"))) {
            bundle.post(BATCH, "Authorization", "Bearer door");
            await().until(() -> intercom.contacts().size() == 1);
            intercom.settings().revokeToken("old");
            bundle.post(BATCH.replace("c1", "c2"), "Authorization", "Bearer door");
            await().atMost(Duration.ofMinutes(1)).until(() -> bundle.log().contains("paused"));
            Path next = Files.createDirectory(secrets.resolve("..2026_01_02"));
            Files.writeString(next.resolve(TOKEN), "new\n");
            Files.writeString(next.resolve(DOOR), "Bearer door");
            Files.createSymbolicLink(secrets.resolve("..data_tmp"), Path.of("..2026_01_02"));
            Files.move(secrets.resolve("..data_tmp"), secrets.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

            await().atMost(Duration.ofMinutes(1)).until(() -> intercom.contacts().size() == 2);
            assertThat(intercom.contactByExternalId("c2")).isPresent();
            assertThat(bundle.log()).contains("Took a new credential").doesNotContain("Bearer door");
        }
    }

    @Test
    void theEnvironmentWinsOverThem() throws Exception {
        Map<String, String> settings = Map.of("MPARTICLE_INTERCOM_SECRETS_FOLDER", secrets.toString(),
                "MPARTICLE_INTERCOM_HTTP_AUTHORIZATION", "Bearer other");

        assertThat(Command.run(folder, settings, "check").output().replaceAll(" +", " "))
                .contains(DOOR + " = *** (environment variable MPARTICLE_INTERCOM_HTTP_AUTHORIZATION)\n");
    }

    @Test
    void tellsOfAFileThatIsCalledAsNoSetting() throws Exception {
        mount("mparticle-intercom.intercom.acces-token", "token");
        Command check = Command.run(folder, Map.of("MPARTICLE_INTERCOM_SECRETS_FOLDER", secrets.toString()), "check");

        assertThat(check.exitCode()).isEqualTo(1);
        assertThat(check.output()).contains("mparticle-intercom.intercom.acces-token is not a setting; did you mean " + TOKEN + "?");
    }

    private void mount(String key, String text) throws IOException {
        Files.writeString(secrets.resolve("..data").resolve(key), text);
        Files.deleteIfExists(secrets.resolve(key));
        Files.createSymbolicLink(secrets.resolve(key), Path.of("..data", key));
    }

    private Map<String, String> settings(IntercomSandbox intercom, String managementPort) {
        Map<String, String> settings = new HashMap<>();
        settings.put("MPARTICLE_INTERCOM_INTERCOM_BASE_URL", intercom.baseUrl());
        settings.put("CAMEL_MANAGEMENT_ENABLED", "true");
        settings.put("CAMEL_MANAGEMENT_PORT", managementPort);
        settings.put("MPARTICLE_INTERCOM_SECRETS_FOLDER", secrets.toString());
        return settings;
    }
}
