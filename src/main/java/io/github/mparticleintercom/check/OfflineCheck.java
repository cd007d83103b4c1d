package io.github.mparticleintercom.check;

import io.github.mparticleintercom.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;

/** Everything that can be found wrong with a folder's routes and settings without starting or calling anything. */
public final class OfflineCheck {

    private final CamelContext context;
    private final SettingsFile file;
    private final Path routes;

    /**
     * A check of a folder.
     *
     * @param context  resolves the settings; it need not be started
     * @param settings the properties file
     * @param routes   the folder of the route files
     */
    public OfflineCheck(CamelContext context, Path settings, Path routes) {
        this.context = context;
        this.file = SettingsFile.read(settings);
        this.routes = routes;
    }

    /** Everything that is wrong; empty if all is well. */
    public List<Problem> problems() {
        List<Problem> problems = new ArrayList<>(settingsProblems());
        problems.addAll(new RoutesCheck(context).check(routes));
        return problems;
    }

    /** Every setting with its value and where that comes from. */
    public List<Setting> settings() {
        return Setting.all(context, file, System.getenv());
    }

    private List<Problem> settingsProblems() {
        Set<String> names = new TreeSet<>(context.getPropertiesComponent()
                .loadProperties(key -> key.startsWith(Settings.PREFIX)).stringPropertyNames());
        List<Problem> problems = new ArrayList<>();
        for (String name : names) {
            Settings.unknown(name).ifPresent(sentence -> problems.add(file.problem(name, sentence)));
        }
        Variables.check(System.getenv(), file.values().values(), sentence -> problems.add(Problem.of(sentence)));
        List<Problem> lost = new ArrayList<>();
        PlaceholderRule placeholders = new PlaceholderRule(context);
        file.values().forEach((key, value) -> placeholders.check(value, sentence ->
                lost.add(file.problem(key, key + ": " + sentence))));
        problems.addAll(lost);
        if (lost.isEmpty()) {
            new Settings(key -> context.resolvePropertyPlaceholders("{{" + key + ":}}")).problems()
                    .forEach(sentence -> problems.add(Problem.of(sentence)));
        }
        return problems;
    }
}
