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
            @Variable(HttpIntake.REQUEST_ID) String id, @Variable(OpenDsr.SHAPE) String shape) {
        headers.clear();
        headers.put("CamelHttpResponseCode", refusal.status());
        headers.putAll(refusal.headers(RETRY_SECONDS));
        if (id != null) {
            headers.put("X-Request-Id", id);
        }
        return shape == null ? refusal.body() : refusal.openDsrBody();
    }

    /** The queue or the disk is full. */
    public String noRoom(@ExchangeException NoRoom refusal, @Headers Map<String, Object> headers,
            @Variable(HttpIntake.REQUEST_ID) String id, @Variable(OpenDsr.SHAPE) String shape) {
        return refuse(new HttpRefusal(refusal.reason().equals(Reason.QUEUE_FULL) ? 429 : 503, refusal.reason(), null), headers, id, shape);
    }

    /** The broker takes nothing. */
    public String unavailable(@Headers Map<String, Object> headers,
            @Variable(HttpIntake.REQUEST_ID) String id, @Variable(OpenDsr.SHAPE) String shape) {
        return refuse(new HttpRefusal(503, Reason.BROKER_UNAVAILABLE, null), headers, id, shape);
    }

    /** A fault of ours, or of a route that was edited. */
    public String fail(@Headers Map<String, Object> headers,
            @Variable(HttpIntake.REQUEST_ID) String id, @Variable(OpenDsr.SHAPE) String shape) {
        return refuse(new HttpRefusal(503, Reason.INTERNAL_ERROR, null), headers, id, shape);
    }
}
