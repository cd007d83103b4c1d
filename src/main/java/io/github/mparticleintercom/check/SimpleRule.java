package io.github.mparticleintercom.check;

import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.camel.spi.Language;

/** Every text in Camel's simple language can be read. */
final class SimpleRule implements Rule {

    private static final Set<String> CONDITIONS = Set.of("when", "filter", "validate", "onWhen", "retryWhile", "loopDoWhile");

    private final Language simple;
    private final UnaryOperator<String> resolver;

    /**
     * A rule for the present settings.
     *
     * @param simple   the language
     * @param resolver replaces the placeholders in a text, or throws IllegalArgumentException
     */
    SimpleRule(Language simple, UnaryOperator<String> resolver) {
        this.simple = simple;
        this.resolver = resolver;
    }

    @Override
    public void check(RouteFiles routes, Consumer<Problem> report) {
        for (Spot spot : routes.spots()) {
            Spot language = spot.key().equals("expression") ? spot.parent() : spot;
            if (spot.value().isTextual() && language.key().equals("simple")) {
                check(spot, language, report);
            }
        }
    }

    private void check(Spot spot, Spot language, Consumer<Problem> report) {
        Spot step = language.parent().key().equals("expression") ? language.parent().parent() : language.parent();
        try {
            String text = resolver.apply(spot.value().asText());
            if (CONDITIONS.contains(step.key())) {
                simple.createPredicate(text);
            } else {
                simple.createExpression(text);
            }
        } catch (IllegalArgumentException e) {
            // a placeholder that leads nowhere: another rule tells
        } catch (RuntimeException e) {
            report.accept(spot.problem("This simple expression cannot be read: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + "."));
        }
    }
}
