package io.github.mparticleintercom.check;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every bean that is named is there, and has the method that is called. */
final class BeanRule implements Rule {

    private static final Pattern IN_ADDRESS = Pattern.compile("[?&][\\w.-]+=#(?:bean:)?([\\w.-]+)(?=&|$)");
    /** A name after # that is a bean's; #class:, #type: and the like are other things. */
    private static final Pattern BY_HASH = Pattern.compile("#(?:bean:)?([\\w.-]+)");
    private static final Set<String> VALUES = Set.of("parameters", "properties", "constructors");
    private static final Set<String> MAKES_BEANS = Set.of("aggregationStrategy", "idempotentRepository", "routePolicy");

    private final Predicate<String> others;

    /**
     * A rule for the beans of the route files.
     *
     * @param others whether there is a bean of this name elsewhere
     */
    BeanRule(Predicate<String> others) {
        this.others = others;
    }

    @Override
    public void check(RouteFiles routes, Consumer<Problem> report) {
        for (Spot spot : routes.spots()) {
            if (!spot.value().isTextual() || spot.parent() == null) {
                continue;
            }
            String text = spot.fixedText();
            Matcher hash = BY_HASH.matcher(text);
            if (VALUES.contains(spot.parent().key())) {
                if (hash.matches()) {
                    checkName(spot, hash.group(1), routes, report);
                }
            } else if (spot.key().equals("ref") || spot.key().endsWith("Ref") || MAKES_BEANS.contains(spot.key())) {
                String name = text.replaceFirst("^#bean:|^#(?!\\w+:)|^bean:", "");
                if (name.matches("[\\w.-]+") && checkName(spot, name, routes, report) && spot.key().equals("ref")) {
                    checkMethod(spot.parent().child("method"), name, routes, report);
                }
            } else if (EndpointRule.KEYS.contains(spot.key())) {
                Matcher inAddress = IN_ADDRESS.matcher(text);
                while (inAddress.find()) {
                    checkName(spot, inAddress.group(1), routes, report);
                }
            }
        }
    }

    private boolean checkName(Spot spot, String name, RouteFiles routes, Consumer<Problem> report) {
        if (routes.beans().containsKey(name) || others.test(name)) {
            return true;
        }
        report.accept(spot.problem("There is no bean '" + name + "'" + Rule.hint(name, routes.beans().keySet())));
        return false;
    }

    private static void checkMethod(Spot spot, String bean, RouteFiles routes, Consumer<Problem> report) {
        String method = spot.value().asText("").strip().replaceFirst("(?s)\\(.*", "");
        if (method.isEmpty() || method.contains("{{") || method.contains("${") || !routes.beans().containsKey(bean)) {
            return;
        }
        ClassNames.ofBean(routes.beans().get(bean)).ifPresent(type -> {
            Set<String> methods = new TreeSet<>(ClassNames.methods(type));
            if (!methods.contains(method)) {
                report.accept(spot.problem("The bean '" + bean + "' has no method '" + method + "'" + Rule.hint(method, methods)));
            }
        });
    }
}
