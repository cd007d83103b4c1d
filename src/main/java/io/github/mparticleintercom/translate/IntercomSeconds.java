package io.github.mparticleintercom.translate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.Change;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.queue.Receipt;
import java.util.List;
import java.util.Locale;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * Keeps two events of one user and name out of the same second: Intercom tells events apart by user, name and second
 * only, and would swallow the later one (OpenAPI description 2.16, "Submit a data event").
 *
 * @param move whether to move the later event on by a second; if not, it is left to be swallowed
 */
public record IntercomSeconds(boolean move) {

    /** The event in a second that no other event of this user and name in the same receipt has taken. */
    public IntercomRequest keepApart(@Body IntercomRequest request, @Variable("mparticleIntercomReceipt") Receipt receipt) {
        if (!move) {
            return request;
        }
        String name = request.body().path("event_name").asText().toLowerCase(Locale.ROOT);
        long wanted = request.body().path("created_at").asLong();
        long second = wanted;
        while (!receipt.takeSecond(request.userKey(), name, second, request.stableId())) {
            second++;
        }
        if (second == wanted) {
            return request;
        }
        ObjectNode moved = request.body().deepCopy().put("created_at", second);
        return request.withBody(moved, List.of(new Change(Reason.SAME_SECOND, "created_at")));
    }
}
