package io.github.mparticleintercom.health;

import io.github.mparticleintercom.Reason;
import java.util.Collection;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheck.State;

/**
 * What a check found.
 *
 * @param state   up, down, or unknown as long as nobody has looked
 * @param reasons the reason codes, separated by commas; "" unless it is down
 * @param text    the same with words, for a person; "" unless it is down
 */
record Finding(State state, String reasons, String text) {

    static final Finding UP = new Finding(State.UP, "", "");
    static final Finding UNKNOWN = new Finding(State.UNKNOWN, "", "");

    /** Down for this reason. */
    static Finding down(Reason reason, String words) {
        return new Finding(State.DOWN, reason.code(), reason.code() + ": " + words);
    }

    boolean isDown() {
        return state == State.DOWN;
    }

    /** The worst of several, with all that is wrong. */
    static Finding of(Collection<Finding> all) {
        if (all.isEmpty()) {
            return UNKNOWN;
        }
        String reasons = all.stream().filter(Finding::isDown).map(Finding::reasons).distinct().collect(Collectors.joining(","));
        return reasons.isEmpty() ? UP : new Finding(State.DOWN, reasons,
                all.stream().filter(Finding::isDown).map(Finding::text).collect(Collectors.joining("; ")));
    }
}
