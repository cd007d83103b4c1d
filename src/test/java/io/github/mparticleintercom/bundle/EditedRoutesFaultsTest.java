package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.jms.Connection;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A mistake in an edited route costs the batches that meet it, which are kept, and stops no intake. */
class EditedRoutesFaultsTest {

    /** File, what stands there, what an engineer made of it, whether the mistake lies in front of the single batch. */
    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("batch", "${variable.identity} == 'none'", "${variable.batch.nothing.such} == 'none'", false),
                Arguments.of("batch", FIRST, failing("${body.no.such}"), false),
                Arguments.of("batch", "${variable.identity} == 'none'", "${variable.batch.id} regex '*('", false),
                Arguments.of("translate-user", FIRST, failing("${body.no.such}"), false),
                Arguments.of("translate-event", FIRST, failing("${body.no.such}"), false),
                Arguments.of("entry", FIRST, failing("${body.no.such}"), true),
                Arguments.of("jms", FIRST, failing("${body.no.such}"), true));
    }

    private static final String FIRST = "      steps:\n";

    private static String failing(String simple) {
        return FIRST + "        - setVariable:\n            expression:\n              simple:\n                expression: " + simple
                + "\n            name: own\n";
    }

    @TempDir
    private Path home;

    @ParameterizedTest
    @MethodSource("mistakes")
    void keepsWhatMeetsIt(String file, String correct, String mistaken, boolean whole) throws Exception {
        edit(file, correct, mistaken);
        try (Bundle bundle = Bundle.builder().from(home).set("dry-run", "true").set("http.enabled", "true")
                .set("jms.enabled", "true").set("files.enabled", "true").set("files.settle-millis", "1").start()) {
            if (!whole) {
                Post.Reply reply = Post.to(bundle, "/v2/bulkevents").send("[" + Batches.signup("a") + "," + Batches.signup("b") + "]");
                assertThat(reply.status()).isEqualTo(202);
                assertThat(reply.json().at("/dead_lettered/reasons/internal-error").asInt()).isPositive();
            } else if (file.equals("entry")) {
                assertThat(Post.to(bundle, "/v2/events").send(Batches.signup("a")).raw().body()).contains("internal-error");
            }
            int before = bundle.dead().size();
            send(bundle, Batches.signup("c"));
            await().untilAsserted(() -> assertThat(bundle.dead().size()).isGreaterThan(before));
            await().untilAsserted(() -> assertThat(bundle.browse("mparticle.batches")).isEmpty());
            int then = bundle.dead().size();
            Path inbox = bundle.folder().resolve("inbox");
            Files.writeString(inbox.resolve("d.json"), Batches.signup("d"));
            await().untilAsserted(() -> assertThat(inbox.resolve(".done/d.json")).exists());
            if (!file.equals("jms")) {
                assertThat(bundle.dead().size()).isGreaterThan(then);
            }
            assertThat(bundle.dead()).extracting(dead -> dead.getStringProperty("reason")).containsOnly("internal-error");
            assertThat(faults(bundle)).contains("internal-error", "in the last 15 minutes", "route mparticle-intercom" + (whole ? "" : "-" + file));
        }
    }

    private static void send(Bundle bundle, String batch) throws Exception {
        try (Connection connection = bundle.connect(); Session session = connection.createSession()) {
            session.createProducer(session.createQueue("mparticle.batches")).send(session.createTextMessage(batch));
        }
    }

    private void edit(String name, String correct, String mistaken) throws IOException {
        Path routes = Files.createDirectories(home.resolve("routes"));
        try (var files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        Files.copy(Path.of("application.properties"), home.resolve("application.properties"));
        Path edited = routes.resolve(name + ".camel.yaml");
        String text = Files.readString(edited);
        assertThat(text).contains(correct);
        Files.writeString(edited, text.replaceFirst(Pattern.quote(correct), Matcher.quoteReplacement(mistaken)));
    }

    private static String faults(Bundle bundle) {
        Optional<HealthCheck.Result> result = HealthCheckHelper.invoke(bundle.context()).stream()
                .filter(one -> one.getCheck().getId().equals("mparticle-intercom-faults")).findFirst();
        return result.flatMap(HealthCheck.Result::getMessage).orElse("");
    }
}
