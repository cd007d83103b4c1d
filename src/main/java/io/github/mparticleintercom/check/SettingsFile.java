package io.github.mparticleintercom.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A properties file.
 *
 * @param name   its name, for a person
 * @param values what stands in it, by key
 * @param lines  the line of every key, from 1 on
 */
record SettingsFile(String name, Map<String, String> values, Map<String, Integer> lines) {

    private static final Pattern KEY = Pattern.compile("\\s*([^#!\\s=:][^\\s=:]*)(\\s*[=:]|\\s|$).*");

    /** Reads it; an absent file is empty. */
    static SettingsFile read(Path path) {
        Properties properties = new Properties();
        Map<String, Integer> lines = new HashMap<>();
        if (Files.exists(path)) {
            try (var reader = Files.newBufferedReader(path)) {
                properties.load(reader);
                List<String> texts = Files.readAllLines(path);
                for (int i = 0; i < texts.size(); i++) {
                    Matcher key = KEY.matcher(texts.get(i));
                    if (key.matches()) {
                        // the last line of a key is the one that counts
                        lines.put(key.group(1), i + 1);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        Map<String, String> values = new LinkedHashMap<>();
        properties.stringPropertyNames().stream().sorted().forEach(key -> values.put(key, properties.getProperty(key)));
        return new SettingsFile(path.getFileName().toString(), values, lines);
    }

    /** A problem with what stands under this key; in no file where the key stands elsewhere. */
    Problem problem(String key, String sentence) {
        return lines.containsKey(key) ? new Problem(name, lines.get(key), sentence) : Problem.of(sentence);
    }
}
