package io.github.mparticleintercom.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.bundle.ExternalBroker;
import io.github.mparticleintercom.bundle.RealCertificate;
import io.github.mparticleintercom.sandbox.CallKind;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets and personal data are planted everywhere; nothing that a run writes or answers repeats them. */
class SecretsIT {

    private static final String TOKEN = "planted-token-5f2c";
    private static final String IOS_KEY = "planted-ios-key-5f2c";
    private static final String DOOR = "Bearer planted-door-5f2c";
    private static final String EMAIL = "planted.person@example.com";
    private static final String SECRET = "planted-";

    @TempDir
    Path folder;
    private final List<String> answers = new ArrayList<>();

    @Test
    void nothingIsRepeated() throws Exception {
        SandboxConfig config = SandboxConfig.builder().token(TOKEN, "general").token(IOS_KEY, "ios").build();
        try (IntercomSandbox intercom = IntercomSandbox.start(config)) {
            String echo = "{\"type\":\"error.list\",\"errors\":[{\"code\":\"parameter_invalid\",\"message\":\"no " + EMAIL + " "
                    + TOKEN + "\"}]}";
            intercom.fault(Fault.status(500).body(echo).on(CallKind.CONTACT_CREATE).times(1));
            intercom.fault(Fault.status(422).body(echo).on(CallKind.EVENT).times(1));
            try (BundleProcess bundle = BundleProcess.start(folder, settings(intercom, "0"))) {
                Map<String, String> running = settings(intercom, bundle.managementPort());
                post(bundle, DOOR, batch(1, "Refused"));
                await().until(() -> bundle.log().contains("intercom-refused"));
                post(bundle, DOOR, "{\"user_identities\": {\"email\": \"" + EMAIL + "\"}, no json");
                post(bundle, DOOR, batch(2, "Delivered").replace("\"events\"", "\"events\": \"" + EMAIL + "\", \"also\""));
                post(bundle, DOOR + "-wrong", batch(3, "Never"));
                post(bundle, DOOR, batch(4, "Delivered"));
                await().until(() -> !intercom.events().isEmpty());
                intercom.settings().revokeToken(TOKEN);
                post(bundle, DOOR, batch(5, "Stopped"));
                await().until(() -> bundle.log().contains("Delivery paused"));
                commands(running);
            }
            assertNoSecretIn(folder);
            assertThat(String.join("\n", answers)).doesNotContain(SECRET).doesNotContain(EMAIL);
        }
    }

    @Test
    void anAddressOfABrokerIsShownWithoutItsPassword() throws Exception {
        RealCertificate certificate = RealCertificate.make(folder);
        String nobody = "tcp://127.0.0.1:" + ExternalBroker.freePort();
        String trusting = nobody + "?sslEnabled=true&trustStorePath=" + certificate.trustStore() + "&trustStorePassword=";
        Map<String, String> settings = Map.of("MPARTICLE_INTERCOM_BROKER_URL", trusting + RealCertificate.PASSWORD);
        Command check = Command.run(folder, settings, "check");

        assertThat(check.exitCode()).isZero();
        assertThat(check.output()).contains("= " + trusting + "***").doesNotContain(RealCertificate.PASSWORD);
        try (BundleProcess bundle = BundleProcess.start(folder, settings)) {
            assertThat(bundle.log()).contains("Queue: broker " + trusting + "***");
            await().until(() -> bundle.log().contains("The broker does not answer"));
            assertThat(bundle.post(batch(1, "Never")).body()).contains("broker-unavailable").doesNotContain(RealCertificate.PASSWORD);
            bundle.terminate();
            bundle.exitCode();
            assertThat(bundle.log()).doesNotContain(RealCertificate.PASSWORD);
        }
    }

    private void commands(Map<String, String> settings) throws Exception {
        for (String[] words : new String[][] {{"dead"}, {"audit", "1"}, {"audit", "4", "--json"}, {"check"}}) {
            Command command = Command.run(folder, settings, words);
            assertThat(command.exitCode()).isZero();
            answers.add(command.output() + command.errors());
        }
    }

    private void post(BundleProcess bundle, String authorization, String body) throws Exception {
        HttpRequest post = HttpRequest.newBuilder(URI.create(bundle.url() + "/v2/events?who=" + EMAIL))
                .header("Content-Type", "application/json").header("Authorization", authorization)
                .POST(HttpRequest.BodyPublishers.ofString(body)).build();
        answers.add(HttpClient.newHttpClient().send(post, BodyHandlers.ofString()).body());
    }

    private static String batch(int id, String name) {
        return """
                {"batch_id": %d, "user_identities": {"email": "%s"}, "user_attributes": {"$firstname": "Ada", "mail": "%s"},
                 "device_info": {"platform": "Android"}, "events": [{"event_type": "custom_event", "data": {"event_id": %d,
                 "event_name": "%s", "timestamp_unixtime_ms": 1700000000000, "custom_attributes": {"mail": "%s"}}}]}
                """.formatted(id, EMAIL, EMAIL, id, name, EMAIL);
    }

    private static Map<String, String> settings(IntercomSandbox intercom, String managementPort) {
        Map<String, String> settings = new HashMap<>();
        settings.put("MPARTICLE_INTERCOM_INTERCOM_BASE_URL", intercom.baseUrl());
        settings.put("MPARTICLE_INTERCOM_INTERCOM_ACCESS_TOKEN", TOKEN);
        settings.put("MPARTICLE_INTERCOM_PLATFORM_IOS_API_KEY", IOS_KEY);
        settings.put("MPARTICLE_INTERCOM_HTTP_AUTHORIZATION", DOOR);
        settings.put("CAMEL_MANAGEMENT_ENABLED", "true");
        settings.put("CAMEL_MANAGEMENT_PORT", managementPort);
        settings.put("MPARTICLE_INTERCOM_BROKER_USER", "someone");
        settings.put("MPARTICLE_INTERCOM_BROKER_PASSWORD", "planted-password-5f2c");
        settings.put("MPARTICLE_INTERCOM_DELIVER_RETRY_DELAY_MILLIS", "50");
        return settings;
    }

    /** What waits or is parked has to hold the data of its users, but never a secret. */
    private static void assertNoSecretIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                // Artemis writes texts in UTF-16 where it takes them for such
                String bytes = Files.readString(file, StandardCharsets.ISO_8859_1).replace("\0", "");
                assertThat(bytes).as("%s", file).doesNotContain(SECRET);
                if (!file.startsWith(folder.resolve("data"))) {
                    assertThat(bytes).as("%s", file).doesNotContain(EMAIL);
                }
            }
        }
    }
}
