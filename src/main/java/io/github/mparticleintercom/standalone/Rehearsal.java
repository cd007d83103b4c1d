package io.github.mparticleintercom.standalone;

import io.github.mparticleintercom.check.CamelFailure;
import io.github.mparticleintercom.check.OfflineCheck;
import io.github.mparticleintercom.check.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Has Camel make the routes on an empty queue that is gone afterwards, with no door open. */
final class Rehearsal {

    private Rehearsal() {
    }

    /** What this check finds; if that is nothing, what Camel says if it cannot take the routes all the same. */
    static List<Problem> problems(OfflineCheck check) {
        List<Problem> problems = new ArrayList<>(check.problems());
        if (problems.isEmpty()) {
            problem().ifPresent(problems::add);
        }
        return problems;
    }

    private static Optional<Problem> problem() {
        try {
            IdleRoutes.withDoors().close();
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of(CamelFailure.problem(e, Home.ROUTES));
        }
    }
}
