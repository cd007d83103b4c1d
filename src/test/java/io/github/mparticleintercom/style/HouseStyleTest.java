package io.github.mparticleintercom.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every route file keeps to, so that an engineer finds the way, Kaoto shows words, and Camel finds no id twice. */
class HouseStyleTest {

    /** One file for each stage or partner. A new one is a decision, which is written down here. */
    private static final Set<String> FILES = Set.of("batch", "beans", "broker", "console", "company", "contact", "contact-recovery",
            "dead-letter", "dead-letters-api", "deliver", "dry-run", "entry", "erasure", "errors", "event", "files", "health", "http",
            "intercom", "jms", "lead", "messenger", "preview", "queue", "tags", "translate-event", "translate-user");

    private static final String PREFIX = "mparticle-intercom-";
    private static final String ENTRY = "direct:mparticle-intercom";
    private static final String OWN_STEPS = "A place for steps of your own";
    /** Routes that are named for what an engineer or Java calls them by, wherever they stand. */
    private static final Pattern NAMED_APART = Pattern.compile("skip-(batch|event)|pause|resume");
    /** The rare answers of Intercom stand beside the table of {@code contact} and {@code event}, which stays one glance. */
    private static final String DETOURS = "contact-recovery";

    /** Delivery's two and what it hands an erasure to, and the preview, which a host without the API calls. */
    private static final Set<String> SWITCHES = Set.of("direct:mparticle-intercom-pause", "direct:mparticle-intercom-resume",
            "direct:mparticle-intercom-erasure-deliver", "direct:mparticle-intercom-preview");

    /** Keys under which steps stand. */
    private static final Set<String> LISTS = Set.of("steps", "when");
    private static final Set<String> LANGUAGES = Set.of("simple", "constant", "method", "jsonpath", "tokenize", "variable", "header");
    /** Steps whose box says what they are for. */
    private static final Set<String> CLEAR = Set.of("choice", "doTry", "doFinally", "transacted");
    private static final int BOX_CHARS = 26;
    private static final Set<String> SCHEMES = Set.of("direct", "file", "timer", "controlbus", "platform-http",
            "mparticleIntercomJms", "mparticleIntercomHttp");

    private static final Pattern SECRET = Pattern.compile("^(user|appId|widgetId|authorization)$|(Token|Key|[pP]assword)$");

    static List<Path> files() throws IOException {
        return RouteFiles.all();
    }

    @Test
    void eachFileIsOneStageOrPartner() throws IOException {
        assertThat(files()).allSatisfy(file -> assertThat(file).isRegularFile().asString().endsWith(".camel.yaml"));
        assertThat(files()).extracting(HouseStyleTest::stage).containsExactlyInAnyOrderElementsOf(FILES);
    }

    @ParameterizedTest
    @MethodSource("files")
    void routesIntroduceThemselves(Path file) throws IOException {
        for (Map<String, Object> entity : RouteFiles.entities(file)) {
            assertThat(entity.keySet()).hasSize(1).isSubsetOf("route", "routeConfiguration", "beans");
            if (entity.get("route") instanceof Map<?, ?> route) {
                assertThat(route.get("description")).as("description of %s", route.get("id")).asString().hasSizeGreaterThan(20);
                assertThat(route.containsKey("nodePrefixId")).isFalse();
                String id = String.valueOf(route.get("id"));
                assertThat(id).startsWith(PREFIX);
                String name = id.substring(PREFIX.length());
                String begin = stage(file).equals(DETOURS) ? "contact" : stage(file);
                assertThat(name.equals(begin) || name.startsWith(begin + "-") || NAMED_APART.matcher(name).matches())
                        .as("%s is named for its file %s", id, file).isTrue();
            }
        }
    }

    /** A nameless one would be for every route of a host, and an unnamed handler would be the host's. */
    @Test
    void everyRouteSaysWhatHappensToItsFailures() throws IOException {
        Set<String> configurations = new TreeSet<>();
        Set<String> named = new TreeSet<>();
        for (Map<String, Object> entity : RouteFiles.entities(RouteFiles.named("errors"))) {
            Map<?, ?> configuration = (Map<?, ?>) entity.get("routeConfiguration");
            assertThat(configuration.get("id")).asString().startsWith(PREFIX).endsWith("-errors");
            assertThat(configuration.get("description")).asString().hasSizeGreaterThan(20);
            assertThat(configuration.containsKey("errorHandler")).as("%s leaves nothing to the host's error handler",
                    configuration.get("id")).isTrue();
            configurations.add(String.valueOf(configuration.get("id")));
        }
        for (Map<?, ?> route : RouteFiles.routes()) {
            for (String configuration : String.valueOf(route.get("routeConfigurationId")).split(",")) {
                assertThat(configurations).as("configuration of %s", route.get("id")).contains(configuration);
                named.add(configuration);
            }
        }
        assertThat(named).as("configurations that a route names").isEqualTo(configurations);
    }

