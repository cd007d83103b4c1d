package io.github.mparticleintercom.check;

import io.github.mparticleintercom.settings.MountedSecrets;
import io.github.mparticleintercom.settings.Settings;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;

/** The properties file and all else that settings come from, so that of each can be said where it stands. */
final class SettingsFile {

    private static final Pattern KEY = Pattern.compile("\\s*([^#!\\s=:][^\\s=:]*)(\\s*[=:]|\\s|$).*");

    private static final Pattern COMMENT = Pattern.compile("\\s*[#!].*");
    private static final Pattern CONTINUED = Pattern.compile(".*(?<!\\\\)(\\\\\\\\)*\\\\");
    /** What stands for no character. In a comment nobody minds. */
    private static final Pattern BAD_ESCAPE = Pattern.compile("(?<!\\\\)(\\\\\\\\)*\\\\u(?![0-9a-fA-F]{4})");

    private final CamelContext context;
    private final Map<String, String> environment;
    private final String name;
    private final Map<String, String> values = new TreeMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final List<Problem> repeated = new ArrayList<>();

    /**
     * Reads the file; an absent one is empty.
     *
     * @param context     resolves the settings; it need not be started
     * @param path        the properties file
     * @param environment the environment variables
     */
    SettingsFile(CamelContext context, Path path, Map<String, String> environment) {
        this.context = context;
        this.environment = environment;
        name = path.getFileName().toString();
        if (Files.exists(path)) {
            try {
                read(Files.readString(path));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The lines for which Java, and Camel with it, would read nothing of this file; an absent one has none. */
    static List<Problem> unreadable(Path path) {
        List<Problem> problems = new ArrayList<>();
        boolean continued = false;
        try {
            List<String> texts = Files.exists(path) ? Files.readString(path).lines().toList() : List.of();
            for (int i = 0; i < texts.size(); i++) {
                boolean comment = !continued && COMMENT.matcher(texts.get(i)).matches();
                if (!comment && BAD_ESCAPE.matcher(texts.get(i)).find()) {
                    problems.add(new Problem(path.getFileName().toString(), i + 1,
                            "\\u is followed by no four hexadecimal digits; a backslash itself is written \\\\."));
                }
                continued = !comment && CONTINUED.matcher(texts.get(i)).matches();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return problems;
    }

    private void read(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        boolean continued = false;
        List<String> texts = text.lines().toList();
        for (int i = 0; i < texts.size(); i++) {
            Matcher key = KEY.matcher(texts.get(i));
            if (!continued && key.matches()) {
                Integer before = lines.put(key.group(1), i + 1);
                if (before != null) {
                    // the last line of a key is the one that counts
                    repeated.add(new Problem(name, i + 1, key.group(1) + " stands in line " + before + " already."));
                }
            }
            continued = !COMMENT.matcher(texts.get(i)).matches() && CONTINUED.matcher(texts.get(i)).matches();
        }
    }

    /** What stands in the file, by key. */
    Map<String, String> values() {
        return values;
    }

    /** The keys that stand in it twice. */
    List<Problem> repeated() {
        return repeated;
    }

    /** The line of this key in the file; 0 where it is not in it. */
    int line(String key) {
        return lines.getOrDefault(key, 0);
    }

    /** A problem with a setting, at the place from which its value comes; at the top of the file where it stands nowhere. */
    Problem problem(String key, String sentence) {
        return elsewhere(key).map(place -> new Problem(place, 0, sentence))
                .orElseGet(() -> new Problem(name, lines.getOrDefault(key, 1), sentence));
    }

    /** Where a setting comes from, for a person. */
    String source(String key) {
        return elsewhere(key).orElseGet(() -> lines.containsKey(key) ? name + ":" + lines.get(key) : "default");
    }

    /** In the order in which Camel looks. */
    private Optional<String> elsewhere(String key) {
        if (environment.containsKey(Settings.variable(key))) {
            return Optional.of("environment variable " + Settings.variable(key));
        }
        if (System.getProperty(key) != null) {
            return Optional.of("system property -D" + key);
        }
        return MountedSecrets.file(context, key).map(file -> "file " + file);
    }

    /** The problem that a variable of the environment has. */
    static Problem ofVariable(String variable, String sentence) {
        return new Problem("environment variable " + variable, 0, sentence);
    }
}
