package io.github.mparticleintercom.check;

import io.github.mparticleintercom.settings.Settings;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every placeholder has a value or a default. */
final class PlaceholderRule implements Rule {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*([^{}:?]+?)\\s*([:}])");
    private final UnaryOperator<String> resolver;

    /**
     * A rule for the present settings.
     *
     * @param resolver replaces the placeholders in a text, or throws IllegalArgumentException
     */
    PlaceholderRule(UnaryOperator<String> resolver) {
        this.resolver = resolver;
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
