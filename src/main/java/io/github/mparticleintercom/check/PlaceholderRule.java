package io.github.mparticleintercom.check;

import io.github.mparticleintercom.settings.Settings;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;

/** Every placeholder has a value or a default. */
final class PlaceholderRule implements Rule {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([^{}:?]+?)\\s*([:}])");
    /** What Camel's functions for secrets come with; without it Camel takes their names for keys, and the rest for a default. */
    private static final Map<String, String> VAULTS = Map.of("aws", "camel-aws-secrets-manager", "azure", "camel-azure-key-vault",
            "configmap", "camel-kubernetes", "cyberark", "camel-cyberark-vault", "gcp", "camel-google-secret-manager",
            "hashicorp", "camel-hashicorp-vault", "ibm", "camel-ibm-secrets-manager", "secret", "camel-kubernetes");
    private final UnaryOperator<String> resolver;
    private final Predicate<String> functions;

    /** A rule for the present settings, as this context knows them. */
    PlaceholderRule(CamelContext context) {
        this(context::resolvePropertyPlaceholders, name -> context.getPropertiesComponent().getPropertiesFunction(name) != null);
    }

    /**
     * A rule for the present settings.
     *
     * @param resolver  replaces the placeholders in a text, or throws IllegalArgumentException
     * @param functions whether there is a function of this name
     */
    PlaceholderRule(UnaryOperator<String> resolver, Predicate<String> functions) {
        this.resolver = resolver;
        this.functions = functions;
    }

    @Override
    public void check(RouteFiles routes, Consumer<Problem> report) {
        for (Spot spot : routes.spots()) {
            if (spot.value().isTextual()) {
                check(spot.value().asText(), sentence -> report.accept(spot.problem(sentence)));
            }
        }
    }

    /** Reports the placeholders of a text that lead nowhere. */
    void check(String text, Consumer<String> report) {
        if (!text.contains("{{")) {
            return;
        }
        Set<String> unknown = new LinkedHashSet<>();
        Matcher placeholder = PLACEHOLDER.matcher(text);
        while (placeholder.find()) {
            String key = placeholder.group(1);
            if (key.startsWith(Settings.PREFIX) && !Settings.keys().contains(key)) {
                unknown.add("{{" + key + "}} is not a setting" + Rule.hint(key, Settings.keys()));
            } else if (placeholder.group(2).equals(":") && VAULTS.containsKey(key) && !functions.test(key)) {
                unknown.add("{{" + key + ":...}} needs " + VAULTS.get(key) + " on the class path (lib/).");
            }
        }
        if (unknown.isEmpty()) {
            try {
                resolver.apply(text);
            } catch (IllegalArgumentException e) {
                unknown.add(brief(e) + " has neither a value nor a default.");
            }
        }
        unknown.forEach(report);
    }

    /** The key alone: the message may hold the text, and that a secret. */
    private static String brief(Exception e) {
        Matcher key = Pattern.compile("key \\[([^\\]]+)\\]").matcher(String.valueOf(e.getMessage()));
        return key.find() ? "{{" + key.group(1) + "}}" : "A placeholder";
    }
}
