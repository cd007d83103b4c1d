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
        "user.standard-fields = nmae,phone | mparticle-intercom.user.standard-fields names 'nmae'; did you mean 'name'?",
        "intercom.access-token = ${TOKEN} | mparticle-intercom.intercom.access-token holds ${...}, which nobody replaces; {{env:NAME}} is a variable of the environment.",
        "intercom.base-url = https://api.intercom.io/contacts | mparticle-intercom.intercom.base-url is not where Intercom answers; empty, the region says it.",
        "files.inbox = ~/inbox         | mparticle-intercom.files.inbox holds ~, which nobody replaces; {{env:NAME}} is a variable of the environment.",
        "intercom.access-token = Bearer abc | mparticle-intercom.intercom.access-token begins with 'Bearer', which is put before it anyway.",
        "broker.listen = tcp://127.0.0.1:8080 | mparticle-intercom.broker.listen is '8080', as mparticle-intercom.http.port is.",
        "jms.queue = mparticle-intercom.requests | mparticle-intercom.jms.queue is 'mparticle-intercom.requests', as mparticle-intercom.broker.requests-queue is.",
        "files.inbox = data            | mparticle-intercom.files.inbox is 'data', where mparticle-intercom.broker.data is: its files would be read as batches.",
        "vip.tag = x                   | mparticle-intercom.vip.tag is not a setting, and no route names it.",
        "intercom.token = x            | mparticle-intercom.intercom.token is not a setting; did you mean mparticle-intercom.intercom.access-token?",
        "company.plan-attribute = id   | mparticle-intercom.company.plan-attribute names 'id', as mparticle-intercom.company.id-attribute does.",
        "company.attributes = a, id    | mparticle-intercom.company.attributes names 'id', as mparticle-intercom.company.id-attribute does.",
        "intercom.app-id = {{nobody.knows}} | mparticle-intercom.intercom.app-id: {{nobody.knows}} has neither a value nor a default."})
    void saysTheLineOfASetting(String line, String sentence) throws IOException {
        withoutRoutes();
        append(PREFIX + "company.id-attribute = id");
        int number = append(PREFIX + line);

        assertThat(check().problems()).filteredOn(problem -> !problem.sentence().contains("already"))
                .containsExactly(new Problem("application.properties", number, sentence));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "user.tags = *,vip         | mparticle-intercom.user.tags names others beside *, which is all of them.",
        "company.size-attribute = n | mparticle-intercom.company.size-attribute has no effect without mparticle-intercom.company.id-attribute."})
    void notesWhatHasNoEffect(String line, String sentence) throws IOException {
        withoutRoutes();
        int number = append(PREFIX + line);

        assertThat(check().notes()).containsExactly(new Problem("application.properties", number, sentence));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "camel.main.shutdown-timeot = 5 | camel.main.shutdown-timeot is no setting of Camel's; did you mean camel.main.shutdown-timeout?",
        "camel.main.shutdownTimeot = 5  | camel.main.shutdownTimeot is no setting of Camel's; did you mean camel.main.shutdown-timeout?",
        "camel.managment.port = 9       | camel.managment.port is no setting of Camel's; did you mean camel.management.port?",
        "camel.main.shutdown-timeout = soon | camel.main.shutdown-timeout is 'soon', which is not a whole number.",
        "camel.main.startup-summary-level = LOUD | camel.main.startup-summary-level is 'LOUD', which is not one of Verbose, Default, Brief, Oneline, Off.",
        "camel.management.port = 99999  | camel.management.port is '99999', which is not a port.",
        "camel.main.routes-include-pattern = x | camel.main.routes-include-pattern is set, and the program reads the routes of routes/.",
        "camel.metrics.enabled = ture   | camel.metrics.enabled is 'ture', which is not true or false.",
        "camel.metrics.bindres = x      | camel.metrics.bindres is no setting of Camel's; did you mean camel.metrics.binders?",
        "camel.metrics.path =           | camel.metrics.path has no value, which Camel does not take.",
        "camel.ssl.trust-all-certificates = x | camel.ssl.trust-all-certificates is 'x', which is not true or false.",
        "camel.component.jms.concurent-consumers = 2 | camel.component.jms.concurent-consumers is no setting of Camel's, or its value does not fit.",
        "camel.component.ftp.name = x   | camel.component.ftp.name is a setting of something that is not in lib/.",
        "camel.telemetryDev.trace-format = x | camel.telemetryDev.trace-format is a setting of something that is not in lib/."})
    void saysWhatCamelDoesNotTake(String line, String sentence) throws IOException {
        withoutRoutes();
        int number = append(line);

        assertThat(check().problems()).filteredOn(problem -> !problem.sentence().contains("already"))
                .containsExactly(new Problem("application.properties", number, sentence));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "CAMEL_MAIN_JMX_MANAGEMENT_MBEANS_LEVEL=RoutesOnly | It is no setting of Camel's; did you mean CAMEL_MAIN_JMX_MANAGEMENT_M_BEANS_LEVEL?",
        "CAMEL_MAIN_JMX_MANAGEMENT_M_BEANS_LEVEL=Routes | It is 'Routes', which is not one of ContextOnly, RoutesOnly, Default.",
        "CAMEL_MANAGMENT_PORT=9 | It stands for no setting of Camel's; did you mean CAMEL_MANAGEMENT_PORT?",
        "CAMEL_SERVER_PORT=9 | It has no effect: Camel leaves out variables that end in _PORT.",
        "CAMEL_MDC_ENABLED= | It has no value, which Camel does not take."})
    void saysWhichVariableCamelDoesNotTake(String variable, String sentence) throws IOException {
        withoutRoutes();
        environment.put(variable.split("=")[0], (variable + " ").split("=")[1].strip());

        assertThat(check().problems()).containsExactly(new Problem("environment variable " + variable.split("=")[0], 0, sentence));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "custom_event: {A: {nmae: B}} | 'nmae' is nothing that can be said of an event; did you mean 'name'?",
        "commerce_event: {Purchase: {name: a}} | `No event of the type 'commerce_event' is called 'Purchase'; did you mean 'purchase'?`",
        "commerce_event: {remove_from_wish_list: {name: a}} | `No event of the type 'commerce_event' is called 'remove_from_wish_list'; did you mean 'remove_from_wishlist'?`",
        "custom_event: {A: {add: {a: user.a, b: user.b, c: user.c, d: user.d, e: user.e, f: user.f}}} | `'A' is given 6 attributes, and mparticle-intercom.limits.event-attributes is 5: the last of them would be left out.`",
        "custom_event: {A: {name: 12345678901}} | `'A' is given a name of more than 10 characters (mparticle-intercom.limits.name-chars).`",
        "custom_event: {A: {name: a}, B: {name: b}, C: {name: c}} | `'C' is given one more name than mparticle-intercom.events.max-names, 2: Intercom would refuse it.`"})
    void saysTheLineInTheEventMapping(String mapping, String sentence) throws IOException {
        withoutRoutes();
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
        "commerce_event: {Bought: {name: X}} | `'Bought' has no effect: such events are called by their action, as in purchase, and mParticle has none of this name.`",
        "custom_event: {A: {send: false, drop: [b]}} | `'A' is not sent, so that what else is said of it has no effect.`",
        "product: {purchase: {name: X}} | `'purchase' has no effect: mparticle-intercom.commerce.products is not each.`",
        "custom_event: {A: {name: Y}} | `'A' becomes 'Y', which is not among mparticle-intercom.events.names.`"})
    void notesWhatHasNoEffectInTheEventMapping(String mapping, String sentence) throws IOException {
        withoutRoutes();
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
        withoutRoutes();
        int number = append(line);

        assertThat(check().problems()).containsExactly(new Problem("application.properties", number, sentence));
    }

    @ParameterizedTest
    @CsvSource({"camel.server.port = 1", "camel.beans.mine = #class:java.util.ArrayList", "camel.threadpool.config[a].pool-size = 2",
            "camel.component.seda.queue-size = 5", "camel.variable.mine = 4", "camel.main.use-mdc-logging = true", "camel.own.thing = 4", "logging.level = 2", "my.own.key = 3", "quarkus.http.port = 1", "com.example.name = x"})
    void leavesOtherKeysAlone(String line) throws IOException {
        withoutRoutes();
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
                        + " MPARTICLE_INTERCOM_INTERCOM_ACCESS_TOKEN?");
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
            "MPARTICLE_INTERCOM_DEV_PORT,tcp://10.0.0.1:8080", "CAMEL_SERVER_PORT,tcp://10.0.0.1:8080", "CAMEL_MAIN_SHUTDOWN_TIMEOUT,7",
            "CAMEL_HOME,/opt"})
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

    /** They take most of the time, and say nothing of most settings. */
    private void withoutRoutes() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("routes"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
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
