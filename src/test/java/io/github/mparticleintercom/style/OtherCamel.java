package io.github.mparticleintercom.style;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A newer Camel's core beside ours, for its YAML writer. The one of our version fails on every {@code method} expression, writes
 * no description, no {@code errorHandler}, no {@code setHeaders} and nothing within {@code transacted} and
 * {@code routeConfiguration}; Camel has written a new one since.
 */
final class OtherCamel implements AutoCloseable {

    /** Filled by the build. */
    private static final Path JARS = Path.of("target/camel-writer");

    private final URLClassLoader classes;

    OtherCamel() throws IOException {
        Map<String, Path> jars = new LinkedHashMap<>();
        try (Stream<Path> newer = Files.list(JARS)) {
            newer.forEach(jar -> jars.put(artifact(jar), jar));
        }
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            jars.putIfAbsent(artifact(Path.of(entry)), Path.of(entry));
        }
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars.values()) {
            urls.add(jar.toUri().toURL());
        }
        classes = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    /** Its {@link ModelWriter}. */
    @SuppressWarnings("unchecked")
    UnaryOperator<Map<String, String>> writer() throws ReflectiveOperationException {
        Object found = classes.loadClass(ModelWriter.class.getName()).getConstructor().newInstance();
        UnaryOperator<Map<String, String>> writer = (UnaryOperator<Map<String, String>>) found;
        return files -> {
            ClassLoader before = Thread.currentThread().getContextClassLoader();
            Thread.currentThread().setContextClassLoader(classes);
            try {
                return writer.apply(files);
            } finally {
                Thread.currentThread().setContextClassLoader(before);
            }
        };
    }

    private static String artifact(Path jar) {
        return jar.getFileName().toString().replaceFirst("-\\d[^/]*\\.jar$", "");
    }

    @Override
    public void close() throws IOException {
        classes.close();
    }
}
