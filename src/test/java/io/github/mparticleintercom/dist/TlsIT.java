package io.github.mparticleintercom.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.bundle.RealCertificate;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The HTTP intake behind a real certificate. */
class TlsIT {

    @TempDir
    Path folder;
    private RealCertificate certificate;

    @BeforeEach
    void makeCertificate() throws Exception {
        certificate = RealCertificate.make(folder);
    }

    @Test
    void speaksHttpsAndNothingElse() throws Exception {
        try (IntercomSandbox intercom = IntercomSandbox.start();
                BundleProcess bundle = BundleProcess.start(folder, settings(intercom, "0", RealCertificate.PASSWORD))) {
            assertThat(bundle.url()).startsWith("https://");
            assertThat(post(trusting(), bundle.url()).statusCode()).isEqualTo(202);
            await().until(() -> intercom.contacts().size() == 1);

            assertThatThrownBy(() -> post(HttpClient.newHttpClient(), bundle.url()))
                    .isInstanceOf(SSLHandshakeException.class);
            assertThatThrownBy(() -> post(trusting(), bundle.url().replace("https", "http")))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void doesNotStartWithoutItsCertificate() throws Exception {
        try (IntercomSandbox intercom = IntercomSandbox.start();
                BundleProcess bundle = BundleProcess.start(folder, settings(intercom, "0", "wrong"))) {
            assertThat(bundle.exitCode()).isEqualTo(78);
            assertThat(bundle.log()).contains("mparticle-intercom.http.tls.key-store is '" + certificate.keyStore() + "', which cannot be read with"
                    + " mparticle-intercom.http.tls.key-store-password.").doesNotContain("wrong");
        }
    }

    private HttpClient trusting() throws Exception {
        return HttpClient.newBuilder().sslContext(certificate.trusting()).build();
    }

    private static HttpResponse<String> post(HttpClient client, String url) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create(url + "/v2/events")).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"user_identities\": {\"customer_id\": \"c1\"},"
                        + " \"user_attributes\": {\"$firstname\": \"Ada\"}}")).build(), BodyHandlers.ofString());
    }

    private Map<String, String> settings(IntercomSandbox intercom, String port, String password) {
        return BundleProcess.to(intercom, "MPARTICLE_INTERCOM_HTTP_PORT", port, "MPARTICLE_INTERCOM_HTTP_TLS_ENABLED", "true",
                "MPARTICLE_INTERCOM_HTTP_TLS_KEY_STORE", certificate.keyStore().toString(),
                "MPARTICLE_INTERCOM_HTTP_TLS_KEY_STORE_PASSWORD", password);
    }
}
