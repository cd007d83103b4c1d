package io.github.mparticleintercom.check;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** No id is given twice: routes and their steps share one space in Camel, what configures routes has another, beans a third. */
final class IdRule implements Rule {

    /** Where id may be the name of a value. */
    private static final Set<String> VALUES = Set.of("parameters", "properties", "constructors", "beans");

    @Override
    public void check(RouteFiles routes, Consumer<Problem> report) {
        Map<String, Spot> ids = new HashMap<>();
        Map<String, Spot> configured = new HashMap<>();
        Map<String, Spot> beans = new HashMap<>();
        for (Spot spot : routes.spots()) {
            if (spot.value().isObject() && spot.key().equals("beans")) {
                once("The bean ", spot.child("name"), spot.child("name").fixedText(), beans, report);
            } else if (spot.value().isObject() && spot.value().has("id") && !isWithin(spot, VALUES)) {
                once("The id ", spot.child("id"), prefix(spot) + spot.child("id").fixedText(),
                        isWithin(spot, Set.of("routeConfiguration")) ? configured : ids, report);
            }
        }
    }

    private static void once(String what, Spot spot, String name, Map<String, Spot> seen, Consumer<Problem> report) {
        Spot first = name.isEmpty() ? null : seen.putIfAbsent(name, spot);
        if (first != null) {
            Problem there = first.problem("");
            report.accept(spot.problem(what + "'" + name + "' is given in " + there.file() + ":" + there.line() + " already."));
        }
    }

    private static boolean isWithin(Spot spot, Set<String> keys) {
        for (Spot above = spot; above != null; above = above.parent()) {
            if (keys.contains(above.key())) {
                return true;
            }
        }
        return false;
    }

    /** What the route puts before the ids of its steps, which is not before its own. */
    private static String prefix(Spot spot) {
        for (Spot above = spot.parent(); above != null; above = above.parent()) {
            if (above.key().equals("route")) {
                return above.value().path("nodePrefixId").asText("");
            }
        }
        return "";
    }
}
