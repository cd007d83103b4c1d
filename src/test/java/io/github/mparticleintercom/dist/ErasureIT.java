package io.github.mparticleintercom.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.sandbox.ActiveFault;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Killed while it forgets a user, and started again, it has forgotten the user. */
class ErasureIT {

    /** How long a crowded machine may take; not what it should take. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path folder;

    @Test
    void carriesOutAnErasureThatItWasKilledIn() throws Exception {
        try (IntercomSandbox intercom = IntercomSandbox.start()) {
            intercom.seed().user("killed", "killed@example.com");
            Map<String, String> settings = BundleProcess.to(intercom, "MPARTICLE_INTERCOM_ERASURE_ENABLED", "true",
                    "MPARTICLE_INTERCOM_ERASURE_AUTHORIZATION", "Bearer may-erase");
            String id = "a7551968-d5d6-44b2-9831-815ac9017798";
            ActiveFault hanging = intercom.fault(Fault.hang().matching(call -> call.method().equals("DELETE")));
            try (BundleProcess bundle = BundleProcess.start(folder, settings)) {
                assertThat(erasure(bundle, "POST", "", """
                        {"subject_request_id": "%s", "subject_request_type": "erasure", "subject_identities": [
                         {"identity_type": "controller_customer_id", "identity_value": "killed", "identity_format": "raw"},
                         {"identity_type": "email", "identity_value": "killed@example.com", "identity_format": "raw"}]}""".formatted(id)))
                        .contains(id);
                await().atMost(PATIENCE).until(() -> hanging.waiting() > 0);
                bundle.kill();
            }
            assertThat(intercom.contactByExternalId("killed")).isPresent();

            try (BundleProcess bundle = BundleProcess.start(folder, settings)) {
                await().atMost(PATIENCE).untilAsserted(() -> assertThat(erasure(bundle, "GET", "/" + id, "")).contains("completed"));
                assertThat(intercom.contactsByEmail("killed@example.com")).isEmpty();
            }
        }
    }

    private static String erasure(BundleProcess bundle, String method, String path, String body) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(bundle.url() + "/opendsr/v2/requests" + path))
                .header("Content-Type", "application/json").header("Authorization", "Bearer may-erase")
                .method(method, HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString()).body();
    }
}
