package io.github.mparticleintercom.queue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomAnswer;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import io.github.mparticleintercom.mparticle.MparticleEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.apache.camel.Variables;

/** What is kept of something that could not be forwarded. */
public final class DeadLetters {

    /** The batch as it came. */
    public byte[] batch(@Variable("batch") MparticleBatch batch) {
        return batch.raw().bytes();
    }

    /** The batch as it came, with this event only, or with none where its user is at fault: to be mended and sent again. */
    public byte[] event(@Variable("batch") MparticleBatch batch, @Variable("event") MparticleEvent event) {
        ObjectNode only = batch.raw().json().deepCopy();
        ArrayNode events = only.putArray("events");
        if (event != null) {
            events.add(event.original());
        }
        return only.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Writes all that is known into the properties of the message. */
    public void describe(@Headers Map<String, Object> headers, @Variables Map<String, Object> variables) {
        Reason reason = Reason.of(String.valueOf(variables.get("reason")));
        headers.put("reason", reason.code());
        headers.put("sentence", reason.sentence());
        headers.put("kind", variables.get("original") != null ? "request"
                : variables.get("event") != null ? "event" : "batch");
        for (String name : new String[] {"operation", "platform", "userKey", "stableId", "batchId", "eventId",
            "firstAttemptAt"}) {
            put(headers, name, variables.get(name));
        }
        put(headers, "parkedAt", Instant.now().toString());
        if (variables.get("batch") instanceof MparticleBatch batch) {
            put(headers, "batchId", batch.id());
            put(headers, "source", batch.raw().source());
            put(headers, "field", batch.field());
        }
        if (variables.get("event") instanceof MparticleEvent event) {
            put(headers, "eventId", event.id());
            put(headers, "field", event.field());
        }
        if (variables.get("answer") instanceof IntercomAnswer answer) {
            headers.put("status", answer.status());
            put(headers, "intercomCode", answer.code());
            put(headers, "intercomMessage", answer.message());
            put(headers, "intercomRequestId", answer.requestId());
        }
    }

    private static void put(Map<String, Object> headers, String name, Object value) {
        if (value != null && !"".equals(value)) {
            headers.put(name, value);
        }
    }
}
