package io.github.mparticleintercom.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the key that was probably meant. */
public final class NearestKey {

    private NearestKey() {
    }

    /** The setting that was probably meant: one that is near, or else the shortest in which all words stand, as in token for access-token. */
    public static Optional<String> meant(String given, Collection<String> keys) {
        List<String> words = words(given);
        return near(given, keys).or(() -> keys.stream().filter(key -> words(key).containsAll(words)).min(Comparator.comparing(String::length)));
    }

    private static List<String> words(String key) {
        return List.of(key.split("[._-]"));
    }

    /** The key that is so much like it that it was probably meant; what all our keys begin with does not count. */
    public static Optional<String> near(String given, Collection<String> keys) {
        int length = given.length() - (given.startsWith(Settings.PREFIX) || given.startsWith(Settings.variable(Settings.PREFIX))
                ? Settings.PREFIX.length() : 0);
        int most = length < 5 ? 1 : Math.max(2, length / 5);
        return keys.stream().filter(key -> Math.abs(key.length() - given.length()) <= most)
                .min(Comparator.comparingInt(key -> distance(given, key))).filter(key -> distance(given, key) <= most);
    }

    /** Levenshtein's distance, in which two characters that changed places count once. */
    static int distance(String one, String other) {
        int[] before = new int[other.length() + 1];
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] next = new int[other.length() + 1];
            next[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                boolean same = one.charAt(i - 1) == other.charAt(j - 1);
                next[j] = Math.min(row[j - 1] + (same ? 0 : 1), Math.min(row[j], next[j - 1]) + 1);
                if (i > 1 && j > 1 && one.charAt(i - 1) == other.charAt(j - 2) && one.charAt(i - 2) == other.charAt(j - 1)) {
                    next[j] = Math.min(next[j], before[j - 2] + 1);
                }
            }
            before = row;
            row = next;
        }
        return row[other.length()];
    }
}
