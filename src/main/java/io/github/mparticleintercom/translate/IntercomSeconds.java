package io.github.mparticleintercom.translate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.Change;
import io.github.mparticleintercom.intercom.IntercomRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * Keeps two events of one user and name out of the same second: Intercom tells events apart by user, name and second
 * only, and would swallow the later one (OpenAPI description 2.16, "Submit a data event"). It works at intake, where the
 * moved second is written into the queued message, and once more at delivery, which alone sees the events that other
 * instances took in.
 */
public final class IntercomSeconds {

    /** Longer than equal seconds come apart on any way that batches take. */
    private static final Duration MEMORY = Duration.ofHours(1);

    private final boolean move;
    private final Cache<String, String> taken;

    /**
     * An empty memory.
     *
     * @param move   whether to move the later event on by a second; if not, it is left to be swallowed
     * @param events how many events to remember at most
     */
    public IntercomSeconds(boolean move, long events) {
        this.move = move;
        this.taken = Caffeine.newBuilder().maximumSize(events).expireAfterWrite(MEMORY).build();
    }

    /** The event in a second that no other event of this user and name has taken. */
    public IntercomRequest keepApart(@Body IntercomRequest request) {
        ObjectNode moved = moved(request.body(), request.userKey(), request.stableId());
        return moved == null ? request
                : request.withBody(moved, List.of(new Change(Reason.SAME_SECOND, "created_at")));
    }

    /** The same for a request off the queue, as JSON text. A request that comes again keeps the second that it got. */
    public String keepDeliveredApart(@Variable("original") String body, @Variable("userKey") String userKey,
            @Variable("stableId") String stableId) throws IOException {
        ObjectNode moved = moved((ObjectNode) Json.MAPPER.readTree(body), userKey, stableId);
        return moved == null ? body : Json.write(moved);
    }

    private ObjectNode moved(ObjectNode event, String userKey, String stableId) {
        if (!move) {
            return null;
        }
        String name = event.path("event_name").asText().toLowerCase(Locale.ROOT);
        long wanted = event.path("created_at").asLong();
        long second = wanted;
        while (!take(Json.fingerprint(userKey, name, String.valueOf(second)), stableId)) {
            second++;
        }
        return second == wanted ? null : event.deepCopy().put("created_at", second);
    }

    private boolean take(String place, String stableId) {
        return taken.get(place, free -> stableId).equals(stableId);
    }
}
