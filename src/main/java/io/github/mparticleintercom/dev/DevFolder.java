package io.github.mparticleintercom.dev;

import io.github.mparticleintercom.check.RoutesCheck;
import io.github.mparticleintercom.server.Installation;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The route files, the settings and the event mapping at one moment.
 *
 * @param texts what stands in each file
 */
record DevFolder(Map<Path, String> texts) {

    /**
     * As they are now.
     *
     * @param mapping the file of the event mapping; null where there is none
     */
    static DevFolder read(Path mapping) {
        Map<Path, String> texts = new TreeMap<>();
        try (Stream<Path> routes = Files.list(Installation.ROUTES)) {
            Stream<Path> others = Stream.of(Installation.FILE, mapping).filter(Objects::nonNull);
            for (Path path : Stream.concat(routes.filter(DevFolder::isRoutes), others).toList()) {
                // whatever is in it: what is no UTF-8 is for the check to refuse
                texts.put(path, new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
            }
        } catch (NoSuchFileException e) {
            // taken away while we read, as editors do while they save: the next reading finds it
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new DevFolder(texts);
    }

    static boolean isRoutes(Path path) {
        return path.toString().endsWith(".camel.yaml");
    }

    /** What stands in this file; "" where there is none. */
    String text(Path path) {
        return texts.getOrDefault(path, "");
    }

    /** What a route file holds, by the words at its top. */
    Set<String> kinds(Path path) {
        return RoutesCheck.kinds(text(path));
    }

    Properties settings() {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text(Installation.FILE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    /** The files that are not what they were then. */
    Set<Path> changedSince(DevFolder then) {
        Set<Path> changed = new TreeSet<>(texts.keySet());
        changed.addAll(then.texts.keySet());
        changed.removeIf(path -> texts.containsKey(path) && texts.get(path).equals(then.texts.get(path)));
        return changed;
    }
}
