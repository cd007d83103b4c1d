package io.github.mparticleintercom.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.bundle.Bundle;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.spi.CamelMDCService;
import org.apache.camel.spi.CamelTracingService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs for machines, and traces, of the distribution. */
class ObserveIT {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "b7ad6b7169203331";

    @TempDir
    Path folder;

    @Test
    void writesLinesOfJsonAndSendsTraces() throws Exception {
        List<Span> spans = new CopyOnWriteArrayList<>();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", call -> {
            ExportTraceServiceRequest.parseFrom(call.getRequestBody()).getResourceSpansList()
                    .forEach(resource -> resource.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList())));
            call.sendResponseHeaders(200, -1);
            call.close();
        });
        collector.start();
        try (IntercomSandbox intercom = IntercomSandbox.start();
                BundleProcess bundle = BundleProcess.start(folder, BundleProcess.to(intercom, "MPARTICLE_INTERCOM_LOG_FORMAT", "json",
                        "MPARTICLE_INTERCOM_TRACES", "otlp",
                        "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + collector.getAddress().getPort(),
                        "OTEL_BSP_SCHEDULE_DELAY", "200"))) {
            post(bundle);
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() ->
                    assertThat(batchOf(bundle, "mparticle-intercom.delivered")).containsOnly("4711", "4711"));
            assertThat(lines(bundle)).allSatisfy(line -> assertThat(line.path("time").asText()).matches("20.*T.*Z"));
            assertThat(bundle.log()).doesNotContain("somebody", SandboxConfig.DEFAULT_TOKEN);

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(callsOfTheTrace(spans)).hasSize(2).allSatisfy(way ->
                    assertThat(way).startsWith("POST").containsSubsequence("mparticle-intercom-queue", "mparticleIntercomJms",
                            "mparticle-intercom-deliver-request", "mparticle-intercom-intercom", "POST")));
            assertThat(spans.toString()).doesNotContain("somebody", SandboxConfig.DEFAULT_TOKEN);
        } finally {
            collector.stop(0);
        }
    }

    @Test
    void leavesBothAloneUnlessItIsConfigured() throws Exception {
        try (Bundle bundle = Bundle.builder().start()) {
            assertThat(bundle.context().hasService(CamelTracingService.class)).isNull();
            assertThat(bundle.context().hasService(CamelMDCService.class)).isNull();
        }
        Command wrong = Command.run(folder, Map.of("MPARTICLE_INTERCOM_LOG_FORMAT", "xml"));
        assertThat(wrong.exitCode()).isEqualTo(78);
        assertThat(wrong.errors()).contains("MPARTICLE_INTERCOM_LOG_FORMAT is 'xml', which is not one of text, json.");
    }

    /** For each call to Intercom of the trace that the caller began, the spans that lead from the post to it. */
    private static List<List<String>> callsOfTheTrace(List<Span> spans) {
        Map<String, Span> byId = spans.stream().filter(span -> hex(span.getTraceId()).equals(TRACE))
                .collect(Collectors.toMap(span -> hex(span.getSpanId()), Function.identity()));
        List<List<String>> ways = new ArrayList<>();
        for (Span call : byId.values()) {
            List<String> way = new ArrayList<>();
            String id = hex(call.getSpanId());
            for (; byId.containsKey(id); id = hex(byId.get(id).getParentSpanId())) {
                way.add(0, byId.get(id).getName());
            }
            if (id.equals(CALLER) && way.size() > 1 && call.getName().equals("POST")) {
                ways.add(way);
            }
        }
        return ways;
    }

    private static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    private static List<String> batchOf(BundleProcess bundle, String logger) throws IOException {
        return lines(bundle).stream().filter(line -> line.path("logger").asText().equals(logger))
                .map(line -> line.path("batch_id").asText()).toList();
    }

    private static List<JsonNode> lines(BundleProcess bundle) throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        String log = bundle.log();
        for (String line : log.substring(0, log.lastIndexOf('\n') + 1).lines().toList()) {
            lines.add(Json.MAPPER.readTree(line));
        }
        return lines;
    }

    private static void post(BundleProcess bundle) throws Exception {
        assertThat(bundle.post("""
                {"batch_id": 4711, "user_identities": {"email": "somebody@example.com"},
                 "user_attributes": {"plan": "pro"}, "events": [{"event_type": "custom_event",
                 "data": {"event_name": "Opened", "event_id": 1}}]}""", "traceparent", "00-" + TRACE + "-" + CALLER + "-01").statusCode()).isEqualTo(202);
    }
}
