package io.github.mparticleintercom.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user sees of a start that fails: in a process of its own where the environment counts, else in one for all. */
class MainTest {

    private static final String PREFIX = "mparticle-intercom.";
    private static final String ENDED = "ended with ";

    @TempDir
    private static Path home;
    private static Process starts;

    /** How it ended. */
    private record End(int code, String errors) {
    }

    /** Starts the program in the folder that it runs in, once for each line that it reads. */
    static final class Starts {

        public static void main(String... arguments) throws IOException {
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (in.readLine() != null) {
                try (PrintStream errors = new PrintStream("errors.txt", StandardCharsets.UTF_8)) {
                    System.setErr(errors);
                    System.out.println(ENDED + Main.commandLine().execute());
                }
            }
        }
    }

    @BeforeAll
    static void startStarts() throws IOException {
        starts = process(Starts.class).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    @AfterAll
    static void endStarts() throws Exception {
        starts.getOutputStream().close();
        starts.waitFor();
    }

    @BeforeEach
    void copyWhatShips() throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            files.filter(file -> !file.equals(home)).sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        }
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

    @Test
    void stopsWithOneSentenceThatNamesTheKey() throws Exception {
        set("http.host", "0.0.0.0");
        assertThat(launch()).isEqualTo(new End(78, "mparticle-intercom did not start: application.properties:" + line("http.host")
                + ": mparticle-intercom.http.authorization must be set before mparticle-intercom.http.host may be '0.0.0.0', which"
                + " others can reach."));
    }

    @Test
    void reportsEverythingThatIsWrongAtOnce() throws Exception {
        set("http.port", "");
        set("jms.concurrency", "many");
        List<String> lines = new ArrayList<>(Files.readAllLines(home.resolve("application.properties")));
        lines.removeIf(line -> line.startsWith(PREFIX + "files.inbox"));
        lines.add(PREFIX + "throttle.request-per-window = 5");
        Files.write(home.resolve("application.properties"), lines);
        Path route = home.resolve("routes/calls.camel.yaml");
        Files.writeString(route, Files.readString(Path.of("src/test/resources/check/calls.camel.yaml")).replace("setBody:", "setBdoy:"));

        assertThat(launchAlone("MPARTICLE_INTERCOM_INTERCOM_REGION=mars")).isEqualTo(new End(78, """
                mparticle-intercom did not start:
                application.properties:1: mparticle-intercom.files.inbox is missing.
                application.properties:%d: mparticle-intercom.http.port is missing.
                application.properties:%d: mparticle-intercom.jms.concurrency is 'many', which is not a whole number from 1 to 2147483647.
                application.properties:%d: mparticle-intercom.throttle.request-per-window is not a setting; did you mean \
                mparticle-intercom.throttle.requests-per-window?
                environment variable MPARTICLE_INTERCOM_INTERCOM_REGION: mparticle-intercom.intercom.region is 'mars', which is not \
                one of us, eu, au.
                routes/calls.camel.yaml:13: 'setBdoy' is not known in 'steps'; did you mean 'setBody'?
                routes/jms.camel.yaml:8: 'concurrentConsumers' is 'many', which is not a whole number.""".formatted(
                line("http.port"), line("jms.concurrency"), lines.size())));
    }

    @Test
    void saysWhereARouteIsWrittenThatCannotBeMade() throws Exception {
        Path route = home.resolve("routes/calls.camel.yaml");
        Files.writeString(route, Files.readString(Path.of("src/test/resources/check/calls.camel.yaml")).replace("delay:", "dely:"));

        assertThat(launch()).isEqualTo(new End(78, "mparticle-intercom did not start: routes/calls.camel.yaml:11: 'dely' is no"
                + " parameter of timer; did you mean 'delay'?"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "broker"})
    void stopsWithoutTheCertificateThatItShouldShow(String server) throws Exception {
        String key = PREFIX + server + ".tls.key-store";
        set("broker.listen", "tcp://127.0.0.1:0");
        set(server + ".tls.enabled", "true");
        assertThat(launch()).isEqualTo(new End(78, "mparticle-intercom did not start: " + place(server + ".tls.key-store") + key + " is '', where there is no file."));

        Path store = Files.writeString(home.resolve("store.p12"), "no key store");
        set(server + ".tls.key-store", store.toString());
        assertThat(launch()).isEqualTo(new End(78, "mparticle-intercom did not start: " + place(server + ".tls.key-store") + key + " is '"
                + store + "', which cannot be read with " + key + "-password."));
    }

    @Test
    void doesNotRepeatAnAddressThatIsNone() throws Exception {
        set("broker.url", "tcp://127.0.0.1:61616?trustStorePassword=hu|sh");

        assertThat(launch()).isEqualTo(new End(78, "mparticle-intercom did not start: " + place("broker.url") + "mparticle-intercom.broker.url is"
                + " 'tcp://127.0.0.1:61616?trustStorePassword=***', which is no address of an Artemis broker."));
    }

    @Test
    void stopsWhereAPortIsTaken() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            set("http.port", String.valueOf(other.getLocalPort()));
            End end = launch();

            assertThat(end.code()).isEqualTo(78);
            assertThat(end.errors()).matches("mparticle-intercom did not start: application\\.properties:\\d+: mparticle-intercom\\.http\\.port: 127\\.0\\.0\\.1:"
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
        assertThat(inbox.errors()).matches("mparticle-intercom did not start: application\\.properties:\\d+: mparticle-intercom\\.files\\.inbox is .+\\.");
        assertThat(data.code()).isEqualTo(78);
        assertThat(data.errors()).matches("mparticle-intercom did not start: application\\.properties:\\d+: mparticle-intercom\\.broker\\.data is .+\\.");
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

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "CAMEL_MAIN_JMX_MANAGEMENT_MBEANS_LEVEL=RoutesOnly | It is no setting of Camel's; did you mean CAMEL_MAIN_JMX_MANAGEMENT_M_BEANS_LEVEL?",
        "CAMEL_MANAGEMENT_PORT=abc | camel.management.port is 'abc', which is not a port."})
    void stopsWithOneSentenceWhereCamelDoesNotTakeAVariable(String variable, String sentence) throws Exception {
        assertThat(launchAlone(variable)).isEqualTo(new End(78, "mparticle-intercom did not start: environment variable " + variable.split("=")[0]
                + ": " + sentence));
    }

    private String place(String key) throws IOException {
        return "application.properties:" + line(key) + ": ";
    }

    /** Where a setting stands, from 1. */
    private int line(String key) throws IOException {
        List<String> lines = Files.readAllLines(home.resolve("application.properties"));
        return lines.indexOf(lines.stream().filter(line -> line.startsWith(PREFIX + key + " =")).findFirst().orElseThrow()) + 1;
    }

    private static End launch() throws IOException {
        starts.getOutputStream().write('\n');
        starts.getOutputStream().flush();
        String line = starts.inputReader().readLine();
        while (!line.startsWith(ENDED)) {
            line = starts.inputReader().readLine();
        }
        return new End(Integer.parseInt(line.substring(ENDED.length())), Files.readString(home.resolve("errors.txt")).strip());
    }

    private static End launchAlone(String variable) throws Exception {
        Path errors = home.resolve("errors.txt");
        ProcessBuilder builder = process(Main.class).redirectError(errors.toFile()).redirectOutput(home.resolve("output.txt").toFile());
        builder.environment().put(variable.split("=")[0], variable.split("=")[1]);
        int code = builder.start().waitFor();
        return new End(code, Files.readString(errors).strip());
    }

    private static ProcessBuilder process(Class<?> main) {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), main.getName())
                .directory(home.toFile());
    }
}
