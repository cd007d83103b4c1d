package io.github.mparticleintercom.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a check of the route files says of edits that went wrong. */
class RoutesCheckTest {

    private static final DefaultCamelContext CONTEXT = new DefaultCamelContext();
    private static RoutesCheck check;

    @TempDir
    private Path routes;

    @BeforeAll
    static void readTheSchemaOnce() {
        CONTEXT.getPropertiesComponent().setLocation("file:application.properties");
        check = new RoutesCheck(CONTEXT);
    }

    @AfterAll
    static void stop() {
        CONTEXT.stop();
    }

    @BeforeEach
    void copyWhatShips() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.toList()) {
                Files.copy(file, routes.resolve(file.getFileName()));
            }
        }
        Files.copy(Path.of("src/test/resources/check/calls.camel.yaml"), routes.resolve("calls.camel.yaml"));
    }

    @Test
    void findsNothingInWhatShips() {
        assertThat(check.check(routes)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "calls   | setBody:               | setBdoy:             | 'setBdoy' is not known in 'steps'; did you mean 'setBody'?",
        "calls   | method:                | mehtod:              | 'mehtod' is not known in 'expression'; did you mean 'method'?",
        "calls   | description:           | descripton:          | 'descripton' is not known in 'route'; did you mean 'description'?",
        "calls   | `logName: mparticle-intercom.calls` | loggingLevel: LOUD | 'loggingLevel' is 'LOUD', which is not one of",
        "files   | `streaming: \"true\"`  | streaming: maybe     | 'streaming' is 'maybe', which is not true or false.",
        "files   | `streaming: \"true\"`  | `streaming: \"{{mparticle-intercom.jms.queue}}\"` | 'streaming' is '{{mparticle-intercom.jms.queue}}', which is not true or false.",
        "calls   | ref: intercomOutages   | ref: intercomOutage  | There is no bean 'intercomOutage'; did you mean 'intercomOutages'?",
        "calls   | method: answers        | method: anwsers      | The bean 'intercomOutages' has no method 'anwsers'; did you mean 'answers'?",
        "jms     | `\"#mparticleIntercomJmsBodies\"` | `\"#bean:mparticleIntercomBodies\"` | There is no bean 'mparticleIntercomBodies'; did you mean 'mparticleIntercomJmsBodies'?",
        "jms     | mparticle-intercom.jms.queue:mparticle.batches | mparticle-intercom.jms.qeue:x | {{mparticle-intercom.jms.qeue}} is not a setting; did you mean 'mparticle-intercom.jms.queue'?",
        "jms     | mparticle-intercom.jms.queue:mparticle.batches | my.queue             | {{my.queue}} has neither a value nor a default.",
        "jms     | `uri: mparticleIntercomJms` | uri: telegram:bots | There is no component 'telegram' in lib/ and no bean of this name.",
        "jms     | name: mparticle-intercom | name: mparticle-intercm | No route receives 'direct:mparticle-intercm'; did you mean 'direct:mparticle-intercom'?",
        "deliver | mparticle-intercom-errors | mparticle-intercom-error | There is no route configuration 'mparticle-intercom-error'; did you mean 'mparticle-intercom-errors'?",
        "deliver | mparticle-intercom-internal-errors | mparticle-intercom-internl-errors | There is no route configuration 'mparticle-intercom-internl-errors'; did you mean 'mparticle-intercom-internal-errors'?",
        "deliver | `,mparticle-intercom-refused` | `, mparticle-intercom-refused` | There is no route configuration ' mparticle-intercom-refused-errors'; did you mean 'mparticle-intercom-refused-errors'?",
        "pause   | routeId: mparticle-intercom-deliver | routeId: mparticle-intercom-delivr | There is no route 'mparticle-intercom-delivr'; did you mean 'mparticle-intercom-deliver'?",
        "calls   | `${body} != ''`        | `${body != ''`       | This simple expression cannot be read:",
        "answer  | IntercomThrottled      | IntercomThrotled     | There is no class io.github.mparticleintercom.intercom.IntercomThrotled.",
        "beans-translate | mparticle.MparticleBatches | mparticle.MparticleBatche | There is no class io.github.mparticleintercom.mparticle.MparticleBatche.",
        "calls   | only-if-any            | take-report          | The id 'mparticle-intercom-calls-take-report' is given in",
        "jms     | `  id: mparticle-intercom-jms` | `  id: mparticle-intercom-calls` | The id 'mparticle-intercom-calls' is given in"})
    void saysWhereAndWhatIsWrong(String file, String before, String after, String sentence) throws IOException {
        edit(file, before, after);

        List<Problem> problems = check.check(routes);
        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.sentence()).startsWith(sentence);
            assertThat(problem.file()).endsWith("/" + file + ".camel.yaml");
            assertThat(Files.readAllLines(routes.resolve(file + ".camel.yaml")).get(problem.line() - 1))
                    .contains(after);
        });
    }

    @Test
    void saysWhereSomethingIsMissing() throws IOException {
        edit("calls", "message:", "note:");

        assertThat(check.check(routes)).singleElement().satisfies(problem -> {
            assertThat(problem.sentence()).isEqualTo("'message' is missing in 'log'.");
            assertThat(problem.line()).isEqualTo(25);
        });
    }

    @Test
    void saysWhereAFileIsNoYaml() throws IOException {
        Files.writeString(routes.resolve("mine.camel.yaml"), "- route:\n    id: mine\n   from: here\n");

        assertThat(check.check(routes)).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(3);
            assertThat(problem.sentence()).startsWith("This is no YAML: ");
        });
    }

    @Test
    void tellsEverythingAtOnce() throws IOException {
        edit("calls", "setBody:", "setBdoy:");
        edit("jms", "messageConverter: \"#", "messageConverter: \"#x");
        Files.writeString(routes.resolve("mine.camel.yaml"), "");

        assertThat(check.check(routes)).extracting(Problem::toString).anyMatch(text -> text.contains("/calls.camel.yaml:"))
                .anyMatch(text -> text.contains("/jms.camel.yaml:")).anyMatch(text -> text.contains("/mine.camel.yaml:1: The file"));
    }

    @Test
    void takesWhatCamelTakes() throws IOException {
        Files.writeString(routes.resolve("mine.camel.yaml"), """
                - route:
                    id: mine
                    from:
                      uri: "timer:mine?period={{my.period:1000}}"
                      steps:
                        - log: "5"
                        - split:
                            streaming: "{{my.streaming:true}}"
                            simple: ${body}
                            steps:
                              - toD: "direct:${header.where}"
                              - delay:
                                  constant: 5
                              - bean:
                                  ref: "#class:java.util.ArrayList"
                """);

        assertThat(check.check(routes)).isEmpty();
    }

    private void edit(String file, String before, String after) throws IOException {
        Path path = routes.resolve(file + ".camel.yaml");
        String text = Files.readString(path);
        assertThat(text).contains(before);
        Files.writeString(path, text.replaceFirst(Pattern.quote(before),
                Matcher.quoteReplacement(after)));
    }
}
