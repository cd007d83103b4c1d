package io.github.mparticleintercom.cli;

import io.github.mparticleintercom.server.Installation;
import io.github.mparticleintercom.server.StoredSettings;
import io.github.mparticleintercom.settings.Settings;
import io.github.mparticleintercom.settings.SettingsException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The few settings that a command needs to call the running program, read as Camel reads them but without making a Camel
 * context, which takes longer than the whole call. What only Camel can look up, such as a secret in a vault, it is asked for.
 */
final class ClientSettings {

    private static final String SECRETS = Settings.PREFIX + "secrets.folder";
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([^{}]*)}}");
    private static final int MOST_STEPS = 100;

    private final Properties file = new Properties();
    private final UnaryOperator<String> environment;

    private ClientSettings(UnaryOperator<String> environment) {
        this.environment = environment;
    }

    /**
     * Those of a properties file.
     *
     * @param path        the file
     * @param environment gives the value of an environment variable; null where it is not set
     * @throws SettingsException when the file cannot be read
     */
    static ClientSettings read(Path path, UnaryOperator<String> environment) {
        ClientSettings settings = new ClientSettings(environment);
        try (Reader reader = Files.newBufferedReader(path)) {
            settings.file.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new SettingsException("Cannot read " + path.toAbsolutePath());
        }
        return settings;
    }

    /** Those of the installation folder. */
    static ClientSettings ofInstallation() {
        return read(Installation.FILE, System::getenv);
    }

    /**
     * The value of a key.
     *
     * @param key       the whole key
     * @param otherwise what it is where it is not set
     */
    String get(String key, String otherwise) {
        String text = raw(key);
        if (text == null) {
            return otherwise;
        }
        for (int step = 0; step < MOST_STEPS; step++) {
            Matcher placeholder = PLACEHOLDER.matcher(text);
            if (!placeholder.find()) {
                return text.strip();
            }
            String value = inside(placeholder.group(1));
            if (value == null) {
                return asCamelDoes(key);
            }
            text = text.substring(0, placeholder.start()) + value + text.substring(placeholder.end());
        }
        throw new SettingsException(key + " names itself.");
    }

    /** In the order in which Camel looks. */
    private String raw(String key) {
        String variable = environment.apply(key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"));
        if (variable != null) {
            return variable;
        }
        if (System.getProperty(key) != null) {
            return System.getProperty(key);
        }
        String mounted = key.equals(SECRETS) ? null : mounted(key);
        return mounted == null ? file.getProperty(key) : mounted;
    }

    private String mounted(String key) {
        String folder = get(SECRETS, "");
        Path secret = Path.of(folder).resolve(key);
        if (folder.isEmpty() || !Files.isRegularFile(secret)) {
            return null;
        }
        try {
            return Files.readString(secret).replaceAll("[\\r\\n]+$", "");
        } catch (IOException e) {
            throw new SettingsException(key + " stands in " + secret + ", which cannot be read.");
        }
    }

    /** What a placeholder stands for; null where it is none of the plain kinds. */
    private String inside(String words) {
        String[] parts = words.split(":", 2);
        String otherwise = parts.length == 2 ? parts[1] : null;
        if (words.startsWith("env:") || words.startsWith("sys:")) {
            String[] named = parts[1].split(":", 2);
            String value = words.startsWith("env:") ? environment.apply(named[0]) : System.getProperty(named[0]);
            return value != null ? value : named.length == 2 ? named[1] : null;
        }
        String value = raw(parts[0]);
        // no key of ours or Camel's is a single word, as the functions are that ask vaults
        return value == null && parts[0].contains(".") ? otherwise : value;
    }

    private static String asCamelDoes(String key) {
        try (StoredSettings settings = StoredSettings.unchecked()) {
            return settings.context().resolvePropertyPlaceholders("{{" + key + "}}  ").strip();
        } catch (IllegalArgumentException e) {
            throw new SettingsException(key + " has a placeholder that stands for nothing.");
        }
    }
}
