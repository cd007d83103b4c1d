package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.style.RouteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every route file keeps to, so that an engineer finds the way and Camel finds no id twice. */
class HouseStyleTest {

    private static final String PREFIX = "mparticle-intercom-";
    private static final String ERRORS = PREFIX + "([a-z]+-)?errors";
    /** Keys under which steps stand that need an id of their own. */
    private static final Set<String> LISTS = Set.of("steps", "when");
    private static final Set<String> LANGUAGES = Set.of("simple", "constant", "jsonpath", "tokenize");

    static List<Path> files() throws IOException {
        return RouteFiles.all();
    }

    /** Nor does it leave a door to a nameless configuration of the host, which is for every route that names none. */
    @ParameterizedTest
    @MethodSource("files")
    void routesIntroduceThemselves(Path file) throws IOException {
        String stage = file.getFileName().toString().replace(".camel.yaml", "");
        for (Map<String, Object> entity : RouteFiles.entities(file)) {
            assertThat(entity.keySet()).hasSize(1).isSubsetOf("route", "routeConfiguration", "beans");
            if (entity.get("route") instanceof Map<?, ?> route) {
                assertThat(route.get("id")).asString().startsWith(PREFIX + stage);
                assertThat(route.get("description")).asString().hasSizeGreaterThan(20);
                assertThat(route.get("routeConfigurationId")).as("what happens to failures of %s", route.get("id"))
                        .asString().matches(ERRORS + "(," + ERRORS + ")*");
            }
            if (entity.get("routeConfiguration") instanceof Map<?, ?> configuration) {
                assertThat(configuration.get("id")).asString().startsWith(PREFIX + stage);
                assertThat(configuration.get("description")).asString().hasSizeGreaterThan(20);
                assertThat(configuration.containsKey("errorHandler")).as("%s leaves nothing to the host's error handler",
                        configuration.get("id")).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyStepHasAnId(Path file) throws IOException {
        List<String> nameless = new ArrayList<>();
        for (Map<String, Object> entity : RouteFiles.entities(file)) {
            if (!entity.containsKey("beans")) {
                walk(entity, (key, value) -> {
                    if (LISTS.contains(key) && value instanceof List<?> steps) {
                        steps.forEach(step -> checkStep((Map<?, ?>) step, nameless));
                    }
                });
            }
        }
        assertThat(nameless).isEmpty();
    }

    /**
     * In full, because Camel compares the ids of a host's steps with these as they stand in the file: with a prefix that Camel
     * adds, a host would not start.
     */
    @ParameterizedTest
    @MethodSource("files")
    void idsAreWrittenWithTheirRoute(Path file) throws IOException {
        for (Map<String, Object> entity : RouteFiles.entities(file)) {
            if (entity.get("route") instanceof Map<?, ?> route) {
                List<String> ids = new ArrayList<>();
                route.forEach((name, value) -> walk(value, (key, id) -> {
                    if (key.equals("id")) {
                        ids.add(id.toString());
                    }
                }));
                assertThat(ids).isNotEmpty().allSatisfy(id -> assertThat(id).startsWith(route.get("id") + "-"));
                assertThat(route.containsKey("nodePrefixId")).isFalse();
            }
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
        if (LANGUAGES.contains(key)) {
            assertThat(value).as("%s", key).isInstanceOf(Map.class);
        }
        if (key.equals("uri")) {
            assertThat(value.toString()).doesNotContain("?");
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void endpointsAndBeansAreOurs(Path file) throws IOException {
        Set<String> schemes = new TreeSet<>();
        for (String line : Files.readAllLines(file)) {
            if (line.strip().startsWith("uri: ")) {
                schemes.add(line.strip().substring(5).split("[:?]")[0]);
            }
        }
        assertThat(schemes).isSubsetOf("direct", "file", "timer", "controlbus", "platform-http", "mparticleIntercomJms",
                "mparticleIntercomHttp");
    }

    /** Tells of everything that stands under a key, however deep. */
    private static void walk(Object node, BiConsumer<Object, Object> visitor) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                visitor.accept(key, value);
                walk(value, visitor);
            });
        } else if (node instanceof List<?> list) {
            list.forEach(element -> walk(element, visitor));
        }
    }

    private static void checkStep(Map<?, ?> step, List<String> nameless) {
        boolean named = step.containsKey("id")
                || step.values().stream().allMatch(value -> value instanceof Map<?, ?> inner && inner.containsKey("id"));
        if (!named) {
            nameless.add(step.toString());
        }
    }
}
