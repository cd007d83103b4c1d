package io.github.mparticleintercom.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a check of an installation folder says of its settings, wherever they come from. */
class OfflineCheckTest {

    private static final String PREFIX = "mparticle-intercom.";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void copyWhatShips() throws IOException {
        Files.createDirectory(folder.resolve("routes"));
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve("routes").resolve(file.getFileName()));
            }
        }
        Files.copy(Path.of("application.properties"), folder.resolve("application.properties"));
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void findsNothingInWhatShips() {
        assertThat(check().problems()).isEmpty();
        assertThat(check().notes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "http.prot = 8081              | mparticle-intercom.http.prot is not a setting; did you mean mparticle-intercom.http.port?",
        "events.types = custom_events  | mparticle-intercom.events.types: mParticle has no event type 'custom_events'; did you mean 'custom_event'?",
        "events.types = custom_event;screen_view | mparticle-intercom.events.types is 'custom_event;screen_view', which is not a list with commas between its entries.",
        "consent.purpose = , ,         | mparticle-intercom.consent.purpose is ', ,', which is not a list with commas between its entries.",
        "user.rename = a=x,b=x         | mparticle-intercom.user.rename renames both 'a' and 'b' to 'x': only the first of them would be kept.",
        "limits.event-attributes = 11  | mparticle-intercom.limits.event-attributes is '11', which is not a whole number from 0 to 10, the limit of Intercom itself.",
        "broker.url = tcp://broker     | mparticle-intercom.broker.url is 'tcp://broker', which is not of the form tcp://host:port.",
        "http.host = 0.0.0.0           | mparticle-intercom.http.authorization must be set before mparticle-intercom.http.host may be '0.0.0.0', which others can reach.",
        "intercom.app-id = {{nobody.knows}} | mparticle-intercom.intercom.app-id: {{nobody.knows}} has neither a value nor a default."})
    void saysTheLineOfASetting(String line, String sentence) throws IOException {
        int number = append(PREFIX + line);

        assertThat(check().problems()).filteredOn(problem -> !problem.sentence().contains("already"))
                .containsExactly(new Problem("application.properties", number, sentence));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "custom_event: {A: {nmae: B}} | 'nmae' is nothing that can be said of an event; did you mean 'name'?",
        "custom_event: {A: {add: {a: user.a, b: user.b, c: user.c, d: user.d, e: user.e, f: user.f}}} | `'A' is given 6 attributes, and mparticle-intercom.limits.event-attributes is 5: the last of them would be left out.`",
        "custom_event: {A: {name: 12345678901}} | `'A' is given a name of more than 10 characters (mparticle-intercom.limits.name-chars).`",
        "custom_event: {A: {name: a}, B: {name: b}, C: {name: c}} | `'C' is given one more name than mparticle-intercom.events.max-names, 2: Intercom would refuse it.`"})
    void saysTheLineInTheEventMapping(String mapping, String sentence) throws IOException {
        append(PREFIX + "events.mapping = " + Files.writeString(folder.resolve("mapping.yaml"), "# mine\n" + mapping));
        append(PREFIX + "limits.name-chars = 10");
        append(PREFIX + "events.max-names = 2");

        assertThat(check().problems()).filteredOn(problem -> !problem.sentence().contains("already"))
                .containsExactly(new Problem(folder.resolve("mapping.yaml").toString(), 2, sentence));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "custom_event: {A: {name: X}, B: {name: x}} | 'B' and 'A' in line 2 both become 'x': one event for Intercom.",
        "session_end: {'*': {name: X}} | `'*' has no effect: its type is not among mparticle-intercom.events.types.`",
        "product: {purchase: {name: X}} | `'purchase' has no effect: mparticle-intercom.commerce.products is not each.`",
        "custom_event: {A: {name: Y}} | `'A' becomes 'Y', which is not among mparticle-intercom.events.names.`"})
    void notesWhatHasNoEffectInTheEventMapping(String mapping, String sentence) throws IOException {
        append(PREFIX + "events.mapping = " + Files.writeString(folder.resolve("mapping.yaml"), "# mine\n" + mapping));
        append(PREFIX + "events.names = X");

        assertThat(check().notes()).containsExactly(new Problem(folder.resolve("mapping.yaml").toString(), 2, sentence));
    }

    @Test
    void saysThatThereIsNoEventMapping() throws IOException {
        int number = append(PREFIX + "events.mapping = nowhere.yaml");

        assertThat(check().problems()).contains(new Problem("application.properties", number,
                "mparticle-intercom.events.mapping: There is no file 'nowhere.yaml' to map events by."));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "http.port = 9       | http.port has no effect without our prefix; did you mean mparticle-intercom.http.port?",
        "intercom.region=eu  | intercom.region has no effect without our prefix; did you mean mparticle-intercom.intercom.region?",
        "mparticle.intercom.events.types = x | mparticle.intercom.events.types is not a setting; did you mean mparticle-intercom.events.types?",
        "mparticle-intercon.events.types = x | mparticle-intercon.events.types is not a setting; did you mean mparticle-intercom.events.types?",
        "mparticle_intercom.dry_run = x | mparticle_intercom.dry_run is not a setting; did you mean mparticle-intercom.dry-run?"})
    void saysWhichKeyLacksThePrefix(String line, String sentence) throws IOException {
        int number = append(line);

        assertThat(check().problems()).containsExactly(new Problem("application.properties", number, sentence));
    }

    @ParameterizedTest
    @CsvSource({"camel.server.port = 1", "logging.level = 2", "my.own.key = 3", "quarkus.http.port = 1", "com.example.name = x"})
    void leavesOtherKeysAlone(String line) throws IOException {
        append(line);

        assertThat(check().problems()).filteredOn(problem -> !problem.sentence().contains("already")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"files.inbox = C:\\users\\inbox | true", "dry-run = \\uZZZZ | true", "\\u12 = x | true",
        "files.inbox = C:\\\\users | false", "files.inbox = a\\u00e9 | false", "#files.inbox = C:\\users | false"})
    void saysWhichLineKeepsJavaFromReadingTheFile(String line, boolean unreadable) throws IOException {
        int number = append(line);

        assertThat(OfflineCheck.unreadable(folder.resolve("application.properties"))).extracting(Problem::file, Problem::line)
                .containsExactlyElementsOf(unreadable ? List.of(tuple("application.properties", number)) : List.of());
    }

    @Test
    void saysWhereASettingStandsTwice() throws IOException {
        int number = append(PREFIX + "dry-run = true");

        assertThat(check().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(number);
            assertThat(problem.sentence()).matches("mparticle-intercom.dry-run stands in line \\d+ already.");
        });
    }

    @Test
    void saysTheVariableOfASetting() {
        environment.putAll(Map.of("MPARTICLE_INTERCOM_HTTP_PROT", "8081", "MPARTICLE_INTERCOM_INTERCOM_TOKEN", "hush"));

        assertThat(check().problems()).extracting(Problem::toString).containsExactly(
                "environment variable MPARTICLE_INTERCOM_HTTP_PROT: It stands for no setting; did you mean MPARTICLE_INTERCOM_HTTP_PORT?",
                "environment variable MPARTICLE_INTERCOM_INTERCOM_TOKEN: It stands for no setting; did you mean"
                        + " MPARTICLE_INTERCOM_INTERCOM_REGION?");
    }

    @Test
    void saysTheFileOfAMountedSetting() throws IOException {
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        Files.writeString(secrets.resolve(PREFIX + "intercom.region"), "mars");
        append(PREFIX + "secrets.folder = " + secrets);
        context.getPropertiesComponent().setLocation("file:" + folder.resolve("application.properties"));
        io.github.mparticleintercom.settings.MountedSecrets.addTo(context);

        assertThat(check().problems()).filteredOn(problem -> !problem.sentence().contains("already")).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo("file " + secrets.resolve(PREFIX + "intercom.region"));
            assertThat(problem.sentence()).contains("'mars', which is not one of us, eu, au");
        });
    }

    @ParameterizedTest
    @CsvSource({"MPARTICLE_INTERCOM_HTTP_PORT,80", "MPARTICLE_INTERCOM_LOG_FORMAT,json", "MPARTICLE_INTERCOM_CACHE,/tmp", "HOME,/root",
            "MPARTICLE_INTERCOM_SERVICE_HOST,10.0.0.1", "MPARTICLE_INTERCOM_SERVICE_PORT_HTTP,8080",
            "MPARTICLE_INTERCOM_PORT,tcp://10.0.0.1:8080", "MPARTICLE_INTERCOM_PORT_8080_TCP_ADDR,10.0.0.1",
            "MPARTICLE_INTERCOM_DEV_PORT,tcp://10.0.0.1:8080"})
    void takesSettingsAndWhatKubernetesSets(String name, String value) {
        environment.put(name, value);

        assertThat(check().problems()).isEmpty();
    }

    @Test
    void takesWhatTheSettingsFileNames() throws IOException {
        environment.put("MPARTICLE_INTERCOM_SECRET_NAME", "t");
        append("my.name = {{env:MPARTICLE_INTERCOM_SECRET_NAME:x}}");

        assertThat(check().problems()).isEmpty();
    }

    @Test
    void takesASettingOfTheEngineersOwnThatARouteNames() throws IOException {
        append(PREFIX + "shop.name = corner");
        environment.put("MPARTICLE_INTERCOM_SHOP_COLOUR", "red");
        assertThat(check().problems()).hasSize(2);

        Files.copy(Path.of("src/test/resources/check/own.camel.yaml"), folder.resolve("routes/own.camel.yaml"));
        Files.writeString(folder.resolve("routes/own.camel.yaml"), Files.readString(folder.resolve("routes/own.camel.yaml"))
                .replace("message: done", "message: \"{{mparticle-intercom.shop.colour:blue}}\""));
        assertThat(check().problems()).isEmpty();
    }

    @Test
    void showsEverySettingWithWhereItComesFrom() throws IOException {
        append(PREFIX + "http.authorization = hush");

        List<OfflineCheck.Setting> settings = check().settings();
        assertThat(settings).extracting(OfflineCheck.Setting::toString).anyMatch(text -> text.matches(".*http.authorization, value=\\*\\*\\*, from="
                + "application.properties:\\d+.*")).noneMatch(text -> text.contains("hush"));
        assertThat(settings).extracting(OfflineCheck.Setting::key).contains("camel.main.name");
    }

    private int append(String line) throws IOException {
        Path file = folder.resolve("application.properties");
        Files.writeString(file, Files.readString(file) + line + "\n");
        return Files.readAllLines(file).size();
    }

    private OfflineCheck check() {
        if (!(context.getPropertiesComponent().getLocations().size() > 0)) {
            context.getPropertiesComponent().setLocation("file:" + folder.resolve("application.properties"));
        }
        return new OfflineCheck(context, folder.resolve("application.properties"), folder.resolve("routes"), environment);
    }
}
