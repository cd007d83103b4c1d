package io.github.mparticleintercom.check;

import io.github.mparticleintercom.settings.MountedSecrets;
import io.github.mparticleintercom.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/**
 * A setting as it takes effect.
 *
 * @param key   its key
 * @param value its value; *** for a secret
 * @param from  where it was set
 */
public record Setting(String key, String value, String from) {

    /** All of ours, and those of Camel that the file names. */
    static List<Setting> all(CamelContext context, SettingsFile file, Map<String, String> environment) {
        Stream<String> others = file.values().keySet().stream().filter(key -> !key.startsWith(Settings.PREFIX));
        return Stream.concat(Settings.keys().stream(), others)
                .sorted().map(key -> of(key, context, file, environment)).toList();
    }

    private static Setting of(String key, CamelContext context, SettingsFile file, Map<String, String> environment) {
        String text = resolve(context, key);
        return new Setting(key, text.isEmpty() ? "" : Settings.isSecret(key) ? "***" : Settings.masked(text),
                source(key, context, file, environment));
    }

    /** In the order in which Camel looks. */
    private static String source(String key, CamelContext context, SettingsFile file, Map<String, String> environment) {
        if (environment.containsKey(Variables.of(key))) {
            return "environment variable " + Variables.of(key);
        }
        if (System.getProperty(key) != null) {
            return "system property -D" + key;
        }
        Optional<Path> mounted = MountedSecrets.file(context, key);
        if (mounted.isPresent()) {
            return "file " + mounted.get();
        }
        Integer line = file.lines().get(key);
        return line == null ? "default" : file.name() + ":" + line;
    }

    private static String resolve(CamelContext context, String key) {
        try {
            return context.resolvePropertyPlaceholders("{{" + key + ":}}").strip();
        } catch (IllegalArgumentException e) {
            return "?";
        }
    }
}
