package io.github.mparticleintercom.check;

import io.github.mparticleintercom.settings.NearestKey;
import java.util.Collection;
import java.util.function.Consumer;

/** Something that the route files must keep to. */
interface Rule {

    /** Reports everything that does not. */
    void check(RouteFiles routes, Consumer<Problem> report);

    /** "; did you mean ...?" where one of these is near, else "". */
    static String hint(String given, Collection<String> known) {
        return NearestKey.near(given, known).map(key -> "; did you mean '" + key + "'?")
                .orElse(".");
    }
}
