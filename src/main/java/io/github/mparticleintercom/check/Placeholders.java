package io.github.mparticleintercom.check;

import io.github.mparticleintercom.settings.NearestKey;
import io.github.mparticleintercom.settings.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;

/** The placeholders of route files and settings: each must lead to a value. */
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*[?!]?([^{}:?]+?)\\s*([:}])");
    /** What Camel's functions for secrets come with; without it Camel takes their names for keys, and the rest for a default. */
    private static final Map<String, String> VAULTS = Map.of("aws", "camel-aws-secrets-manager", "azure", "camel-azure-key-vault",
            "configmap", "camel-kubernetes", "cyberark", "camel-cyberark-vault", "gcp", "camel-google-secret-manager",
            "hashicorp", "camel-hashicorp-vault", "ibm", "camel-ibm-secrets-manager", "secret", "camel-kubernetes");

    private final CamelContext context;

    /** The placeholders of these settings; the context need not be started. */
    Placeholders(CamelContext context) {
        this.context = context;
    }

    /** The text with the values in place of the placeholders; empty where one leads nowhere. */
    Optional<String> resolve(String text) {
        try {
            return Optional.of(context.resolvePropertyPlaceholders(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The keys of the settings that these routes name. */
    static Set<String> keys(RouteFiles routes) {
        Set<String> keys = new TreeSet<>();
        routes.values().forEach(value -> PLACEHOLDER.matcher(value.text()).results().forEach(found -> keys.add(found.group(1))));
        return keys;
    }

    /** Reports the placeholders of the route files that lead nowhere. */
    void check(RouteFiles routes) {
        routes.values().forEach(value -> sentences(value.text()).forEach((sentence, index) -> value.report(index, sentence)));
    }

    /** A sentence for each placeholder of a text that leads nowhere, with where in the text that is. */
    Map<String, Integer> sentences(String text) {
        if (!text.contains("{{")) {
            return Map.of();
        }
        Map<String, Integer> sentences = new LinkedHashMap<>();
        Matcher placeholder = PLACEHOLDER.matcher(text);
        while (placeholder.find()) {
            String key = placeholder.group(1);
            if (looksLikeOurs(key)) {
                sentences.put("{{" + key + "}} is not a setting; did you mean '" + near(key).orElseThrow() + "'?", placeholder.start());
            } else if (placeholder.group(2).equals(":") && Settings.keys().contains(key)) {
                String given = text.substring(placeholder.end()).replaceFirst("(?s)\\}\\}.*", "");
                Settings.unfit(key, given).ifPresent(kind -> sentences.put("The default of {{" + key + "}} is '" + given
                        + "', which is not " + kind + ".", placeholder.start()));
            } else if (placeholder.group(2).equals(":") && VAULTS.containsKey(key)
                    && context.getPropertiesComponent().getPropertiesFunction(key) == null) {
                sentences.put("{{" + key + ":...}} needs " + VAULTS.get(key) + " on the class path (lib/).", placeholder.start());
            }
        }
        if (sentences.isEmpty() && resolve(text).isEmpty()) {
            lost(text).ifPresent(key -> sentences.put("{{" + key + "}} has neither a value nor a default.", text.indexOf("{{" + key)));
        }
        return sentences;
    }

    /** A key that nobody gave a value is an engineer's own, unless it is nearly one of ours. */
    private boolean looksLikeOurs(String key) {
        return !Settings.keys().contains(key) && context.getPropertiesComponent().getPropertiesFunction(key) == null
                && !VAULTS.containsKey(key)
                && context.getPropertiesComponent().resolveProperty(key).isEmpty() && near(key).isPresent();
    }

    private static Optional<String> near(String key) {
        return NearestKey.near(key, Settings.keys()).or(() -> NearestKey.near(Settings.PREFIX + key, Settings.keys()));
    }

    /** The key alone, since the text may hold a secret; none where one leads to a setting that leads nowhere, which is told there. */
    private Optional<String> lost(String text) {
        return PLACEHOLDER.matcher(text).results().filter(found -> found.group(2).equals("}")).map(found -> found.group(1))
                .filter(key -> !text.contains("{{?" + key) && context.getPropertiesComponent().resolveProperty(key).isEmpty()
                        && resolve("{{" + key + "}}").isEmpty()).findFirst();
    }
}
