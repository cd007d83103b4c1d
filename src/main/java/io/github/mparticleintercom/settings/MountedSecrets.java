package io.github.mparticleintercom.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Ordered;
import org.apache.camel.spi.LoadablePropertiesSource;

/**
 * Settings that stand in files of their own, called by their keys, as Kubernetes and Docker mount secrets. They win over the
 * settings file, and environment variables win over them. Camel's own way (camel.main.cloud-properties-location) is there for the
 * start only, fails beside properties that are forced, and takes the end of a line for a part of the secret.
 */
public final class MountedSecrets implements LoadablePropertiesSource, Ordered {

    private static final String FOLDER = Settings.PREFIX + "secrets.folder";
    /** Camel's properties files begin at 100. */
    private static final int BEFORE_FILES = 50;

    private final Path folder;

    private MountedSecrets(Path folder) {
        this.folder = folder;
    }

    /** Gives a context, which has its other settings already, those of the folder that they name, if they name one. */
    public static void addTo(CamelContext context) {
        context.getPropertiesComponent().resolveProperty(FOLDER).map(String::strip).filter(name -> !name.isEmpty())
                .ifPresent(name -> context.getPropertiesComponent().addPropertiesSource(new MountedSecrets(Path.of(name))));
    }

    /** The file in which this context finds a setting, if it is not set in the environment; empty where there is none. */
    public static Optional<Path> file(CamelContext context, String key) {
        return context.getPropertiesComponent().getPropertiesSource(FOLDER) instanceof MountedSecrets secrets
                ? secrets.file(key) : Optional.empty();
    }

    @Override
    public String getName() {
        return FOLDER;
    }

    @Override
    public int getOrder() {
        return BEFORE_FILES;
    }

    /** The text of the file without the ends of lines behind it; null where there is none. */
    @Override
    public String getProperty(String key) {
        return file(key).map(file -> read(key, file)).orElse(null);
    }

    @Override
    public Properties loadProperties() {
        return loadProperties(key -> true);
    }

    @Override
    public Properties loadProperties(Predicate<String> filter) {
        Properties found = new Properties();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.map(file -> file.getFileName().toString()).filter(filter)
                        .forEach(key -> file(key).ifPresent(file -> found.put(key, read(key, file))));
            } catch (IOException e) {
                throw new SettingsException(FOLDER + " is '" + folder + "', which cannot be read.");
            }
        }
        return found;
    }

    @Override
    public void reloadProperties(String location) {
        // they are read whenever they are asked for
    }

    /** Kubernetes keeps folders with names of its own beside the files. */
    private Optional<Path> file(String key) {
        if (!key.matches("[A-Za-z][\\w.-]*")) {
            return Optional.empty();
        }
        return Optional.of(folder.resolve(key)).filter(Files::isRegularFile);
    }

    private static String read(String key, Path file) {
        try {
            return Files.readString(file).replaceAll("[\\r\\n]+$", "");
        } catch (IOException e) {
            throw new SettingsException(key + " stands in " + file + ", which cannot be read.");
        }
    }
}
