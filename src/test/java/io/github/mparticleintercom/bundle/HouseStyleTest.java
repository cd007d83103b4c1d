package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What every route file keeps to, so that an engineer finds the way and Camel finds no id twice. */
class HouseStyleTest {

    private static final String PREFIX = "mparticle-intercom-";
    /** Keys under which steps stand that need an id of their own. */
    private static final Set<String> LISTS = Set.of("steps", "when");
    private static final Set<String> LANGUAGES = Set.of("simple", "constant", "jsonpath", "tokenize");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.sorted().toList();
        }
    }

    /** Nor does it leave a door to a nameless configuration of the host, which is for every route that names none. */
    @ParameterizedTest
    @MethodSource("files")
    void routesIntroduceThemselves(Path file) throws IOException {
        String stage = file.getFileName().toString().replace(".camel.yaml", "");
        for (Map<String, Object> entity : entities(file)) {
            assertThat(entity.keySet()).hasSize(1).isSubsetOf("route", "routeConfiguration", "beans");
            if (entity.get("route") instanceof Map<?, ?> route) {
                assertThat(route.get("id")).asString().startsWith(PREFIX + stage);
                assertThat(route.get("description")).asString().hasSizeGreaterThan(20);
                assertThat(route.get("routeConfigurationId")).as("what happens to failures of %s", route.get("id"))
                        .asString().matches(PREFIX + "([a-z]+-)?errors");
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
        for (Map<String, Object> entity : entities(file)) {
            if (!entity.containsKey("beans")) {
                collectNameless(entity, nameless);
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
        for (Map<String, Object> entity : entities(file)) {
            if (entity.get("route") instanceof Map<?, ?> route) {
                List<String> ids = new ArrayList<>();
                route.forEach((key, value) -> collectIds(value, ids));
                assertThat(ids).isNotEmpty().allSatisfy(id -> assertThat(id).startsWith(route.get("id") + "-"));
                assertThat(route.containsKey("nodePrefixId")).isFalse();
            }
        }
    }

    /** The explicit form, which designers write back: a step is a map, an expression says its language, options are parameters. */
    @ParameterizedTest
    @MethodSource("files")
    void nothingIsShortened(Path file) throws IOException {
        for (Map<String, Object> entity : entities(file)) {
            if (!entity.containsKey("beans")) {
                assertExplicit(entity);
            }
        }
    }

    private static void assertExplicit(Object node) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (LISTS.contains(key)) {
                    assertThat((List<?>) value).allSatisfy(step -> assertThat(step).isInstanceOf(Map.class));
                }
                if (LANGUAGES.contains(key)) {
                    assertThat(value).as("%s in %s", key, map).isInstanceOf(Map.class);
                }
                if (key.equals("uri")) {
                    assertThat(value.toString()).doesNotContain("?");
                }
                assertExplicit(value);
            });
        } else if (node instanceof List<?> list) {
            list.forEach(HouseStyleTest::assertExplicit);
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

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> entities(Path file) throws IOException {
        return (List<Map<String, Object>>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    }

    private static void collectIds(Object node, List<String> ids) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (key.equals("id")) {
                    ids.add(value.toString());
                }
                collectIds(value, ids);
            });
        } else if (node instanceof List<?> list) {
            list.forEach(element -> collectIds(element, ids));
        }
    }

    private static void collectNameless(Object node, List<String> nameless) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (LISTS.contains(key) && value instanceof List<?> steps) {
                    steps.forEach(step -> checkStep((Map<?, ?>) step, nameless));
                }
                collectNameless(value, nameless);
            });
        } else if (node instanceof List<?> list) {
            list.forEach(element -> collectNameless(element, nameless));
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
