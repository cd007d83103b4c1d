package io.github.mparticleintercom.check;

import io.github.mparticleintercom.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/**
 * Everything that can be found wrong with a folder's routes and settings without starting or calling anything: what a start, dev mode
 * and the command {@code check} ask before they go on. Every file is read once, at the first question, and the answers stay what they
 * were then.
 */
public final class OfflineCheck {

    private final CamelContext context;
    private final SettingsFile file;
    private final SettingsCheck settings;
    private final Path routes;
    private List<Problem> problems;
    private List<Problem> notes;

    /**
     * A check of a folder.
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
        this.routes = routes;
        file = new SettingsFile(context, settings, environment);
        this.settings = new SettingsCheck(context, file, environment);
    }

    /**
     * Everything that is wrong, each with its place: first what the settings are to blame for, then the event
     * mapping, then the routes by file and line.
     */
    public List<Problem> problems() {
        look();
        return problems;
    }

    /**
     * What works and is worth knowing: reason codes of the engineer's own, platforms without a credential, entries of the event mapping
     * without effect.
     */
    public List<Problem> notes() {
        look();
        return notes;
    }

    private void look() {
        if (problems == null) {
            RoutesCheck check = new RoutesCheck(context);
            List<Problem> found = check.check(routes);
            List<Problem> all = new ArrayList<>(sorted(settings.problems(check.keys())));
            EventMappingCheck mapping = new EventMappingCheck(context, file);
            all.addAll(sorted(mapping.problems()));
            all.addAll(found);
            notes = Stream.of(settings.notes(), mapping.notes(), check.notes()).flatMap(List::stream).toList();
            problems = List.copyOf(all);
        }
    }

    static List<Problem> sorted(List<Problem> problems) {
        return problems.stream().distinct().sorted(Comparator.comparing(Problem::file).thenComparing(Problem::line)).toList();
    }

    /** Every setting of ours, and those of Camel that the file names, with its value and where that comes from. */
    public List<Setting> settings() {
        Set<String> keys = new LinkedHashSet<>(Settings.keys());
        keys.addAll(file.values().keySet());
        return keys.stream().sorted().map(key -> {
            String text = new Placeholders(context).resolve("{{" + key + ":}}").map(String::strip).orElse("?");
            return new Setting(key, text.isEmpty() ? "" : Settings.isSecret(key) ? "***" : Settings.masked(text), file.source(key));
        }).toList();
    }
}
