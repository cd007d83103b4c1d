package io.github.mparticleintercom.settings;

import java.util.Locale;

/** The environment variables that stand for settings: the key in capitals, with _ for every dot and dash. */
public final class EnvironmentVariables {

    private EnvironmentVariables() {
    }

    /** The name of the variable that stands for this key. */
    public static String of(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    /**
     * Makes Camel find them on every machine; to be called before anything else. Camel writes a key in the capitals of the machine's
     * language, and those of Turkish and Azeri have a dot on the I, so that no variable would ever be found there.
     */
    public static void findInEveryLanguage() {
        if (!"i".toUpperCase(Locale.getDefault()).equals("I")) {
            Locale.setDefault(Locale.ROOT);
        }
    }
}
