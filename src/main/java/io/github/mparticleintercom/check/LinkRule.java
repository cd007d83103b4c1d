package io.github.mparticleintercom.check;

import java.util.Set;
import java.util.function.Consumer;

/** Every route and route configuration that is named is there. */
final class LinkRule implements Rule {

    @Override
    public void check(RouteFiles routes, Consumer<Problem> report) {
        for (Spot spot : routes.spots()) {
            if (spot.key().equals("routeConfigurationId")) {
                // Camel splits it in the same way, and takes a space for a part of the name
                for (String id : spot.fixedText().split(",")) {
                    named(spot, "route configuration", id, routes.configurations().keySet(), report);
                }
            } else if (spot.key().equals("routeId") && spot.parent().key().equals("parameters")
                    && spot.parent().parent().value().path("uri").asText("").startsWith("controlbus")) {
                named(spot, "route", spot.fixedText(), routes.routes().keySet(), report);
            }
        }
    }

    private static void named(Spot spot, String what, String name, Set<String> known, Consumer<Problem> report) {
        if (!name.isEmpty() && !name.contains("*") && !name.equals("current") && !known.contains(name)) {
            report.accept(spot.problem("There is no " + what + " '" + name + "'" + Rule.hint(name, known)));
        }
    }
}
