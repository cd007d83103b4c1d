package io.github.mparticleintercom.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the key that was probably meant. */
public final class NearestKey {

    private NearestKey() {
    }

    /** The key that takes the fewest changes of a character to come from the given one. */
    public static String of(String given, Collection<String> keys) {
        return keys.stream().min(Comparator.comparingInt(key -> distance(given, key))).orElseThrow();
    }

    /** The same, but only where so much is alike that it was probably meant. */
    public static Optional<String> near(String given, Collection<String> keys) {
        return keys.stream().min(Comparator.comparingInt(key -> distance(given, key)))
                .filter(key -> distance(given, key) <= Math.max(2, given.length() / 5));
    }

    /** Levenshtein's distance. */
    static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
