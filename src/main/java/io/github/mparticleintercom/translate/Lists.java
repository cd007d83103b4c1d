package io.github.mparticleintercom.translate;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings that hold several values in one line. */
public final class Lists {

    private Lists() {
    }

    /** The names in {@code a, b, c}. */
    public static List<String> names(String text) {
        return text == null ? List.of()
                : Arrays.stream(text.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
    }

    /**
     * The pairs in {@code a=b, c=d}.
     *
     * @throws IllegalArgumentException when an entry is no pair
     */
    public static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : names(text)) {
            int equals = pair.indexOf('=');
            if (equals < 1 || equals == pair.length() - 1) {
                throw new IllegalArgumentException("'" + pair + "' is not of the form old=new");
            }
            pairs.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
        }
        return pairs;
    }
}
