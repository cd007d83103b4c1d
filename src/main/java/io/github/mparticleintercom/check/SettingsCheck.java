package io.github.mparticleintercom.check;

import io.github.mparticleintercom.settings.NearestKey;
import io.github.mparticleintercom.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/** The settings: each is one that somebody reads, and holds what it may, whether it comes from the file, the environment or a secret. */
final class SettingsCheck {

    private static final String PREFIX = Settings.variable(Settings.PREFIX);
    /** What the start script and the log settings read themselves. */
    private static final Set<String> OF_THE_START = Set.of(PREFIX + "AUDIT_FILE", PREFIX + "CACHE", PREFIX + "LOG_FORMAT",
            PREFIX + "TRACES");
    /** What Kubernetes tells every container of a service that is called as we are; name and value. */
    private static final Pattern OF_KUBERNETES =
            Pattern.compile(".*_SERVICE_(HOST|PORT(_.*)?)=.*|.*_PORT_\\d+_(TCP|UDP|SCTP)(_.*)?=.*|.*_PORT=(tcp|udp|sctp)://.*");

    private final CamelContext context;
    private final SettingsFile file;
    private final Map<String, String> environment;
    private final Settings settings;

    /** A check of what this context, which need not be started, knows from this file and this environment. */
    SettingsCheck(CamelContext context, SettingsFile file, Map<String, String> environment) {
        this.context = context;
        this.file = file;
        this.environment = environment;
        settings = new Settings(key -> new Placeholders(context).resolve("{{" + key + ":}}").orElse(""));
    }

    /**
     * Everything that is wrong.
     *
     * @param named the keys that the routes name: an engineer's own settings are among them
     */
    List<Problem> problems(Set<String> named) {
        List<Problem> problems = new ArrayList<>(file.repeated());
        Set<String> known = new TreeSet<>(Settings.keys());
        known.addAll(named);
        for (String key : new TreeSet<>(context.getPropertiesComponent().loadProperties(name -> name.startsWith(Settings.PREFIX))
                .stringPropertyNames())) {
            if (!known.contains(key)) {
                problems.add(file.problem(key, key + " is not a setting" + NearestKey.meant(key, known)
                        .map(near -> "; did you mean " + near + "?").orElse(", and no route names it.")));
            }
        }
        file.values().keySet().stream().filter(key -> !known.contains(key)).forEach(key ->
                withoutPrefix(key).ifPresent(sentence -> problems.add(file.problem(key, sentence))));
        variables(known, problems::add);
        ofCamel(problems::add);
        boolean lost = false;
        Placeholders placeholders = new Placeholders(context);
        Map<String, String> values = new TreeMap<>(file.values());
        known.stream().filter(key -> environment.containsKey(Settings.variable(key)))
                .forEach(key -> values.put(key, environment.get(Settings.variable(key))));
        for (Map.Entry<String, String> value : values.entrySet()) {
            for (String sentence : placeholders.sentences(value.getValue()).keySet()) {
                lost = true;
                problems.add(file.problem(value.getKey(), value.getKey() + ": " + sentence));
            }
        }
        if (!lost) {
            settings.problems().forEach(problem -> problems.add(file.problem(problem.key(), problem.sentence())));
        }
        return problems;
    }

    /** What works, and is worth knowing. */
    List<Problem> notes() {
        return settings.notes().stream().map(note -> file.problem(note.key(), note.sentence())).toList();
    }

    /** A key that is ours but for its beginning: nobody reads it. */
    private static Optional<String> withoutPrefix(String key) {
        String whole = Settings.PREFIX + key;
        if (Settings.keys().contains(whole)) {
            return Optional.of(key + " has no effect without our prefix; did you mean " + whole + "?");
        }
        // what belongs to Camel, the log or other programs is their business
        return key.matches("(camel|quarkus|spring|logging|management|server)\\..*") || key.startsWith(Settings.PREFIX) ? Optional.empty()
                : Settings.keys().stream().filter(ours -> key.endsWith(ours.substring(Settings.PREFIX.length() - 1)))
                        .filter(ours -> NearestKey.near(key.substring(0, key.length() - ours.length() + Settings.PREFIX.length()),
                                List.of(Settings.PREFIX)).isPresent() || key.replaceAll("[^a-z]", "").equals(ours.replaceAll("[^a-z]", "")))
                        .findFirst().or(() -> NearestKey.near(key, Settings.keys()).filter(near -> !key.contains("{")))
                        .map(ours -> key + " is not a setting; did you mean " + ours + "?");
    }

    /** Variables of the environment that look like ours and stand for nothing. */
    private void variables(Set<String> keys, Consumer<Problem> report) {
        Set<String> known = Stream.concat(keys.stream().map(Settings::variable), OF_THE_START.stream()).collect(Collectors.toSet());
        for (String name : new TreeSet<>(environment.keySet())) {
            if (name.startsWith(PREFIX) && !known.contains(name)
                    && !OF_KUBERNETES.matcher(name + "=" + environment.get(name)).matches()
                    && file.values().values().stream().noneMatch(value -> value.contains("env:" + name))) {
                report.accept(SettingsFile.ofVariable(name, "It stands for no setting" + NearestKey.meant(name, known)
                        .map(near -> "; did you mean " + near + "?").orElse(".")));
            }
        }
    }

    /** The settings of Camel, in the file and elsewhere, and the variables that it takes by itself. */
    private void ofCamel(Consumer<Problem> report) {
        CamelSettings camel = new CamelSettings(context);
        Map<String, String> written = camel.written();
        written.forEach((key, value) -> camel.fault(key, value, name -> name).ifPresent(sentence -> report.accept(file.problem(key, key + sentence))));
        Map<String, String> byVariable = new TreeMap<>();
        written.forEach((key, value) -> byVariable.put(Settings.variable(key), value));
        new TreeMap<>(environment).forEach((name, value) -> {
            Optional<String> sentence = camel.key(name).flatMap(key -> camel.fault(key, value, Settings::variable)).or(() -> camel.nearestVariable(name)
                    .map(near -> " stands for no setting of Camel's; did you mean " + near + "?"));
            if (name.endsWith("_PORT") && byVariable.containsKey(name) && !byVariable.get(name).contains("env:" + name)
                    && !OF_KUBERNETES.matcher(name + "=" + value).matches()) {
                sentence = Optional.of(" has no effect: Camel leaves out variables that end in _PORT.");
            }
            sentence.ifPresent(text -> report.accept(SettingsFile.ofVariable(name, "It" + text)));
        });
    }
}
