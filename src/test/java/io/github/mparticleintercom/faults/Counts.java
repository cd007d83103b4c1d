package io.github.mparticleintercom.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.StoredEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What became of what was accepted.
 *
 * @param accepted     events that a caller was told are safe
 * @param delivered    those of them that Intercom has
 * @param deadLettered those of them that are kept as dead letters
 * @param lost         those of them that are neither
 * @param outOfOrder   events that came to Intercom after a later one of the same user
 * @param duplicates   events that Intercom has once more, because it does not know them for the same
 */
public record Counts(long accepted, long delivered, long deadLettered, long lost, long outOfOrder, long duplicates) {

    /**
     * Counts events by the name that stands in their metadata.
     *
     * @param accepted     the names of what was accepted
     * @param deadLettered the names of what is kept as a dead letter
     */
    static Counts of(Collection<String> accepted, IntercomSandbox intercom, Collection<String> deadLettered) {
        List<StoredEvent> events = intercom.events();
        Set<String> names = new HashSet<>();
        Map<String, Long> latest = new HashMap<>();
        long outOfOrder = 0;
        long duplicates = 0;
        for (StoredEvent event : events) {
            if (!names.add(event.metadata().path("name").asText())) {
                duplicates++;
            }
            long before = latest.getOrDefault(event.contactId(), Long.MIN_VALUE);
            if (event.createdAt() < before) {
                outOfOrder++;
            } else {
                latest.put(event.contactId(), event.createdAt());
            }
        }
        long delivered = accepted.stream().filter(names::contains).count();
        long dead = accepted.stream().filter(name -> !names.contains(name) && deadLettered.contains(name)).count();
        return new Counts(accepted.size(), delivered, dead, accepted.size() - delivered - dead, outOfOrder, duplicates);
    }

    /** What is promised: nothing lost, nothing out of order, nothing twice. */
    void assertKept() {
        assertThat(this).as("nothing is lost, out of order or twice").extracting(Counts::lost, Counts::outOfOrder, Counts::duplicates)
                .containsExactly(0L, 0L, 0L);
    }
}
