package io.github.mparticleintercom.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a check of the route files says of edits that went wrong. */
class RoutesCheckTest {

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final RoutesCheck check = new RoutesCheck(context);

    @TempDir
    private Path routes;

    @BeforeEach
    void copyWhatAnEngineerHas() throws IOException {
        context.getPropertiesComponent().setLocation("file:application.properties");
        Files.copy(Path.of("src/test/resources/check/own.camel.yaml"), routes.resolve("own.camel.yaml"));
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void findsNothingInWhatShips() {
        assertThat(check.check(Path.of("routes"))).isEmpty();
        assertThat(check.notes()).isEmpty();
    }

    @Test
    void findsNothingInWhatIsRightAndMakesNothingOfIt() {
        assertThat(check.check(routes)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        // what Camel's readers know
        "- setVariable:      | - setVraiable:      | 'setVraiable' is not known in 'steps'; did you mean 'setVariable'?",
        "method:             | mehtod:             | 'mehtod' is not known in 'expression'; did you mean 'method'?",
        "description: Has    | descripton: Has     | 'descripton' is not known in 'route'; did you mean 'description'?",
        "stopOnException:    | stopOnExeption:     | 'stopOnExeption' is not known in 'split'; did you mean 'stopOnException'?",
        "- routeConfiguration: | - routeConfigration: | 'routeConfigration' is not known at the top of a file; did you mean 'routeConfiguration'?",
        "- route:            | - log:              | 'log' is not known at the top of a file",
        "loggingLevel: WARN  | loggingLevel: LOUD  | 'loggingLevel' is 'LOUD', which is not one of TRACE, DEBUG, INFO, WARN, ERROR, OFF.",
        "stopOnException: \"true\" | stopOnException: maybe | 'stopOnException' is 'maybe', which is not true or false.",
        "stopOnException: \"true\" | stopOnException: \"{{mparticle-intercom.jms.queue}}\" | 'stopOnException' is '{{mparticle-intercom.jms.queue}}', which is not true or false.",
        "description: Only who consents | description: [a] | 'description' is a list, which is not a text.",
        "initMethod:         | initMehtod:         | 'initMehtod' is not known in 'beans'; did you mean 'initMethod'?",
        // beans and classes
        "ref: ownBatches     | ref: ownBatch       | There is no bean 'ownBatch'; did you mean 'ownBatches'?",
        "method: read        | method: raed        | The bean 'ownBatches' has no method 'raed'; did you mean 'read'?",
        "`\"#ownStock\"`     | `\"#bean:ownStok\"` | There is no bean 'ownStok'; did you mean 'ownStock'?",
        "- java.io.IOException | - java.io.IOExeption | There is no class java.io.IOExeption.",
        "exceptionType: java.io.IOException | exceptionType: java.io.IOExeption | There is no class java.io.IOExeption.",
        "mparticle.MparticleBatches | mparticle.MparticleBatche | There is no class io.github.mparticleintercom.mparticle.MparticleBatche.",
        "factoryBean: io.github.mparticleintercom.check.Stock | factoryBean: io.github.mparticleintercom.check.Stok | There is no class io.github.mparticleintercom.check.Stok.",
        "factoryBean: io.github.mparticleintercom.check.Stock | factoryBean: ownStok | There is no bean 'ownStok'; did you mean 'ownStock'?",
        "factoryMethod: rented | factoryMethod: rent | Stock has no method 'rent'",
        "factoryMethod: rented | destroyMethod: close | 'factoryMethod' is missing beside 'factoryBean'.",
        "initMethod: open    | initMethod: opne    | Stock has no method 'opne'; did you mean 'open'?",
        "shelves:            | shelfs:             | Stock has no property 'shelfs'; did you mean 'shelves'?",
        "jms.concurrency:4   | jms.queue:4         | The property 'shelves' of Stock is 'mparticle.batches', which is not a whole number.",
        "dry-run:false       | jms.queue:4         | The property 'heated' of Stock is 'mparticle.batches', which is not true or false.",
        // addresses
        "uri: ownJms:queue:own | uri: telegram:bots | There is no component 'telegram' in lib/ and no bean of this name.",
        "uri: direct:own-done | uri: direct:own-dnoe | No route receives 'direct:own-dnoe'; did you mean 'direct:own-done'?",
        "deadLetterUri: direct:own-failed | deadLetterUri: direct:own-faled | No route receives 'direct:own-faled'; did you mean 'direct:own-failed'?",
        "concurrentConsumers: | concurentConsumers: | 'concurentConsumers' is no parameter of jms; did you mean 'concurrentConsumers'?",
        "concurrentConsumers: 2 | concurrentConsumers: two | 'concurrentConsumers' is 'two', which is not a whole number.",
        "delay: 1000         | dely: 1000          | 'dely' is no parameter of timer; did you mean 'delay'?",
        "timerName: own      | timrName: own       | 'from': Option timerName is required when creating endpoint uri with syntax timer:timerName.",
        // names of routes
        "routeConfigurationId: own-errors | routeConfigurationId: own-erors | There is no route configuration 'own-erors'; did you mean 'own-errors'?",
        "routeConfigurationId: own-errors | `routeConfigurationId: \"own-errors, own-errors\"` | There is no route configuration ' own-errors'; did you mean 'own-errors'?",
        "routeId: own-done   | routeId: own-dome   | There is no route 'own-dome'; did you mean 'own-done'?",
        "id: own-stop        | id: own-log         | The id 'own-log' is given in",
        "id: own-clock       | id: own-batch       | The id 'own-batch' is given in",
        "name: ownJms        | name: ownStock      | The bean 'ownStock' is given in",
        // placeholders
        "mparticle-intercom.http.port: | mparticle-intercom.http.prot: | {{mparticle-intercom.http.prot}} is not a setting; did you mean 'mparticle-intercom.http.port'?",
        "mparticle-intercom.dry-run:false | mpatricle-intercom.dry-run:false | {{mpatricle-intercom.dry-run}} is not a setting; did you mean 'mparticle-intercom.dry-run'?",
        "mparticle-intercom.dry-run:false | dry-run:false | {{dry-run}} is not a setting; did you mean 'mparticle-intercom.dry-run'?",
        "dry-run:false       | dry-run:flase       | The default of {{mparticle-intercom.dry-run}} is 'flase', which is not one of true, false.",
        "`\"#ownStock\"`     | `\"#baen:ownStock\"` | '#baen:' is no way to name a bean; did you mean 'bean'?",
        "description: Has something of everything | `precondition: \"'{{mparticle-intercom.dry-run:false}} == false\"` | This simple expression cannot be read",
        "{{mparticle-intercom.shop.name:corner}} | {{shop.name}} | {{shop.name}} has neither a value nor a default.",
        // simple, variables, codes and types
        "expression: \"${body}\" | expression: \"${body\" | This simple expression cannot be read:",
        "${variable.batch.user.customerId} | ${variable.bacth.user.customerId} | There is no variable 'bacth'; did you mean 'batch'?",
        "batch.user.customerId | batch.usr.customerId | variable.batch has no 'usr'; did you mean 'user'?",
        "batch.user.customerId | batch.user.custmerId | variable.batch.user has no 'custmerId'; did you mean 'customerId'?",
        "batch.user.customerId | batch.user?.custmerId | variable.batch.user has no 'custmerId'; did you mean 'customerId'?",
        "batch.user.customerId | batch.user.name   | variable.batch.user has no 'name': a Identities has customerId, email",
        "batch.user.customerId | batch.events[0].tpye | variable.batch.events[0] has no 'tpye'; did you mean 'type'?",
        "Failed for ${variable.reason} | Failed for ${variable.reasn} | There is no variable 'reasn'; did you mean 'reason'?",
        "left for ${variable.event.id} | left for ${variable.event.di} | variable.event has no 'di'; did you mean 'id'?",
        "name: ownShop       | name: ownShip       | Stock.take takes the variable 'ownShop', which no route sets; did you mean it where 'ownShip' is set?",
        "name: ownShop       | name: ownShip       | Nothing reads the variable 'ownShip'; did you mean 'ownShop'?",
        "name: reason        | name: raeson        | Nothing reads the variable 'raeson'; did you mean 'reason'?",
        "${variable.ownKind} == 'corner' | ${variable.ownKind} == 'cornre' | Nobody gives variable.ownKind the value 'cornre'; did you mean 'corner'?",
        "${variable.ownKind} == 'corner' | ${bean:ownStok?method=take} | There is no bean 'ownStok'; did you mean 'ownStock'?",
        "${variable.ownKind} == 'corner' | ${bean:ownStock?method=taek} | The bean 'ownStock' has no method 'taek'; did you mean 'take'?",
        "${variable.ownKind} == 'corner' | ${bean:ownStock.taek} | The bean 'ownStock' has no method 'taek'; did you mean 'take'?",
        "${variable.batch.platform} != 'web' | ${variable.batch.development} != 'web' | variable.batch.development is true or false, and never 'web'.",
        "${variable.batch.platform} != 'web' | ${variable.batch.user} != 'web' | variable.batch.user is a Identities as a whole, and never 'web'.",
        "${variable.batch.platform} != 'web' | ${variable.batch.platform} = 'web' | This simple expression cannot be read: Unexpected token =",
        "== null && ${       | == null and ${      | This simple expression cannot be read:",
        "${variable.batch.platform} != 'web' | ${bodyAs(java.lang.Strin)} != 'web' | There is no class 'java.lang.Strin'.",
        "${variable.batch.platform} != 'web' | ${headerAs(a, Strin)} != 'web' | There is no class 'Strin'.",
        "${variable.batch.platform} != 'web' | ${variable.batch.platform} 'web' | There is no operator between two values, so that this is always true.",
        "${variable.batch.platform} != 'web' | ${variable.batch.platform != 'web'} | ${variable.batch.platform != 'web'} holds a blank",
        "${variable.batch.platform} | ${variable.batch.platform } | ${variable.batch.platform } holds a blank",
        "${variable.batch.platform} | ${variables.batch.platform} | Simple takes one variable by ${variable.batch.platform}",
        "${variable.ownKind} == 'corner' | ${variable.identity} == 'nobody' | variable.identity is one of customer-id, email, none, and never 'nobody'.",
        "${variable.ownKind} == 'corner' | ${variable.operation} in 'contact,evt' | variable.operation is one of company, contact, erasure, event, tags, and never 'evt'.",
        "${variable.batch.platform} != 'web' | ${variable.batch.platform} != 'andriod' | Nobody gives variable.batch.platform the value 'andriod'; did you mean 'android'?",
        "${variable.batch.platform} != 'web' | ${variable.batch.platform} in 'web, ios' | Blanks count in 'web, ios'",
        "${variable.batch.platform} != 'web' | ${variable.batch.platform} != 'web ' | Blanks count in 'web '",
        "${variable.batch.platform} != 'web' | '{{mparticle-intercom.dry-run:false}}' == 'flase' | 'flase' is never the value of mparticle-intercom.dry-run, which is one of true, false.",
        "expression: no-identity | expression: no-identiy | 'no-identiy' is no reason code of ours; did you mean 'no-identity'?",
        "expression: no-identity | expression: No Consent! | 'No Consent!' cannot be a reason code",
        "${variable.batch.platform} != 'web' | ${variable.reason} == 'no-identiy' | No route gives the reason 'no-identiy'; did you mean 'no-identity'?",
        "== 'custom_event'   | == 'custom_events'  | mParticle has no event type 'custom_events'; did you mean 'custom_event'?"})
    void saysWhereAndWhatIsWrong(String before, String after, String sentence) throws IOException {
        edit(before, after);

        assertThat(check.check(routes)).anySatisfy(problem -> {
            assertThat(problem.sentence()).startsWith(sentence);
            assertThat(problem.file()).isEqualTo(routes.getFileName() + "/own.camel.yaml");
            String line = Files.readAllLines(routes.resolve("own.camel.yaml")).get(problem.line() - 1);
            // of two that cannot be together the later one is reported
            assertThat(line).satisfiesAnyOf(text -> assertThat(text).contains(after), text -> assertThat(sentence)
                    .matches(".*(is given in|takes the variable 'ownShop'|No route receives|'from'|missing beside).*"));
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "            message: \"Failed for  | 'message' is missing in 'log'.            | - log:",
        "            name: ownSh            | 'name' is missing in 'setVariable'.       | - setVariable:",
        "                expression: \"${body}\" | 'expression' is missing in 'simple'.  | simple:",
        "      type: io.github.mparticleintercom.mparticle | 'type' is missing in 'beans'. | - name: ownBatches"})
    void saysWhereSomethingIsMissing(String left, String sentence, String line) throws IOException {
        Path file = routes.resolve("own.camel.yaml");
        List<String> lines = Files.readAllLines(file);
        String start = left.strip();
        assertThat(lines).anyMatch(text -> text.strip().startsWith(start));
        lines.replaceAll(text -> text.strip().startsWith(start) ? text.replaceFirst("\\S.*", "") : text);
        Files.write(file, lines);

        assertThat(check.check(routes)).anySatisfy(problem -> {
            assertThat(problem.sentence()).isEqualTo(sentence);
            assertThat(lines.get(problem.line() - 1)).contains(line);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        // what comes with a jar
        "setBody: {jsonpath: {expression: $.a}} | There is no language 'jsonpath' in lib/.",
        "setBody: {expression: {language: {language: simpel, expression: a}}} | There is no language 'simpel' in lib/; did you mean 'simple'?",
        "filter: {expression: {mvel: {expression: a}}, steps: [{stop: {}}]} | There is no language 'mvel' in lib/.",
        "unmarshal: {avro: {}} | There is no data format 'avroJackson' in lib/.",
        "unmarshal: {json: {library: Gson}} | There is no data format 'gson' in lib/.",
        "to: {uri: ftp:host/folder} | There is no component 'ftp' in lib/ and no bean of this name.",
        "`toD: {uri: 'language:groovy:1'}` | There is no language 'groovy' in lib/.",
        "to: {uri: dataformat:csv:marshal} | There is no data format 'csv' in lib/.",
        "circuitBreaker: {steps: [{stop: {}}]} | A circuit breaker needs camel-resilience4j in lib/.",
        // what is named elsewhere than in a 'to'
        "enrich: {expression: {constant: {expression: direct:nowhere}}} | No route receives 'direct:nowhere'.",
        "`recipientList: {expression: {constant: {expression: 'log:a, ftp:b'}}}` | There is no component 'ftp' in lib/ and no bean of this name.",
        "to: {uri: bean:ownStok} | There is no bean 'ownStok'; did you mean 'ownStock'?",
        "to: {uri: class:io.github.Nope} | There is no class io.github.Nope.",
        "bean: {beanType: io.github.mparticleintercom.check.Stock, method: opne} | Stock has no method 'opne'; did you mean 'open'?",
        "`split: {simple: '${body}', executorService: '#pool', steps: [{stop: {}}]}` | There is no bean 'pool'.",
        "convertBodyTo: {type: Strin} | There is no class Strin.",
        "to: {uri: ''} | 'uri' is empty.",
        "to: {uri: http} | 'http' does not say what of http is meant: that stands behind a colon.",
        "to: {uri: ownJms} | 'ownJms' does not say what of jms is meant: that stands behind a colon.",
        "`to: {uri: 'http:example.com', parameters: {htpMethod: GET}}` | 'htpMethod' is no parameter of http; did you mean 'httpMethod'?",
        // what has to be there
        "`filter: {simple: '${body} == null'}` | 'steps' is missing in 'filter'.",
        "`split: {simple: '${body}', steps: []}` | 'steps' is missing in 'split'.",
        "doTry: {id: own-try} | 'steps' is missing in 'doTry'.",
        "bean: {id: own-bean} | One of ref, beanType is missing in 'bean'.",
        "throwException: {message: a} | One of exceptionType, ref is missing in 'throwException'.",
        "setVariables: {variables: []} | 'variables' is missing in 'setVariables'.",
        "unmarshal: {id: own-json} | A data format is missing in 'unmarshal'."})
    void saysWhatAStepLacks(String step, String sentence) throws IOException {
        Files.writeString(routes.resolve("mine.camel.yaml"), "- from:\n    uri: direct:mine\n    steps:\n      - " + step + "\n");

        assertThat(check.check(routes)).containsExactly(new Problem(routes.getFileName() + "/mine.camel.yaml", 4, sentence));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "method: read | '' | 'method' is missing: ownBatches has ",
        "id: own-done | 'id: own-done\\n    autoStartup: \"false\"' | The route never starts, and ",
        "id: own-done | 'id: own-done\\n    precondition: \"false\"' | The route never starts, and "})
    void saysWhatKeepsAStepFromRunning(String before, String after, String sentence) throws IOException {
        edit(before.replace("\\n", "\n"), after.replace("\\n", "\n"));

        assertThat(check.check(routes)).singleElement().satisfies(problem -> assertThat(problem.sentence()).startsWith(sentence));
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:one", "file:inbox?delay=5", "platform-http:/one"})
    void saysWhereTwoRoutesBeginWithTheSame(String uri) throws IOException {
        Files.writeString(routes.resolve("mine.camel.yaml"), "- from: {uri: '%s', steps: [{log: a}]}\n".formatted(uri).repeat(2));

        assertThat(check.check(routes)).singleElement().satisfies(problem -> {
            assertThat(problem.line()).isEqualTo(2);
            assertThat(problem.sentence()).startsWith("'" + uri + "' is received in");
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "#bean:ownStock | The property 'eventNames' of EventTranslator takes EventNames, and '#bean:ownStock' is Stock.",
        "ownStock | The property 'eventNames' of EventTranslator takes EventNames: a bean is named with #bean: before it."})
    void saysWhichBeanIsOfAnotherKind(String bean, String sentence) throws IOException {
        edit("- beans:", """
                - beans:
                    - name: ownEvents
                      type: io.github.mparticleintercom.translate.EventTranslator
                      properties:
                        eventNames: "%s"
                """.formatted(bean).stripTrailing());

        assertThat(check.check(routes)).extracting(Problem::line, Problem::sentence)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(5, sentence));
    }

    @Test
    void takesWhatTheJarsHold() throws IOException {
        Files.writeString(routes.resolve("mine.camel.yaml"), """
                - from:
                    uri: direct:mine
                    steps:
                      - setBody: {xpath: {expression: /a}}
                      - setBody: {language: {language: spel, expression: "#{1}"}}
                      - unmarshal: {json: {}}
                      - convertBodyTo: {type: "byte[]"}
                      - recipientList: {simple: {expression: "log:${body}"}}
                      - to: direct:shorter
                      - to: "http:example.com/v1?user=1"
                      - choice: {}
                - from:
                    uri: direct:shorter
                    steps:
                      - to: bean:ownStock?method=take
                """);

        assertThat(check.check(routes)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "direct:own-done | 'direct:own-done' is received in",
        "telegram:bots | There is no component 'telegram' in lib/",
        "timer:own?dely=1 | 'dely' is no parameter of timer; did you mean 'delay'?"})
    void seesWhatARouteInShortBeginsWith(String uri, String sentence) throws IOException {
        Files.writeString(routes.resolve("short.camel.yaml"), "- from:\n    uri: " + uri + "\n    steps:\n      - log: hello\n");

        assertThat(check.check(routes)).singleElement().satisfies(problem -> {
            assertThat(problem.toString()).startsWith(routes.getFileName() + "/short.camel.yaml:2: " + sentence);
        });
    }

    @ParameterizedTest
    @CsvSource({"'  - bad:\n indentation', This is no YAML", "'route:\n  id: mine', A route file is a list",
            "'- rout:\n    id: mine', 'rout' is not known", "'- route:\n    from: direct:mine', 'from' is 'direct:mine'"})
    void reportsTheCauseAloneWhereWhatOthersNeedCannotBeRead(String broken, String sentence) throws IOException {
        edit("routeConfigurationId: own-errors", "routeConfigurationId: other-errors");
        edit("uri: direct:own-done", "uri: direct:other-done");
        Files.writeString(routes.resolve("mine.camel.yaml"), broken.replace("\\n", "\n"));

        assertThat(check.check(routes)).allSatisfy(problem -> assertThat(problem.file()).endsWith("/mine.camel.yaml")).last()
                .satisfies(problem -> assertThat(problem.sentence())
                        .contains(sentence.replaceAll("^'|'$", "")).endsWith(" All that routes say of each other is checked once this is right."));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"`>-` | 0", "`|-` | 0", "`>` | 1"})
    void saysTheLineWithinATextOfSeveral(String style, int blank) throws IOException {
        Files.writeString(routes.resolve("mine.camel.yaml"), """
                - from:
                    uri: direct:mine
                    steps:
                      - filter:
                          simple:
                            expression: %s
                              ${variable.batch.platform} == 'web' &&%s
                              ${variable.bacth.platform} == 'ios' &&
                              ${variable.batch.platform} == {{own.key}}
                          steps:
                            - stop: {}
                """.formatted(style, "\n".repeat(blank)));

        assertThat(check.check(routes)).extracting(Problem::line, Problem::sentence).containsExactly(
                org.assertj.core.groups.Tuple.tuple(8 + blank, "There is no variable 'bacth'; did you mean 'batch'?"),
                org.assertj.core.groups.Tuple.tuple(9 + blank, "{{own.key}} has neither a value nor a default."));
    }

    @Test
    void missesAnExpression() throws IOException {
        Files.writeString(routes.resolve("mine.camel.yaml"), """
                - route:
                    id: mine
                    from:
                      uri: direct:mine
                      steps:
                        - setBody:
                            id: nothing
                        - setBody:
                            expression: {}
                """);

        assertThat(check.check(routes)).extracting(Problem::line, Problem::sentence).contains(
                org.assertj.core.groups.Tuple.tuple(6, "An expression (simple, constant, method, ...) is missing in 'setBody'."),
                org.assertj.core.groups.Tuple.tuple(9, "An expression (simple, constant, method, ...) is missing in 'expression'."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mine.camel.yml", "mine.yaml", "mine.yml", "sub/mine.camel.yaml"})
    void saysWhichFilesNobodyReads(String name) throws IOException {
        Files.createDirectories(routes.resolve("sub"));
        Files.writeString(routes.resolve(name), "- route:\n    id: mine\n");

        assertThat(check.check(routes)).singleElement().satisfies(problem -> {
            assertThat(problem.sentence()).startsWith("Nobody reads this file");
            assertThat(problem.file()).endsWith("/" + name);
            assertThat(problem.line()).isEqualTo(1);
        });
    }

    /** As Kubernetes mounts a ConfigMap. */
    @Test
    void readsAMountedFolderOnce() throws IOException {
        Path version = Files.createDirectory(routes.resolve("..2026_01_01"));
        Files.createSymbolicLink(routes.resolve("..data"), version.getFileName());
        try (Stream<Path> files = Files.list(routes)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.move(file, version.resolve(file.getFileName()));
                Files.createSymbolicLink(file, Path.of("..data").resolve(file.getFileName()));
            }
        }
        assertThat(check.check(routes)).isEmpty();

        edit("- split:", "- splt:");
        assertThat(check.check(routes)).isNotEmpty();
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
    void reportsAllOfAFileAtOnce() throws IOException {
        edit("- split:", "- splt:");
        edit("description: Has", "descripton: Has");
        edit("loggingLevel: WARN", "loggingLevel: LOUD");
        edit("batch.user.customerId", "bacth.user.customerId");
        edit("delay: 1000", "dely: 1000");
        Files.writeString(routes.resolve("mine.camel.yaml"), "");

        assertThat(check.check(routes)).extracting(Problem::sentence).extracting(text -> text.split(" ")[0] + text.split(" ")[1]
                + text.split(" ")[3]).contains("Thefileempty.", "'splt'isknown", "'descripton'isknown", "'loggingLevel'iswhich",
                        "Thereisvariable", "'dely'isparameter");
    }

    @Test
    void saysWhatABeanOfTheTranslationSaysAgainstItsValues() throws IOException {
        edit("    - name: ownJms\n", """
                    - name: ownContacts
                      type: io.github.mparticleintercom.translate.ContactTranslator
                      properties:
                        standardFields: name,role
                    - name: ownJms
                """);

        assertThat(check.check(routes)).singleElement().satisfies(problem -> {
            assertThat(problem.sentence()).isEqualTo("Camel cannot make the bean 'ownContacts': 'role' says who the contact is and"
                    + " cannot be an attribute.");
            assertThat(Files.readAllLines(routes.resolve("own.camel.yaml")).get(problem.line() - 1)).contains("role");
        });
    }

    @Test
    void saysWhereTheBeanIsThatCamelCannotMake() throws Exception {
        Throwable failure = org.assertj.core.api.Assertions.catchThrowable(() -> {
            org.apache.camel.support.PluginHelper.getRoutesLoader(context).loadRoutes(org.apache.camel.support.PluginHelper
                    .getResourceLoader(context).resolveResource("file:" + routes.resolve("own.camel.yaml")));
        });

        assertThat(CamelFailure.isOfRoute(failure)).isTrue();
        assertThat(CamelFailure.problem(failure, routes)).satisfies(problem -> {
            assertThat(problem.sentence()).isEqualTo("Camel cannot make the bean 'ownStock': opened with 4 false.");
            assertThat(Files.readAllLines(routes.resolve("own.camel.yaml")).get(problem.line() - 1)).contains("ownStock");
        });
    }

    @Test
    void listsReasonCodesOfTheEngineersOwn() throws IOException {
        edit("expression: no-identity", "expression: vip-only");

        assertThat(check.check(routes)).isEmpty();
        assertThat(check.notes()).singleElement().satisfies(note -> {
            assertThat(note.sentence()).isEqualTo("'vip-only' is a reason code of your own.");
            assertThat(Files.readAllLines(routes.resolve("own.camel.yaml")).get(note.line() - 1)).contains("vip-only");
        });
    }

    @Test
    void knowsTheSettingsThatARouteNames() {
        check.check(routes);

        assertThat(check.keys()).contains("mparticle-intercom.shop.name");
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
                        - setVariable:
                            name: my.own
                            simple: "${body}"
                        - split:
                            streaming: "{{my.streaming:true}}"
                            simple: ${variable.my.own}
                            steps:
                              - toD: "direct:${header.where}"
                              - delay:
                                  constant: 5
                              - bean:
                                  ref: "#class:java.util.ArrayList"
                              - filter:
                                  simple: "${bean:ownStock?method=take} == 'x' && ${bean:ownStock} != null"
                                  steps:
                                    - stop: {}
                              - setBody:
                                  variable: my.own
                              - removeVariable:
                                  name: what-a-host-brings
                              - log:
                                  message: "${variable.global:theirs.any} ${variable.deadLetter[kind]} ${variable.deadLetter.kind}"
                              - filter:
                                  simple: "${variable.my.own.anything} == 'x' && ${variable.reason} == null"
                                  steps:
                                    - stop: {}
                """);

        assertThat(check.check(routes)).isEmpty();
    }

    @Test
    void namesWhatAVaultNeeds() throws IOException {
        edit("{{mparticle-intercom.shop.name:corner}}", "{{hashicorp:secret:shop}}");
        assertThat(check.check(routes)).extracting(Problem::sentence)
                .containsExactly("{{hashicorp:...}} needs camel-hashicorp-vault on the class path (lib/).");

        context.getPropertiesComponent().addPropertiesFunction(new Vault());
        assertThat(check.check(routes)).isEmpty();
    }

    @Test
    void reportsAPlaceholderWithoutTheSecretBesideIt() throws IOException {
        edit("{{mparticle-intercom.shop.name:corner}}", "hush {{nobody.knows}}");

        assertThat(check.check(routes).stream().map(Problem::toString).collect(Collectors.joining())).contains("{{nobody.knows}}")
                .doesNotContain("hush");
    }

    private void edit(String before, String after) throws IOException {
        Path path = routes.resolve("own.camel.yaml");
        String text = Files.readString(path);
        assertThat(text).contains(before);
        Files.writeString(path, text.replaceFirst(Pattern.quote(before), Matcher.quoteReplacement(after)));
    }

    private static final class Vault implements PropertiesFunction {
        @Override
        public String getName() {
            return "hashicorp";
        }

        @Override
        public String apply(String remainder) {
            return "from the vault";
        }
    }
}
