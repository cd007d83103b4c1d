package io.github.mparticleintercom.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.bundle.Bundle;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.spi.CamelMDCService;
import org.apache.camel.spi.CamelTracingService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logs for machines, and traces, of the distribution. */
class ObserveIT {

    @TempDir
    Path folder;

    @Test
    void writesLinesOfJsonAndSendsTraces() throws Exception {
        StringBuffer traces = new StringBuffer();
        HttpServer collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/v1/traces", call -> {
            traces.append(new String(call.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
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

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(traces.toString())
                    .contains("mparticle-intercom-batch", "mparticle-intercom-deliver", "service.name")
                    .doesNotContain("somebody", SandboxConfig.DEFAULT_TOKEN));
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
                 "data": {"event_name": "Opened", "event_id": 1}}]}""").statusCode()).isEqualTo(202);
    }
}
