package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.erasure.StatusCallbacks;
import io.github.mparticleintercom.sandbox.StoredEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the settings of erasure change, and what a restart keeps. */
class ErasureSettingsTest extends WithIntercom {

    private static final String DELIVER = "mparticle-intercom-deliver";

    private Bundle.Builder erasing() {
        return Erasures.on(Bundle.builder()).to(intercom);
    }

    @Test
    void itIsOffUnlessItIsAskedFor() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).set("http.enabled", "true").start()) {
            assertThat(Erasures.get(bundle, "discovery").status()).isEqualTo(403);
            assertThat(Erasures.post(bundle, Erasures.ofCustomer("c1")).status()).isEqualTo(403);
        }
        try (Bundle bundle = Bundle.builder().to(intercom).set("http.enabled", "true").set("erasure.authorization", Erasures.SECRET).start()) {
            assertThat(Erasures.get(bundle, "discovery").status()).isEqualTo(404);
        }
    }

    @Test
    void withoutAuthorizationNobodyMayAsk() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).set("http.enabled", "true").set("erasure.enabled", "true").start()) {
            Post.Reply reply = Erasures.post(bundle, Erasures.ofCustomer("c1"));
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.json().at("/error/errors/0/reason").asText()).isEqualTo("authorization-not-set");
            assertThat(Erasures.get(bundle, "discovery").status()).isEqualTo(403);
        }
    }

    @Test
    void aRestartKnowsHowFarItCame(@TempDir Path folder) throws Exception {
        intercom.seed().user("c1", "ann@example.com");
        ObjectNode done = Erasures.ofCustomer("nobody");
        ObjectNode request = Erasures.ofEmail("ann@example.com");
        JsonNode answer;
        try (Bundle bundle = erasing().in(folder).start()) {
            Erasures.post(bundle, done);
            awaitStatus(bundle, done, "completed");
            bundle.context().getRouteController().suspendRoute(DELIVER);
            bundle.send(ErasureTest.batch("c1", "ann@example.com", "Before"));
            answer = Erasures.post(bundle, request).json();
            assertThat(Erasures.status(bundle, request)).isEqualTo("pending");
        }
        try (Bundle bundle = erasing().in(folder).start()) {
            assertThat(Erasures.status(bundle, done)).isEqualTo("completed");
            assertThat(Erasures.post(bundle, request).json()).isEqualTo(answer);
            awaitStatus(bundle, request, "completed");
            bundle.send(ErasureTest.batch("c1", "ann@example.com", "After"));
            await().untilAsserted(() -> assertThat(intercom.events()).extracting(StoredEvent::name).containsExactly("After"));
        }
    }

    @Test
    void aDryRunForgetsHereAndErasesNothingThere() throws Exception {
        intercom.seed().user("c1", "ann@example.com");
        try (Bundle bundle = erasing().set("dry-run", "true").start()) {
            Path file = bundle.folder().resolve("data/dry-run.jsonl");
            bundle.send(ErasureTest.batch("c1", "ann@example.com", "Mine"));
            bundle.send(ErasureTest.batch(null, "ann@example.com", "Mine"));
            bundle.send(ErasureTest.batch("c2", "ben@example.com", "Theirs"));
            await().untilAsserted(() -> assertThat(file).content().contains("Theirs").hasLineCount(5));
            long size = Files.size(file);
            ObjectNode request = Erasures.request("controller_customer_id", "c1", "email", "ann@example.com");
            Erasures.post(bundle, request);

            awaitStatus(bundle, request, "cancelled");
            assertThat(file).content().doesNotContain("Mine", "ann@example.com", "c1\"").contains("Theirs", "ben@example.com");
            assertThat(Files.readString(file).substring(Math.toIntExact(size)).lines()).hasSize(2)
                    .allMatch(line -> line.contains("\"operation\":\"erasure\"") && line.contains(Erasures.id(request)) && !line.contains("\"request\""));
            assertThat(intercom.contactByExternalId("c1")).isPresent();
            assertThat(intercom.calls()).isZero();
        }
    }

    /** What a callback brought. */
    private record Call(String body, String signature, String domain) {
    }

    @Test
    void whoAskedIsToldAndCanCheckWhoTells(@TempDir Path folder) throws Exception {
        RealCertificate certificate = RealCertificate.make(folder);
        Queue<Call> calls = new ConcurrentLinkedQueue<>();
        Queue<String> forbidden = new ConcurrentLinkedQueue<>();
        HttpServer controller = server(call -> {
            calls.add(new Call(new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    call.getRequestHeaders().getFirst("X-OpenDSR-Signature"), call.getRequestHeaders().getFirst("X-OpenDSR-Processor-Domain")));
            // a redirect is no answer, and is not followed
            call.getResponseHeaders().set("Location", "/elsewhere");
            call.sendResponseHeaders(calls.size() == 1 ? 302 : 202, -1);
        });
        HttpServer other = server(call -> {
            forbidden.add(call.getRequestURI().toString());
            call.sendResponseHeaders(200, -1);
        });
        String address = "http://127.0.0.1:" + controller.getAddress().getPort();
        try (Bundle bundle = erasing().set("erasure.callback-hosts", address).set("erasure.key-store", certificate.keyStore().toString())
                .set("erasure.key-store-password", RealCertificate.PASSWORD).set("erasure.processor-domain", "erasure.example.com")
                .set("erasure.certificate-url", "https://erasure.example.com/cert.pem").start()) {
            bundle.bean("mparticleIntercomErasureCallbacks", StatusCallbacks.class).setFirstWaitMillis(10);
            PublicKey key = KeyStore.getInstance(certificate.trustStore().toFile(), RealCertificate.PASSWORD.toCharArray())
                    .getCertificate("server").getPublicKey();
            ObjectNode request = Erasures.ofCustomer("customer-1");
            request.putArray("status_callback_urls").add(address + "/told?by=us")
                    .add("http://127.0.0.1:" + other.getAddress().getPort() + "/no").add("http://user@127.0.0.1:" + controller.getAddress().getPort())
                    .add("file:///etc/passwd").add("https://127.0.0.1:" + controller.getAddress().getPort() + "/tls").add("no address");
            Post.Reply reply = Erasures.post(bundle, request);

            assertThat(reply.header("X-OpenDSR-Processor-Domain")).isEqualTo("erasure.example.com");
            assertThat(verifies(key, reply.raw().body(), reply.header("X-OpenDSR-Signature"))).isTrue();
            Post.Reply status = Erasures.get(bundle, "requests/" + Erasures.id(request));
            assertThat(verifies(key, status.raw().body(), status.header("X-OpenDSR-Signature"))).isTrue();
            assertThat(verifies(key, status.raw().body() + " ", status.header("X-OpenDSR-Signature"))).isFalse();
            assertThat(Erasures.get(bundle, "discovery").json().path("processor_certificate").asText())
                    .isEqualTo("https://erasure.example.com/cert.pem");

            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(calls).hasSizeGreaterThan(1)
                    .extracting(call -> json(call.body()).path("request_status").asText()).contains("completed"));
            assertThat(calls).allSatisfy(call -> {
                assertThat(verifies(key, call.body(), call.signature())).isTrue();
                assertThat(call.domain()).isEqualTo("erasure.example.com");
                assertThat(json(call.body()).path("subject_request_id").asText()).isEqualTo(Erasures.id(request));
                assertThat(json(call.body()).path("status_callback_url").asText()).isEqualTo(address + "/told?by=us");
                assertThat(call.body()).doesNotContain("customer-1");
            });
            assertThat(forbidden).isEmpty();
        } finally {
            controller.stop(0);
            other.stop(0);
        }
    }

    private interface Answer {
        void give(HttpExchange call) throws IOException;
    }

    private static HttpServer server(Answer answer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", call -> {
            try (call) {
                answer.give(call);
            }
        });
        server.start();
        return server;
    }

    private static boolean verifies(PublicKey key, String body, String signature) throws Exception {
        Signature verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(key);
        verifier.update(body.getBytes(StandardCharsets.UTF_8));
        return verifier.verify(Base64.getDecoder().decode(signature));
    }

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitStatus(Bundle bundle, JsonNode request, String status) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(Erasures.status(bundle, request)).isEqualTo(status));
    }
}