    /**
     * Steps stand where they are used. A route of its own for them needs two callers, a transaction or a handling of failures of
     * its own, which are of a whole route, or to be a place where an engineer adds steps, the public entry, the first route of its
     * file, a detour or a switch.
     */
    @Test
    void noRouteIsDividedWithoutNeed() throws IOException {
        Map<String, Integer> callers = new HashMap<>();
        for (Path file : files()) {
            for (Map<String, Object> entity : RouteFiles.entities(file)) {
                entity.forEach((kind, body) -> walk(body, (key, value) -> {
                    if (key.equals("to") && value instanceof Map<?, ?> to) {
                        callers.merge(String.valueOf(to.get("uri")), 1, Integer::sum);
                    }
                }));
            }
        }
        for (Path file : files()) {
            List<Map<?, ?>> routes = RouteFiles.routes(file);
            for (Map<?, ?> route : routes) {
                String uri = String.valueOf(((Map<?, ?>) route.get("from")).get("uri"));
                if (uri.startsWith("direct:")) {
                    String id = String.valueOf(route.get("id"));
                    assertThat(uri).as("%s is called by its id", id).isEqualTo(id.equals(PREFIX + "entry") ? ENTRY : "direct:" + id);
                    assertThat(callers.getOrDefault(uri, 0) > 1 || isTransaction(route) || handlesFailures(route) || uri.equals(ENTRY)
                            || String.valueOf(route.get("description")).contains(OWN_STEPS) || routes.get(0) == route
                            || stage(file).equals(DETOURS) || SWITCHES.contains(uri))
                            .as("%s has another reason to be a route than one caller", id).isTrue();
                }
            }
        }
    }

    @Test
    void everyCallFindsItsRoute() throws IOException {
        Set<String> routes = new TreeSet<>();
        RouteFiles.routes().forEach(route -> routes.add(String.valueOf(((Map<?, ?>) route.get("from")).get("uri"))));
        Set<String> called = new TreeSet<>();
        for (Path file : files()) {
            RouteFiles.entities(file).forEach(entity -> walk(entity, (key, value) -> {
                if (key.equals("uri") && value.toString().startsWith("direct:")) {
                    called.add(value.toString());
                }
            }));
        }
        assertThat(routes).containsAll(called);
    }

    /** An engineer looks for these first. */
    @Test
    void placesForOwnStepsSaySo() throws IOException {
        assertThat(RouteFiles.routes()).filteredOn(route -> String.valueOf(route.get("id"))
                .matches(PREFIX + "(skip-.*|dead-letter-(batch|event|request))")).hasSize(5)
                .allSatisfy(route -> assertThat(route.get("description")).asString().endsWith(OWN_STEPS));
    }

