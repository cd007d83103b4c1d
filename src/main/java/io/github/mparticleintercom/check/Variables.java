package io.github.mparticleintercom.check;

import io.github.mparticleintercom.settings.NearestKey;
import io.github.mparticleintercom.settings.Settings;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The environment variables that stand for settings. */
final class Variables {

    private static final String PREFIX = of(Settings.PREFIX);
    /** What the start script and the log settings read themselves. */
    private static final Set<String> OF_THE_START = Set.of(PREFIX + "AUDIT_FILE", PREFIX + "LOG_FORMAT", PREFIX + "TRACES");
    /** What Kubernetes tells every container of a service that is called as we are; name and value. */
    private static final Pattern OF_KUBERNETES =
            Pattern.compile(".*_SERVICE_(HOST|PORT(_.*)?)=.*|.*_PORT_\\d+_(TCP|UDP|SCTP)(_.*)?=.*|.*_PORT=(tcp|udp|sctp)://.*");

    private Variables() {
    }

    /** The name of the environment variable that stands for this key. */
    static String of(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    /**
     * Finds the names that look like ours and stand for nothing.
     *
     * @param environment the variables
     * @param values      the values of the settings file, which may name further variables
     * @param problems    takes a sentence for each, with the name that was probably meant
     */
    static void check(Map<String, String> environment, Collection<String> values, Consumer<String> problems) {
        Set<String> known = Stream.concat(Settings.keys().stream().map(Variables::of), OF_THE_START.stream())
                .collect(Collectors.toSet());
        for (String name : new TreeSet<>(environment.keySet())) {
            if (name.startsWith(PREFIX) && !known.contains(name)
                    && !OF_KUBERNETES.matcher(name + "=" + environment.get(name)).matches()
                    && values.stream().noneMatch(value -> value.contains("env:" + name))) {
                problems.accept("environment variable " + name + " stands for no setting; did you mean "
                        + NearestKey.of(name, known) + "?");
            }
        }
    }
}
