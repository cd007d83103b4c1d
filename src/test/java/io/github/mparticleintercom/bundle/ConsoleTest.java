package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.console.History;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                assertThat(route(status, "mparticle-intercom-batch").get("total").asInt()).isEqualTo(4);
                assertThat(route(status, "mparticle-intercom-deliver").get("total").asInt()).isEqualTo(4);
            });
            JsonNode status = status(bundle);
            assertThat(status.at("/instance/where").asText()).isEqualTo(intercom.baseUrl());
            assertThat(status.at("/now/received").asLong()).isEqualTo(4);
            assertThat(status.at("/now/delivered").asLong()).isEqualTo(3);
            assertThat(status.at("/now/allowed").asLong()).isPositive();
            assertThat(status.at("/problems/0/reasons")).isEqualTo(json("['dead-letters-growing']"));
            assertThat(status.has("nothing_taken_since")).isFalse();
            JsonNode list = Json.MAPPER.readTree(send(call(bundle, "GET", "/dead-letters?limit=1&reason=invalid-json"), 200).body());
            assertThat(list.get("reasons")).isEqualTo(json("{'intercom-refused': 1, 'invalid-json': 1}"));
            assertThat(list.get("total").asInt()).isEqualTo(1);
        }
    }

    @Test
    void remembersTheLastQuarterOfAnHour() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).watched().set("console.enabled", "true").start()) {
            intercom.fault(Fault.status(429).header("Retry-After", "0").on(CallKind.EVENT));
            bundle.send(Batches.of("c1", 2));
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(2));
            bundle.bean("mparticleIntercomHistory", History.class).record(bundle.context());

            JsonNode samples = Json.MAPPER.readTree(send(call(bundle, "GET", "/status/history"), 200).body()).get("samples");
            JsonNode last = samples.get(samples.size() - 1);
            assertThat(last.get("received").asLong()).isEqualTo(2);
            assertThat(last.get("throttled").asLong()).isEqualTo(1);
            assertThat(last.get("at").asLong()).isGreaterThan(samples.get(0).get("at").asLong() - 1);
        }
    }

    @Test
    void tellsSinceWhenIntercomTakesNothing() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).watched().start()) {
            Instant before = Instant.now();
            intercom.fault(Fault.status(503).always());
            bundle.send(Batches.event("c1", "Opened"));
            await().untilAsserted(() -> assertThat(Instant.parse(status(bundle).path("nothing_taken_since").asText("2000-01-01T00:00:00Z")))
                    .isBetween(before, Instant.now()));
            intercom.clearFaults();
            await().untilAsserted(() -> assertThat(status(bundle).has("nothing_taken_since")).isFalse());
            intercom.fault(Fault.status(401).always());
            bundle.send(Batches.event("c1", "Opened"));
            await().untilAsserted(() -> assertThat(status(bundle).has("nothing_taken_since")).isTrue());
        }
    }

    @Test
    void drawsTheRoutesOfAnEngineerWithoutTheirOptions() throws Exception {
        try (Bundle bundle = Bundle.builder().watched().start()) {
            bundle.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("seda:own?concurrentConsumers=2").routeId("own").choice().when(constant(true)).to("direct:mparticle-intercom")
                            .otherwise().toD("http://user:hush@127.0.0.1:1/x?token=hush");
                }
            });
            JsonNode status = status(bundle);
            assertThat(route(status, "own").get("from").asText()).isEqualTo("seda:own");
            assertThat(route(status, "own").get("to")).isEqualTo(json("['direct:mparticle-intercom', 'http:127.0.0.1:1/x']"));
            assertThat(status.toString()).doesNotContain("hush");
            assertThat(route(status, "mparticle-intercom-queue-request").get("to")).isEqualTo(json("['mparticleIntercomJms:mparticle-intercom.requests']"));
            assertThat(route(status, "mparticle-intercom-deliver").get("from").asText()).isEqualTo("mparticleIntercomJms:mparticle-intercom.requests");
            assertThat(route(status, "mparticle-intercom-dead-letters-api-list").get("management").asBoolean()).isTrue();
        }
    }

    @Test
    void searchesTheAuditLogByOneKey(@TempDir Path folder) throws Exception {
        System.setProperty("mparticle-intercom.audit.file", folder.resolve("audit.jsonl").toString());
        try (Bundle bundle = Bundle.builder().watched().set("console.enabled", "true").start()) {
            assertThat(Json.MAPPER.readTree(send(call(bundle, "GET", "/audit"), 200).body())).isEqualTo(json("{'enabled': true, 'records': []}"));
            StringBuilder log = new StringBuilder();
            for (int i = 0; i < 9000; i++) {
                log.append("{\"outcome\":\"").append(i == 8000 ? "skipped" : "queued").append("\",\"event_id\":\"e").append(i).append("\",\"batch_id\":\"b\"}\n");
            }
            Files.writeString(folder.resolve("audit.jsonl"), log + "{\"outcome\":\"half");

            JsonNode last = Json.MAPPER.readTree(send(call(bundle, "GET", "/audit"), 200).body()).get("records");
            assertThat(last).hasSize(50);
            assertThat(last.get(49).get("event_id").asText()).isEqualTo("e8999");
            JsonNode skipped = Json.MAPPER.readTree(send(call(bundle, "GET", "/audit?outcome=skipped"), 200).body()).get("records");
            assertThat(skipped).extracting(audited -> audited.get("event_id").asText()).containsExactly("e8000");
            assertThat(found(bundle, "e77")).extracting(audited -> audited.get("event_id").asText()).containsExactly("e77");
            assertThat(found(bundle, "b")).hasSize(500).last().extracting(audited -> audited.get("event_id").asText()).isEqualTo("e8999");
            assertThat(found(bundle, "nobody@example.com")).isEmpty();
            for (String wrong : new String[] {"", "{", "{}", "{\"key\": \" \"}"}) {
                assertThat(reason(send(call(bundle, "POST", "/audit").method("POST", BodyPublishers.ofString(wrong)), 400))).isEqualTo("invalid-parameter");
            }
        } finally {
            System.clearProperty("mparticle-intercom.audit.file");
        }
    }

    private static JsonNode found(Bundle bundle, String key) throws Exception {
        return Json.MAPPER.readTree(send(call(bundle, "POST", "/audit").method("POST", BodyPublishers.ofString("{\"key\": \"" + key + "\"}")), 200)
                .body()).get("records");
    }

    @Test
    void leavesThoseAloneThatCameLater() throws Exception {
        try (Bundle bundle = Bundle.builder().watched().start()) {
            bundle.send("{no json");
            bundle.send("{nor this");
            String seen = bundle.dead().get(0).getStringProperty("deadLetterId");

            assertThat(reason(send(call(bundle, "DELETE", "/dead-letters?reason=all&until=none"), 404))).isEqualTo("no-such-dead-letter");
            assertThat(bundle.dead()).hasSize(2);
            send(call(bundle, "DELETE", "/dead-letters?reason=invalid-json&until=" + seen), 200);
            assertThat(bundle.dead()).hasSize(1);
            assertThat(bundle.dead().get(0).getStringProperty("deadLetterId")).isNotEqualTo(seen);
        }
    }

    @Test
    void showsNoDataToStrangers() throws Exception {
        try (Bundle bundle = Bundle.builder().watched().set("console.enabled", "true").set("http.authorization", SECRET)
                .camel("camel.management.info-enabled", "true").start()) {
            bundle.send("{no json");
            String id = bundle.dead().get(0).getStringProperty("deadLetterId");
            String[][] calls = {{"GET", "/status"}, {"GET", "/status/history"}, {"GET", "/audit"}, {"POST", "/audit"}, {"GET", "/docs/reasons.md"},
                {"GET", "/observe/info"}, {"GET", "/dead-letters"}, {"GET", "/dead-letters/" + id}, {"POST", "/preview"},
                {"POST", "/dead-letters/" + id + "/replay"}, {"DELETE", "/dead-letters/" + id}};
            for (String[] call : calls) {
                assertThat(reason(send(call(bundle, call[0], call[1]).header("Authorization", "Bearer guessed"), 403)))
                        .as(call[1]).isEqualTo("wrong-authorization");
                assertThat(reason(send(call(bundle, call[0], call[1]), 401))).as(call[1]).isEqualTo("missing-authorization");
            }
            assertThat(bundle.dead()).hasSize(1);
            HttpResponse<String> page = send(call(bundle, "GET", "/"), 200);
            assertThat(page.body()).contains("<title>mparticle-intercom</title>").doesNotContain(id, "of every code");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse("")).startsWith("default-src 'none'; script-src")
                    .doesNotContain("unsafe", "*", "http");
            send(call(bundle, "GET", "/observe/health"), 200);
            send(call(bundle, "GET", "/observe/health/live"), 200);
            send(call(bundle, "GET", "/observe/info").header("Authorization", SECRET), 200);
            for (String none : new String[] {"/docs/none.md", "/docs/..%2Fapplication.properties", "/docs/%2Fetc%2Fpasswd"}) {
                send(call(bundle, "GET", none).header("Authorization", SECRET), 404);
            }
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
            send(call(bundle, "GET", "/audit"), 404);
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
