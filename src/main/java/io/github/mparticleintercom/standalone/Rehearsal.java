package io.github.mparticleintercom.standalone;

import io.github.mparticleintercom.check.CamelFailure;
import io.github.mparticleintercom.check.Problem;
import java.util.Optional;

/** Has Camel make the routes on an empty queue that is gone afterwards, with no door open. */
final class Rehearsal {

    private Rehearsal() {
    }

    /** What Camel says if it cannot take them. */
    static Optional<Problem> problem() throws Exception {
        try {
            IdleRoutes.withDoors().close();
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of(CamelFailure.problem(e, Home.ROUTES));
        }
    }
}