    /** Camel compares the ids that are written, a host's too, and Kaoto shows none of them. */
    @ParameterizedTest
    @MethodSource("files")
    void onlyWhatIsNamedElsewhereHasAnId(Path file) throws IOException {
        for (Map<String, Object> entity : RouteFiles.entities(file)) {
            entity.forEach((kind, body) -> {
                if (!kind.equals("beans")) {
                    walk(body, (key, value) -> {
                        if (value instanceof Map<?, ?> step && step.containsKey("id")) {
                            assertThat(key).as("what has the id %s", step.get("id")).isEqualTo("onException");
                            assertThat(step.get("id")).asString().startsWith(PREFIX + "on-");
                            assertThat(step.get("description")).as("description of %s", step.get("id")).isNotNull();
                        }
                    });
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyBoxSaysWhatItIsFor(Path file) throws IOException {
        List<String> wordless = new ArrayList<>();
        for (Map<String, Object> entity : RouteFiles.entities(file)) {
            walk(entity, (key, value) -> {
                if (LISTS.contains(key)) {
                    for (Object step : (List<?>) value) {
                        ((Map<?, ?>) step).forEach((kind, body) -> {
                            if (key.equals("steps")) {
                                checkBox(kind.toString(), body, wordless);
                            }
                        });
                        if (key.equals("when")) {
                            checkBox("when", step, wordless);
                        }
                    }
                }
                if (key.equals("otherwise")) {
                    checkBox("otherwise", value, wordless);
                }
            });
        }
        assertThat(wordless).as("boxes in %s without a description of at most %s characters", file, BOX_CHARS).isEmpty();
    }

    private static void checkBox(String kind, Object body, List<String> wordless) {
        Object description = body instanceof Map<?, ?> step ? step.get("description") : null;
        if (description == null ? !CLEAR.contains(kind) : description.toString().length() > BOX_CHARS) {
            wordless.add(kind + ": " + body);
        }
    }

    /** Camel makes the beans of a file from the top down, and loads the files in no sure order. */
    @ParameterizedTest
    @MethodSource("files")
    void beansNameOnlyBeansAboveThem(Path file) throws IOException {
        Set<Object> above = new TreeSet<>();
        for (Map<String, Object> entity : RouteFiles.entities(file)) {
            if (entity.get("beans") instanceof List<?> beans) {
                for (Object bean : beans) {
                    walk(bean, (key, value) -> {
                        if (value.toString().startsWith("#bean:")) {
                            assertThat(above).contains(value.toString().substring(6));
                        }
                    });
                    above.add(((Map<?, ?>) bean).get("name"));
                }
            }
        }
    }

    /** What a value is for stands beside it. Arguments by place are for what a factory method or a limiter cannot do without. */
    @ParameterizedTest
    @MethodSource("files")
    void beansTakeTheirSettingsByName(Path file) throws IOException {
        for (Map<String, Object> entity : RouteFiles.entities(file)) {
            if (entity.get("beans") instanceof List<?> beans) {
                for (Object one : beans) {
                    Map<?, ?> bean = (Map<?, ?>) one;
                    assertThat(bean.get("name")).asString().matches("(mparticle|intercom)[A-Z]\\w+");
                    assertThat(!bean.containsKey("constructors") || bean.containsKey("factoryMethod")
                            || bean.get("name").equals("intercomRateLimit")).as("%s has no constructors", bean.get("name")).isTrue();
                }
            }
        }
    }

    /** Camel resolves what it sets a second time, and then loses a backslash in the last two characters, of a password for one. */
    @ParameterizedTest
    @MethodSource("files")
    void nothingIsLostAtTheEndOfSecrets(Path file) throws IOException {
        for (Map<String, Object> entity : RouteFiles.entities(file)) {
            if (entity.get("beans") instanceof List<?> beans) {
                beans.forEach(bean -> ((Map<?, ?>) bean).forEach((part, values) -> walk(part.equals("properties") ? values : "",
                        (key, value) -> {
                            if (SECRET.matcher(key.toString()).find()) {
                                assertThat(value.toString()).as("%s in %s", key, file).endsWith("}}  ");
                            }
                        })));
            }
        }
    }

    /** The explicit form, which designers write back: a step is a map, an expression says its language, options are parameters. */
    @ParameterizedTest
    @MethodSource("files")
    void nothingIsShortened(Path file) throws IOException {
        for (Map<String, Object> entity : RouteFiles.entities(file)) {
            if (!entity.containsKey("beans")) {
                walk(entity, HouseStyleTest::assertExplicit);
            }
        }
    }

    private static void assertExplicit(Object key, Object value) {
        if (LISTS.contains(key)) {
            assertThat((List<?>) value).allSatisfy(step -> assertThat(step).isInstanceOf(Map.class));
        }
        if (key.equals("expression") && value instanceof Map<?, ?> expression) {
            assertThat(expression.keySet()).hasSize(1);
            assertThat(LANGUAGES).containsAll(expression.keySet().stream().map(Object::toString).toList());
            expression.forEach((language, text) -> assertThat(text).as("%s", language).isInstanceOf(Map.class));
        }
        if (key.equals("uri")) {
            assertThat(value.toString()).doesNotContain("?").as("a route's name stands on the line of its call").isNotEqualTo("direct");
            assertThat(SCHEMES).contains(value.toString().split(":", 2)[0]);
        }
    }

    private static String stage(Path file) {
        return file.getFileName().toString().replace(".camel.yaml", "");
    }

    private static boolean isTransaction(Map<?, ?> route) {
        Object first = ((List<?>) ((Map<?, ?>) route.get("from")).get("steps")).get(0);
        return ((Map<?, ?>) first).containsKey("transacted");
    }

    private static boolean handlesFailures(Map<?, ?> route) {
        return !String.valueOf(route.get("routeConfigurationId")).equals(PREFIX + "caller-errors");
    }

    /** Visits everything that stands under a key, however deep. */
    private static void walk(Object node, BiConsumer<Object, Object> visitor) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                visitor.accept(key, value == null ? "" : value);
                walk(value, visitor);
            });
        } else if (node instanceof List<?> list) {
            list.forEach(element -> walk(element, visitor));
        }
    }
}
