package io.github.mparticleintercom.translate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings that hold several values in one line. */
public final class Lists {

    private Lists() {
    }

    /** The names in {@code a, b, c}. */
    public static List<String> names(String text) {
        List<String> names = new ArrayList<>();
        for (String part : text == null ? new String[0] : text.split(",")) {
            String name = part.strip();
            if (!name.isEmpty()) {
                names.add(name);
            }
        }
        return List.copyOf(names);
    }

    /**
     * The pairs in {@code a=b, c=d}.
     *
     * @throws IllegalArgumentException when an entry is no pair, or two begin alike
     */
    public static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : names(text)) {
            int equals = pair.indexOf('=');
            if (equals < 1 || equals == pair.length() - 1) {
                throw new IllegalArgumentException("'" + pair + "' is not of the form old=new");
            }
            String old = pair.substring(0, equals).strip();
            if (pairs.put(old, pair.substring(equals + 1).strip()) != null) {
                throw new IllegalArgumentException("'" + old + "' has two new names; one is possible");
            }
        }
        return pairs;
    }
}
