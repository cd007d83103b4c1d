package io.github.mparticleintercom.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.sandbox.CallKind;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus reads the distribution and its alert rules. */
class PrometheusIT {

    private static final String TOKEN = "prometheus-has-it-too";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Path RULES = Path.of("target/dist/monitoring/alerts.yml").toAbsolutePath();

    @TempDir
    Path folder;

    @BeforeEach
    void needPrometheus() {
        assumeThat(Stream.of("prometheus", "promtool").allMatch(PrometheusIT::isInstalled))
                .as("prometheus and promtool are not installed (apt-get install prometheus)").isTrue();
    }

    @Test
    void readsWhatTheBundleReports() throws Exception {
        int prometheus = freePort();
        try (IntercomSandbox intercom = IntercomSandbox.start();
                BundleProcess bundle = BundleProcess.start(folder, BundleProcess.to(intercom, "CAMEL_MANAGEMENT_ENABLED", "true",
                        "CAMEL_MANAGEMENT_PORT", "0", "MPARTICLE_INTERCOM_HTTP_AUTHORIZATION", "Bearer " + TOKEN))) {
            post(bundle, "c1");
            Process process = start(prometheus, Integer.parseInt(bundle.managementPort()));
            try {
                await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> {
                    assertThat(value(prometheus, "up{job=\"mparticle-intercom\"}")).isEqualTo("1");
                    assertThat(value(prometheus, "mparticle_intercom_requests_total{outcome=\"delivered\"}")).isEqualTo("1");
                    assertThat(value(prometheus, "min(mparticle_intercom_health)")).isEqualTo("1");
                    assertThat(ask(prometheus, "rules").findValuesAsText("health")).hasSizeGreaterThan(5).containsOnly("ok");
                });
                // what there is seldom, so that every panel has something to show
                intercom.fault(Fault.status(503).on(CallKind.EVENT).times(1));
                intercom.fault(Fault.status(422).on(CallKind.CONTACT_CREATE).times(1));
                post(bundle, "c2");
                await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(panels()).hasSizeGreaterThan(10).allSatisfy(panel ->
                        assertThat(value(prometheus, panel)).isNotEmpty().isNotEqualTo("NaN")));
            } finally {
                process.destroy();
                process.waitFor(30, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void findsTheRulesRight() throws Exception {
        assertThat(promtool("check", "rules", RULES.toString())).contains("SUCCESS");
        assertThat(promtool("test", "rules", "src/test/resources/monitoring/alerts-test.yml")).contains("SUCCESS");
    }

    private Process start(int port, int target) throws IOException {
        Matcher shown = Pattern.compile("(?ms)^```yaml\n(scrape_configs:.*?)^```$")
                .matcher(Files.readString(Path.of("src/main/dist/docs/operations.md")));
        assertThat(shown.find()).isTrue();
        Path config = Files.writeString(folder.resolve("prometheus.yml"), "global: {scrape_interval: 1s, evaluation_interval: 1s}\n"
                + "rule_files: [\"" + RULES + "\"]\n" + shown.group(1).replace("something-long", TOKEN).replace(":9876", ":" + target));
        return new ProcessBuilder("prometheus", "--config.file=" + config, "--storage.tsdb.path=" + folder.resolve("tsdb"),
                "--web.listen-address=127.0.0.1:" + port).redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile()).start();
    }

    /** What the panels of the dashboard ask, as Grafana would ask it. */
    private static List<String> panels() throws IOException {
        return Json.MAPPER.readTree(Files.readString(RULES.resolveSibling("grafana-dashboard.json"))).path("panels")
                .findValuesAsText("expr").stream()
                .map(expr -> expr.replace("$instance", ".*").replace("$__rate_interval", "1m")).toList();
    }

    private static String encode(String query) {
        return URLEncoder.encode(query, StandardCharsets.UTF_8);
    }

    private static String value(int port, String query) throws Exception {
        return ask(port, "query?query=" + encode(query)).at("/data/result/0/value/1").asText();
    }

    private static JsonNode ask(int port, String what) throws Exception {
        return Json.MAPPER.readTree(HTTP.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + what))
                .build(), HttpResponse.BodyHandlers.ofString()).body());
    }

    /** A contact and an event that has an attribute too many. */
    private static void post(BundleProcess bundle, String user) throws Exception {
        assertThat(bundle.post("""
                {"user_identities": {"customer_id": "%s"}, "user_attributes": {"plan": "pro"},
                 "events": [{"event_type": "custom_event", "data": {"event_name": "Opened",
                 "custom_attributes": {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6}}}]}""".formatted(user),
                "Authorization", "Bearer " + TOKEN).statusCode()).isEqualTo(202);
    }

    private static String promtool(String... words) throws Exception {
        Process process = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(words)).toList())
                .redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator)).anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
