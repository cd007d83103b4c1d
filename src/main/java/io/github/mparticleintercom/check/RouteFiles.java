package io.github.mparticleintercom.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** All route files of a folder, and what stands in them by name. */
final class RouteFiles {

    private final List<RouteFile> files = new ArrayList<>();
    private final List<Spot> spots = new ArrayList<>();
    private final Map<String, Spot> routes = new TreeMap<>();
    private final Map<String, Spot> configurations = new TreeMap<>();
    private final Map<String, Spot> beans = new TreeMap<>();

    /** Reads every route file of the folder and reports those that are no YAML. */
    static RouteFiles read(Path folder, Consumer<Problem> report) {
        RouteFiles read = new RouteFiles();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path path : paths.filter(path -> path.toString().endsWith(".camel.yaml")).sorted().toList()) {
                read.add(folder.getFileName() + "/" + path.getFileName(), path, report);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read;
    }

    private void add(String name, Path path, Consumer<Problem> report) throws IOException {
        RouteFile file;
        try {
            file = RouteFile.read(name, Files.readString(path), report);
        } catch (MalformedInputException e) {
            report.accept(new Problem(name, 0, "The file is not in UTF-8."));
            return;
        }
        if (file != null) {
            files.add(file);
            Spot.root(file).walk(this::remember);
        }
    }

    private void remember(Spot spot) {
        spots.add(spot);
        String id = spot.value().path("id").asText("");
        switch (spot.key()) {
            case "route" -> routes.putIfAbsent(id, spot);
            case "routeConfiguration" -> configurations.putIfAbsent(id, spot);
            case "beans" -> {
                if (spot.value().isObject()) {
                    beans.putIfAbsent(spot.value().path("name").asText(""), spot);
                }
            }
            default -> { }
        }
    }

    List<RouteFile> files() {
        return files;
    }

    /** Every value of every file. */
    List<Spot> spots() {
        return spots;
    }

    /** The routes by their id. */
    Map<String, Spot> routes() {
        return routes;
    }

    /** The route configurations by their id. */
    Map<String, Spot> configurations() {
        return configurations;
    }

    /** The beans by their name. */
    Map<String, Spot> beans() {
        return beans;
    }
}
