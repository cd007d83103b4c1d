package io.github.mparticleintercom.check;

import io.github.mparticleintercom.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/**
 * Everything that can be found wrong with a folder's routes and settings without starting or calling anything: what a start, dev mode
 * and the command {@code check} ask before they go on. Every file is read once, and the answers stay what they were then.
 */
public final class OfflineCheck {

    private final CamelContext context;
    private final SettingsFile file;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> notes;

    /**
     * A setting as it takes effect.
     *
     * @param key   its key
     * @param value its value; *** for a secret
     * @param from  where it was set
     */
    public record Setting(String key, String value, String from) {
    }

    /**
     * Checks a folder.
     *
     * @param context  resolves the settings and knows further beans; it need not be started
     * @param settings the properties file
     * @param routes   the folder of the route files
     */
    public OfflineCheck(CamelContext context, Path settings, Path routes) {
        this(context, settings, routes, System.getenv());
    }

    OfflineCheck(CamelContext context, Path settings, Path routes, Map<String, String> environment) {
        this.context = context;
        file = new SettingsFile(context, settings, environment);
        RoutesCheck routesCheck = new RoutesCheck(context);
        List<Problem> ofRoutes = routesCheck.check(routes);
        SettingsCheck settingsCheck = new SettingsCheck(context, file, environment);
        problems.addAll(Problem.sorted(settingsCheck.problems(routesCheck.keys())));
        EventMappingCheck mapping = new EventMappingCheck(context, file);
        problems.addAll(Problem.sorted(mapping.problems()));
        problems.addAll(ofRoutes);
        notes = Stream.of(settingsCheck.notes(), mapping.notes(), routesCheck.notes()).flatMap(List::stream).toList();
    }

    /**
     * What keeps Java from reading a properties file at all, so that there are no settings to check; nothing where it can be read or
     * is absent.
     */
    public static List<Problem> unreadable(Path settings) {
        return SettingsFile.unreadable(settings);
    }

    /**
     * A sentence as a problem with the setting with whose key it begins.
     *
     * @param context  resolves the settings; it need not be started
     * @param settings the properties file
     */
    public static Problem placed(CamelContext context, Path settings, String sentence) {
        return new SettingsFile(context, settings, System.getenv()).problem(sentence.replaceFirst("(?s)[: ].*", ""), sentence);
    }

    /**
     * Everything that is wrong, each with its place: first what the settings are to blame for, then the event
     * mapping, then the routes by file and line.
     */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * What works and is worth knowing: reason codes of the engineer's own, platforms without a credential, entries of the event mapping
     * without effect.
     */
    public List<Problem> notes() {
        return notes;
    }

    /** Every setting of ours, and those of Camel that the file names, with its value and where that comes from. */
    public List<Setting> settings() {
        Set<String> keys = new LinkedHashSet<>(Settings.keys());
        keys.addAll(file.values().keySet());
        Placeholders placeholders = new Placeholders(context);
        return keys.stream().sorted().map(key -> {
            String text = placeholders.resolve("{{" + key + ":}}").map(String::strip).orElse("?");
            return new Setting(key, text.isEmpty() ? "" : Settings.isSecret(key) ? "***" : Settings.masked(text), file.source(key));
        }).toList();
    }
}
