package io.github.mparticleintercom.translate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomRequest;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * Keeps two events of one user and name out of the same second: Intercom distinguishes events by user, name and second
 * only, and would swallow the later one (OpenAPI description 2.16, "Submit a data event"). It works at intake, where the
 * shifted second is written into the request, and once more at delivery, which alone sees the events that other
 * instances took in. A user who is known by a Customer ID and an email keeps out of the way of events by the email alone.
 */
public final class IntercomSeconds {

    /** Longer than equal seconds come apart on any way that batches take. */
    private static final Duration MEMORY = Duration.ofHours(1);
    /** So many events of a second are put one behind the other, in their order; more are spread, which takes no longer and longer. */
    private static final int IN_ORDER = 100;
    private static final int TRIES = 8;

    private boolean enabled = true;
    private Cache<String, String> taken = memory(200_000);

    /** The seconds that one intake has taken so far; they live and die with it. */
    public interface TakenSeconds {

        /**
         * Takes a place, unless another event has it.
         *
         * @param place    a user, an event name and a second, as one text
         * @param stableId the event's stable id
         * @return whether the event has it now
         */
        boolean take(String place, String stableId);
    }

    /** Sets whether to shift the later event by a second; if not, Intercom swallows it. */
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    /**
     * Sets how many events to remember at most.
     *
     * @throws IllegalArgumentException when it is less than 0
     */
    public void setMemory(long events) {
        if (events < 0) {
            throw new IllegalArgumentException("mparticle-intercom.events.remembered-seconds must be 0 or more, not " + events);
        }
        this.taken = memory(events);
    }

    private static Cache<String, String> memory(long events) {
        return Caffeine.newBuilder().maximumSize(events).expireAfterWrite(MEMORY).build();
    }

    /** The same request, an event in a second that no other event of this user and name has. Nothing is remembered yet. */
    public IntercomRequest shift(@Body IntercomRequest request, @Variable("mparticleIntercomIntake") TakenSeconds intake) {
        if (shifted(request, (place, stableId) -> {
            String holder = taken.getIfPresent(place);
            return (holder == null || holder.equals(stableId)) && intake.take(place, stableId);
        })) {
            request.changed(Reason.SAME_SECOND, "created_at");
        }
        return request;
    }

    /** Remembers what an intake has taken, once it is stored: places and the stable ids of the events that have them. */
    public void remember(Map<String, String> places) {
        places.forEach(this::takeFor);
    }

    /** Forgets which seconds the users whose keys are meant have taken. */
    public void forgetUsers(Predicate<String> userKeys) {
        taken.asMap().keySet().removeIf(place -> userKeys.test(place.substring(0, place.indexOf('\n'))));
    }

    /**
     * Shifts a request off the queue, if another instance took in an event of the same second. A request that comes again
     * keeps the second that it got.
     *
     * @return whether its body has changed
     */
    public boolean shiftDelivered(@Variable("request") IntercomRequest request) {
        boolean isShifted = shifted(request, this::takeFor);
        if (isShifted) {
            request.bodyChanged();
        }
        return isShifted;
    }

    private boolean takeFor(String place, String stableId) {
        String holder = taken.asMap().putIfAbsent(place, stableId);
        return holder == null || holder.equals(stableId);
    }

    private boolean shifted(IntercomRequest request, TakenSeconds places) {
        if (!enabled || request.operation() != IntercomRequest.Operation.EVENT) {
            return false;
        }
        String name = request.eventName().toLowerCase(Locale.ROOT);
        String user = request.userKey() + '\n' + name + '\n';
        String other = request.otherUserKey() == null ? null : request.otherUserKey() + '\n' + name + '\n';
        long wanted = request.body().path("created_at").asLong();
        for (int attempt = 0;; attempt++) {
            long second = wanted + step(attempt, request.stableId());
            if (places.take(user + second, request.stableId()) && (other == null || places.take(other + second, request.stableId()))) {
                if (second == wanted) {
                    return false;
                }
                request.body().put("created_at", second);
                return true;
            }
        }
    }

    /** The same steps for the same event, so that it finds its second again. */
    private static long step(int attempt, String stableId) {
        if (attempt < IN_ORDER) {
            return attempt;
        }
        int round = (attempt - IN_ORDER) / TRIES;
        long width = 256L << Math.min(2 * round, 20);
        return IN_ORDER + Math.floorMod((stableId.hashCode() * 31L + attempt) * 0x9E3779B97F4A7C15L >>> 1, width);
    }
}
