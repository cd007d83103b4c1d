package io.github.mparticleintercom.deadletter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.intercom.IntercomAnswer;
import io.github.mparticleintercom.intercom.QueuedRequest;
import io.github.mparticleintercom.intercom.RequestMessages;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import io.github.mparticleintercom.mparticle.MparticleEvent;
import io.github.mparticleintercom.outcome.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Headers;

/** Dead letters as messages: the body is what can be fixed and sent again, the properties say all that is known about why. */
public final class DeadLetters {

    /** The property that makes a message a dead letter of ours. */
    public static final String ID = "deadLetterId";

    /** Makes the message: its properties are the headers, and nothing else is; the body is returned, text for a request, else bytes. */
    public Object write(@Body DeadLetter deadLetter, @Headers Map<String, Object> headers) {
        headers.clear();
        headers.put(ID, deadLetter.id());
        headers.put("kind", deadLetter.kind());
        headers.put("reason", deadLetter.reason().code());
        headers.put("sentence", deadLetter.reason().sentence());
        headers.put("advice", deadLetter.reason().advice());
        String now = Instant.now().toString();
        headers.put("deadLetteredAt", now);
        headers.put("lastAttemptAt", now);
        put(headers, RequestMessages.SOURCE, deadLetter.source());
        put(headers, RequestMessages.DUPLICATE_ID, deadLetter.duplicateId());
        if (deadLetter.replays() > 0) {
            headers.put(RequestMessages.REPLAYS, deadLetter.replays());
        }
        return deadLetter.request() != null ? request(deadLetter.request(), headers) : batch(deadLetter, headers);
    }

    private static Object request(QueuedRequest request, Map<String, Object> headers) {
        put(headers, RequestMessages.OPERATION, request.operation() == null ? null : request.operation().code());
        put(headers, RequestMessages.PLATFORM, request.platform());
        put(headers, "userKey", request.userKey());
        put(headers, RequestMessages.STABLE_ID, request.stableId());
        put(headers, RequestMessages.BATCH_ID, request.batchId());
        put(headers, RequestMessages.EVENT_ID, request.eventId());
        put(headers, RequestMessages.FALLBACK_NAME, request.fallbackName());
        put(headers, RequestMessages.OTHER_USER_KEY, request.otherUserKey());
        headers.put(RequestMessages.ACCEPTED_AT, request.acceptedAt());
        headers.put("attempts", request.attempts());
        headers.put("firstAttemptAt", request.takenAt().toString());
        IntercomAnswer answer = request.answer();
        if (answer != null) {
            headers.put("status", answer.status());
            put(headers, "intercomCode", answer.code());
            put(headers, "intercomMessage", answer.message());
            put(headers, "intercomRequestId", answer.requestId());
        }
        return request.original();
    }

    private static Object batch(DeadLetter deadLetter, Map<String, Object> headers) {
        MparticleBatch batch = deadLetter.batch();
        MparticleEvent event = deadLetter.event();
        put(headers, RequestMessages.BATCH_ID, batch.id());
        put(headers, RequestMessages.PLATFORM, batch.platform());
        put(headers, "userKey", batch.user().known() ? batch.user().key() : null);
        put(headers, "origin", deadLetter.origin());
        put(headers, "field", event == null ? batch.field() : event.field());
        headers.put("attempts", 1);
        headers.put("firstAttemptAt", deadLetter.receivedAt().toString());
        if (event != null) {
            put(headers, RequestMessages.EVENT_ID, event.id());
            put(headers, RequestMessages.STABLE_ID, event.stableId());
        }
        return deadLetter.whole() ? batch.raw().bytes() : part(batch, event);
    }

    /**
     * The batch as it came, with this event only, so that it can be fixed and sent again. What it says about the user was
     * forwarded; sent again later, it could undo what came in between. Where the user is at fault there is no event, and what is
     * said about the user stays.
     */
    private static byte[] part(MparticleBatch batch, MparticleEvent event) {
        ObjectNode only = (ObjectNode) batch.raw().json().deepCopy();
        only.putArray("events");
        if (event != null) {
            only.withArray("events").add(event.original());
            only.remove("user_attributes");
            only.remove("deleted_user_attributes");
        }
        return only.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void put(Map<String, Object> headers, String name, String value) {
        if (value != null && !value.isEmpty()) {
            headers.put(name, value);
        }
    }
}
