package io.github.mparticleintercom.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Every address is one of a component that is there, and every direct: one is that of exactly one route. */
final class EndpointRule implements Rule {

    /** Under which keys addresses stand. */
    static final Set<String> KEYS = Set.of("uri", "to", "toD", "from", "wireTap", "deadLetterUri");
    private static final String COMPONENTS = "META-INF/services/org/apache/camel/component/";

    private final UnaryOperator<String> resolver;

    /**
     * A rule for the present settings.
     *
     * @param resolver replaces the placeholders in a text, or throws IllegalArgumentException
     */
    EndpointRule(UnaryOperator<String> resolver) {
        this.resolver = resolver;
    }

    @Override
    public void check(RouteFiles routes, Consumer<Problem> report) {
        Map<String, Spot> consumed = new HashMap<>();
        Map<Spot, String> called = new HashMap<>();
        for (Spot spot : routes.spots()) {
            String address = KEYS.contains(spot.key()) && spot.value().isTextual() ? address(spot) : "";
            if (address.isEmpty()) {
                continue;
            }
            String scheme = address.split("[:?]", 2)[0];
            if (!scheme.equals("direct")) {
                checkComponent(spot, scheme, routes, report);
            } else if (spot.key().equals("from") || spot.parent().key().equals("from")) {
                Spot first = consumed.putIfAbsent(address, spot);
                if (first != null) {
                    Problem there = first.problem("");
                    report.accept(spot.problem("'" + address + "' is received in " + there.file() + ":" + there.line()
                            + " already."));
                }
            } else {
                called.put(spot.fixedText().equals("direct") ? spot.parent().child("parameters").child("name") : spot, address);
            }
        }
        called.forEach((spot, address) -> {
            if (!consumed.containsKey(address)) {
                report.accept(spot.problem("No route receives '" + address + "'" + Rule.hint(address, consumed.keySet())));
            }
        });
    }

    private void checkComponent(Spot spot, String scheme, RouteFiles routes, Consumer<Problem> report) {
        if (!routes.beans().containsKey(scheme)
                && EndpointRule.class.getClassLoader().getResource(COMPONENTS + scheme) == null) {
            Set<String> known = new TreeSet<>(routes.beans().keySet());
            known.addAll(Set.of("direct", "file", "timer", "platform-http", "controlbus", "http", "https", "jms", "log", "seda"));
            report.accept(spot.problem("There is no component '" + scheme + "' in lib/ and no bean of this name"
                    + Rule.hint(scheme, known)));
        }
    }

    /** The address without its parameters; "" where only a message tells it, or a placeholder leads nowhere. */
    private String address(Spot spot) {
        String text = resolve(spot.value().asText());
        if (text.equals("direct") && spot.parent() != null) {
            text += ":" + resolve(spot.parent().value().path("parameters").path("name").asText(""));
        }
        return text.contains("${") || text.startsWith("ref:") ? "" : text.replace("://", ":").replaceFirst("\\?.*", "");
    }

    private String resolve(String text) {
        try {
            return resolver.apply(text).strip();
        } catch (IllegalArgumentException e) {
            return "${";
        }
    }
}
