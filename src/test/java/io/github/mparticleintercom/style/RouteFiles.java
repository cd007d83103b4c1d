package io.github.mparticleintercom.style;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The files in {@code routes/}. */
public final class RouteFiles {

    private RouteFiles() {
    }

    /** All of them, by name. */
    public static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.sorted().toList();
        }
    }

    /** The text of each, by name. */
    public static Map<String, String> texts() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        for (Path file : all()) {
            texts.put(file.getFileName().toString(), Files.readString(file));
        }
        return texts;
    }

    /** The file of one stage or partner. */
    public static Path named(String stage) {
        return Path.of("routes", stage + ".camel.yaml");
    }

    /** The routes of one file, in its order. */
    public static List<Map<?, ?>> routes(Path file) throws IOException {
        List<Map<?, ?>> routes = new ArrayList<>();
        for (Map<String, Object> entity : entities(file)) {
            if (entity.get("route") instanceof Map<?, ?> route) {
                routes.add(route);
            }
        }
        return routes;
    }

    /** All routes. */
    public static List<Map<?, ?>> routes() throws IOException {
        List<Map<?, ?>> routes = new ArrayList<>();
        for (Path file : all()) {
            routes.addAll(routes(file));
        }
        return routes;
    }

    /** The routes, configurations and beans that a file holds, as it says them. */
    @SuppressWarnings("unchecked")
    public static List<Map<String, Object>> entities(Path file) throws IOException {
        return (List<Map<String, Object>>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    }
}
