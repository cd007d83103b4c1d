package io.github.mparticleintercom.http;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.broker.NoRoom;
import java.util.Map;
import org.apache.camel.ExchangeException;
import org.apache.camel.Headers;
import org.apache.camel.Variable;

/** The answers to calls that are not accepted. Each method sets the headers and returns the body. */
public final class HttpAnswers {

    private static final String RETRY_SECONDS = "30";

    /** The call is at fault. */
    public String refuse(@ExchangeException HttpRefusal refusal, @Headers Map<String, Object> headers,
            @Variable(HttpIntake.REQUEST_ID) String id) {
        return answer(headers, id, refusal.status(), refusal.reason(), refusal.field());
    }

    /** The queue or the disk is full. */
    public String noRoom(@ExchangeException NoRoom refusal, @Headers Map<String, Object> headers,
            @Variable(HttpIntake.REQUEST_ID) String id) {
        return answer(headers, id, refusal.reason().equals(Reason.QUEUE_FULL) ? 429 : 503, refusal.reason(), null);
    }

    /** The broker takes nothing. */
    public String unavailable(@Headers Map<String, Object> headers, @Variable(HttpIntake.REQUEST_ID) String id) {
        return answer(headers, id, 503, Reason.BROKER_UNAVAILABLE, null);
    }

    /** A fault of ours, or of a route that was edited. */
    public String fail(@Headers Map<String, Object> headers, @Variable(HttpIntake.REQUEST_ID) String id) {
        return answer(headers, id, 503, Reason.INTERNAL_ERROR, null);
    }

    private static String answer(Map<String, Object> headers, String id, int status, Reason reason, String field) {
        headers.clear();
        headers.put("CamelHttpResponseCode", status);
        headers.put("Content-Type", "application/json");
        if (id != null) {
            headers.put("X-Request-Id", id);
        }
        if (status == 429 || status == 503) {
            headers.put("Retry-After", RETRY_SECONDS);
        }
        if (status == 401) {
            headers.put("WWW-Authenticate", "Basic realm=\"mparticle-intercom\"");
        }
        return HttpErrors.body(status, reason, field);
    }
}
