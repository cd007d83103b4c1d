package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.sandbox.CallKind;
import io.github.mparticleintercom.sandbox.Fault;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What the console is made from, as it comes over the management port, and who gets it. */
class ConsoleTest extends WithIntercom {

    private static final String SECRET = "Bearer for-the-engineer\\";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Test
    void showsWhatCameAndItsOutcome() throws Exception {
        intercom.seed().user("c1", null);
        intercom.fault(Fault.status(422).on(CallKind.EVENT));
        try (Bundle bundle = Bundle.builder().to(intercom).watched().set("console.enabled", "true").start()) {
            bundle.send(Batches.event("c1", "Refused"));
            await().untilAsserted(() -> assertThat(bundle.dead()).hasSize(1));
            bundle.send(Batches.of("c2", 2));
            bundle.send("{\"events\": [{\"event_type\": \"session_start\", \"data\": {}}]}");
            bundle.send("{no json");
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(2));

            await().untilAsserted(() -> {
                JsonNode status = status(bundle);
                assertThat(status.get("received")).isEqualTo(json("{'batches': 4, 'events': 4}"));
                assertThat(status.get("queued")).isEqualTo(json("{'contacts': 1, 'events': 3}"));
                assertThat(status.get("skipped")).isEqualTo(json("{'batches': 1, 'events': 1, 'reasons': {'no-identity': 1}}"));
                assertThat(status.at("/dead_lettered/reasons")).isEqualTo(json("{'invalid-json': 1}"));
                assertThat(status.get("dead_lettered_requests")).isEqualTo(json("{'intercom-refused': 1}"));
                assertThat(status.at("/delivered/delivered")).isEqualTo(json("{'contact': 1, 'event': 2}"));
                assertThat(status.get("waiting").asInt()).isZero();
                assertThat(status.get("dead_letters").asInt()).isEqualTo(2);
                assertThat(route(status, "batch").get("total").asInt()).isEqualTo(4);
                assertThat(route(status, "deliver").get("total").asInt()).isEqualTo(4);
            });
        }
    }

    @Test
    void showsNoDataToStrangers() throws Exception {
        try (Bundle bundle = Bundle.builder().watched().set("console.enabled", "true").set("http.authorization", SECRET)
                .camel("camel.management.info-enabled", "true").start()) {
            bundle.send("{no json");
            String id = bundle.dead().get(0).getStringProperty("deadLetterId");
            String[][] calls = {{"GET", "/status"}, {"GET", "/observe/info"}, {"GET", "/dead-letters"}, {"GET", "/dead-letters/" + id}, {"POST", "/preview"},
                {"POST", "/dead-letters/" + id + "/replay"}, {"DELETE", "/dead-letters/" + id}};
            for (String[] call : calls) {
                assertThat(reason(send(call(bundle, call[0], call[1]).header("Authorization", "Bearer guessed"), 403)))
                        .as(call[1]).isEqualTo("wrong-authorization");
                assertThat(reason(send(call(bundle, call[0], call[1]), 401))).as(call[1]).isEqualTo("missing-authorization");
            }
            assertThat(bundle.dead()).hasSize(1);
            HttpResponse<String> page = send(call(bundle, "GET", "/"), 200);
            assertThat(page.body()).contains("<title>mparticle-intercom</title>").doesNotContain(id, "of every reason code");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse("")).startsWith("default-src 'none'; script-src")
                    .doesNotContain("unsafe", "*", "http");
            send(call(bundle, "GET", "/observe/health"), 200);
            send(call(bundle, "GET", "/observe/health/live"), 200);
            send(call(bundle, "GET", "/observe/info").header("Authorization", SECRET), 200);
            send(call(bundle, "DELETE", "/dead-letters/" + id).header("Authorization", SECRET), 200);
            assertThat(bundle.dead()).isEmpty();
        }
    }

    @Test
    void letsNoOtherSiteUseTheBrowserOfAnEngineer() throws Exception {
        try (Bundle bundle = Bundle.builder().watched().set("console.enabled", "true").start()) {
            bundle.send("{no json");
            String replay = "/dead-letters/" + bundle.dead().get(0).getStringProperty("deadLetterId") + "/replay";
            URI own = URI.create(bundle.managementUrl());

            assertThat(reason(send(call(bundle, "POST", replay).header("Sec-Fetch-Site", "cross-site"), 403))).isEqualTo("other-site");
            assertThat(reason(send(call(bundle, "POST", replay).header("Origin", "null"), 403))).isEqualTo("other-site");
            assertThat(reason(send(call(bundle, "GET", "/dead-letters").header("Origin", "http://evil.example"), 403)))
                    .isEqualTo("other-site");
            HttpRequest.Builder form = HttpRequest.newBuilder(own.resolve(replay)).header("Content-Type", "text/plain").POST(BodyPublishers.ofString("{}"));
            send(form, 415);
            assertThat(reason(send(call(bundle, "POST", replay).header("Origin", "http://evil.example"), 403)))
                    .isEqualTo("other-site");
            for (String path : new String[] {"/", "/status", "/dead-letters"}) {
                assertThat(asked(own.getPort(), "evil.example:" + own.getPort(), path)).startsWith("HTTP/1.1 403")
                        .contains("wrong-host");
                assertThat(asked(own.getPort(), "localhost:" + own.getPort(), path)).startsWith("HTTP/1.1 200");
            }
            assertThat(bundle.dead()).hasSize(1);
            HttpResponse<String> replayed = send(call(bundle, "POST", replay).header("Origin", own.toString()), 200);
            assertThat(Json.MAPPER.readTree(replayed.body()).get("dead_lettered_again").asInt()).isEqualTo(1);
        }
    }

    @Test
    void isOffWhereItIsNotAskedFor() throws Exception {
        try (Bundle bundle = Bundle.builder().watched().set("api.enabled", "false").start()) {
            assertThat(reason(send(call(bundle, "GET", "/"), 404))).isEqualTo("not-found");
            send(call(bundle, "GET", "/status"), 404);
            send(call(bundle, "GET", "/dead-letters"), 404);
            send(call(bundle, "GET", "/observe/health"), 200);
        }
    }

    /** JSON with single quotes. */
    private static JsonNode json(String text) throws IOException {
        return Json.MAPPER.readTree(text.replace('\'', '"'));
    }

    static JsonNode status(Bundle bundle) throws Exception {
        return Json.MAPPER.readTree(send(call(bundle, "GET", "/status"), 200).body());
    }

    private static JsonNode route(JsonNode status, String id) {
        for (JsonNode route : status.get("routes")) {
            if (route.get("id").asText().equals(id)) {
                return route;
            }
        }
        throw new AssertionError("No route " + id);
    }

    /** A call as the console makes it. */
    private static HttpRequest.Builder call(Bundle bundle, String method, String path) {
        HttpRequest.Builder call = HttpRequest.newBuilder(URI.create(bundle.managementUrl() + path))
                .method(method, BodyPublishers.noBody());
        return method.equals("POST") ? call.header("Content-Type", "application/json") : call;
    }

    private static HttpResponse<String> send(HttpRequest.Builder call, int status) throws Exception {
        HttpResponse<String> answer = CLIENT.send(call.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.request() + " " + answer.body()).isEqualTo(status);
        return answer;
    }

    private static String reason(HttpResponse<String> answer) throws IOException {
        return Json.MAPPER.readTree(answer.body()).at("/errors/0/reason").asText();
    }

    /** The answer to a call under this name, which Java's client would not send. */
    private static String asked(int port, String host, String path) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream().write(("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
