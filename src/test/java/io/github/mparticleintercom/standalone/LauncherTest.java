package io.github.mparticleintercom.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user sees of a start that fails, in a process of its own. */
class LauncherTest {

    private static final String PREFIX = "mparticle-intercom.";

    @TempDir
    Path home;

    /** How it ended. */
    private record End(int code, String errors) {
    }

    @BeforeEach
    void copyWhatShips() throws IOException {
        Files.createDirectory(home.resolve("routes"));
        try (Stream<Path> routes = Files.list(Path.of("routes"))) {
            for (Path route : routes.toList()) {
                Files.copy(route, home.resolve("routes").resolve(route.getFileName()));
            }
        }
        Files.copy(Path.of("application.properties"), home.resolve("application.properties"));
        set("http.port", "0");
        replace("camel.management.enabled", "false");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "http.port     |                     | mparticle-intercom.http.port is missing.",
        "jms.enabled   | maybe               | mparticle-intercom.jms.enabled is 'maybe', which is not one of true, false.",
        "http.host     | 0.0.0.0             | mparticle-intercom.http.authorization must be set before mparticle-intercom.http.host may be '0.0.0.0', which others can reach.",
        "broker.listen | tcp://0.0.0.0:61616 | mparticle-intercom.broker.user and mparticle-intercom.broker.password must be set before mparticle-intercom.broker.listen may be 'tcp://0.0.0.0:61616', which others can reach."})
    void stopsWithOneSentenceThatNamesTheKey(String key, String value, String sentence) throws Exception {
        set(key, value == null ? "" : value);
        assertThat(launch()).isEqualTo(new End(78, "mparticle-intercom did not start: " + sentence));
    }

    @Test
    void stopsWhereALineIsGone() throws Exception {
        List<String> lines = new ArrayList<>(Files.readAllLines(home.resolve("application.properties")));
        lines.removeIf(line -> line.startsWith(PREFIX + "files.inbox"));
        Files.write(home.resolve("application.properties"), lines);

        assertThat(launch()).isEqualTo(new End(78, "mparticle-intercom did not start: mparticle-intercom.files.inbox is missing."));
    }

    @Test
    void namesTheKeyThatWasProbablyMeant() throws Exception {
        Files.writeString(home.resolve("application.properties"), "\n" + PREFIX + "pace.request-per-window = 5\n",
                java.nio.file.StandardOpenOption.APPEND);

        int line = Files.readAllLines(home.resolve("application.properties")).size();
        assertThat(launch()).isEqualTo(new End(78, "mparticle-intercom did not start: application.properties:" + line
                + ": mparticle-intercom.pace.request-per-window is not a setting; did you mean"
                + " mparticle-intercom.pace.requests-per-window?"));
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() throws Exception {
        set("jms.concurrency", "many");
        Path route = home.resolve("routes/calls.camel.yaml");
        Files.writeString(route, Files.readString(Path.of("src/test/resources/check/calls.camel.yaml")).replace("setBody:", "setBdoy:"));

        assertThat(launch()).isEqualTo(new End(78, """
                mparticle-intercom did not start:
                mparticle-intercom.jms.concurrency is 'many', which is not a whole number from 1 to 2147483647.
                routes/calls.camel.yaml:13: 'setBdoy' is not known in 'steps'; did you mean 'setBody'?"""));
    }

    @Test
    void saysWhatCamelSaysOfARouteThatItCannotMake() throws Exception {
        Path route = home.resolve("routes/calls.camel.yaml");
        Files.writeString(route, Files.readString(Path.of("src/test/resources/check/calls.camel.yaml")).replace("delay:", "dely:"));
        End end = launch();

        assertThat(end.code()).isEqualTo(78);
        assertThat(end.errors()).startsWith("mparticle-intercom did not start: routes/calls.camel.yaml:1: Camel cannot make the"
                + " route mparticle-intercom-calls: ").contains("dely=60000");
    }

    @Test
    void takesASettingFromTheEnvironment() throws Exception {
        End end = launch("MPARTICLE_INTERCOM_INTERCOM_REGION=mars");

        assertThat(end).isEqualTo(new End(78, "mparticle-intercom did not start: mparticle-intercom.intercom.region is 'mars',"
                + " which is not one of us, eu, au."));
    }

    @Test
    void stopsWhereAPortIsTaken() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            set("http.port", String.valueOf(other.getLocalPort()));
            End end = launch();

            assertThat(end.code()).isEqualTo(78);
            assertThat(end.errors()).matches("mparticle-intercom did not start: mparticle-intercom\\.http\\.port: 127\\.0\\.0\\.1:"
                    + other.getLocalPort() + " cannot be opened: .+\\.");
        }
    }

    @Test
    void stopsWhereAFolderIsNone() throws Exception {
        Files.writeString(home.resolve("inbox"), "a file");
        End inbox = launch();
        Files.delete(home.resolve("inbox"));
        Files.writeString(home.resolve("data"), "a file");
        End data = launch();

        assertThat(inbox.code()).isEqualTo(78);
        assertThat(inbox.errors()).matches("mparticle-intercom did not start: mparticle-intercom\\.files\\.inbox is .+\\.");
        assertThat(data.code()).isEqualTo(78);
        assertThat(data.errors()).matches("mparticle-intercom did not start: mparticle-intercom\\.broker\\.data is .+\\.");
    }

    private void set(String key, String value) throws IOException {
        replace(PREFIX + key, value);
    }

    private void replace(String key, String value) throws IOException {
        Path file = home.resolve("application.properties");
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.replaceAll(line -> line.startsWith(key + " =") ? key + " = " + value : line);
        assertThat(lines).contains(key + " = " + value);
        Files.write(file, lines);
    }

    private End launch(String... environment) throws Exception {
        Path errors = home.resolve("errors.txt");
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m", "-cp", System.getProperty("java.class.path"), Launcher.class.getName())
                .directory(home.toFile()).redirectError(errors.toFile()).redirectOutput(home.resolve("output.txt").toFile());
        for (String pair : environment) {
            builder.environment().put(pair.split("=")[0], pair.split("=")[1]);
        }
        int code = builder.start().waitFor();
        return new End(code, Files.readString(errors, StandardCharsets.UTF_8).strip());
    }
}
