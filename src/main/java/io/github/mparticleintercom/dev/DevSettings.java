package io.github.mparticleintercom.dev;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What changed in the settings.
 *
 * @param restart the changed keys of things that are made once: the server, the broker and Camel itself
 */
record DevSettings(Set<String> restart) {

    private static final Predicate<String> MADE_ONCE = Pattern.compile("camel\\..*|mparticle-intercom\\.("
            + "http\\.(enabled|host|port|max-body-bytes)|broker\\.(?!high-water-mark).*|secrets\\.folder"
            + "|deliver\\.concurrency)").asMatchPredicate();

    /** Compares two texts of the properties file; null for an absent one. */
    static DevSettings between(String before, String after) {
        Properties old = read(before);
        Properties present = read(after);
        Set<String> keys = new TreeSet<>(old.stringPropertyNames());
        keys.addAll(present.stringPropertyNames());
        return new DevSettings(keys.stream().filter(key -> !Objects.equals(old.get(key), present.get(key)))
                .filter(MADE_ONCE).collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Properties read(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text == null ? "" : text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }
}
