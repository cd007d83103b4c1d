package io.github.mparticleintercom.queue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomAnswer;
import io.github.mparticleintercom.mparticle.Intake;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import io.github.mparticleintercom.mparticle.MparticleEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.apache.camel.Variables;

/** What is kept of something that could not be forwarded. */
public final class DeadLetters {

    private static final String[] OF_A_REQUEST = {"operation", "platform", "userKey", "stableId", "batchId", "eventId",
        "source", "replays", "firstAttemptAt", "attempts"};

    /** A new letter's name. */
    public String newId() {
        return UUID.randomUUID().toString();
    }

    /** The batch as it came. */
    public byte[] batch(@Variable("batch") MparticleBatch batch) {
        return batch.raw().bytes();
    }

    /**
     * The batch as it came, with this event only, so that it can be mended and sent again. What it tells about the user was
     * forwarded; told again later, it could undo what came in between. Where the user is at fault there is no event, and what
     * is told about the user stays.
     */
    public byte[] event(@Variable("batch") MparticleBatch batch, @Variable("event") MparticleEvent event) {
        ObjectNode only = batch.raw().json().deepCopy();
        ArrayNode events = only.putArray("events");
        if (event != null) {
            events.add(event.original());
            only.remove("user_attributes");
            only.remove("deleted_user_attributes");
        }
        return only.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Where a batch came from: a place in a file, else what its door says, which may be nothing. */
    public String source(@Variable("batch") MparticleBatch batch, @Variable("mparticleIntercomSource") String door) {
        return batch.raw().source() == null ? door : batch.raw().source();
    }

    /** Which attempt this is, from Camel's count of further ones. */
    public int attempts(@Header("CamelRedeliveryCounter") Integer again) {
        return again == null ? 1 : again + 1;
    }

    /** Writes all that is known into the properties of the message. */
    public void describe(@Headers Map<String, Object> headers, @Variables Map<String, Object> variables) {
        Reason reason = Reason.of(String.valueOf(variables.get("reason")));
        headers.put("deadId", variables.get("deadId"));
        headers.put("reason", reason.code());
        headers.put("sentence", reason.sentence());
        headers.put("advice", reason.advice());
        String now = Instant.now().toString();
        headers.put("parkedAt", now);
        headers.put("lastAttemptAt", now);
        if (variables.get("batch") instanceof MparticleBatch batch) {
            unforwarded(headers, variables, batch);
        } else {
            headers.put("kind", "request");
            for (String name : OF_A_REQUEST) {
                put(headers, name, variables.get(name));
            }
            headers.putIfAbsent("attempts", 1);
            if (variables.get("answer") instanceof IntercomAnswer answer) {
                headers.put("status", answer.status());
                put(headers, "intercomCode", answer.code());
                put(headers, "intercomMessage", answer.message());
                put(headers, "intercomRequestId", answer.requestId());
            }
        }
    }

    private void unforwarded(Map<String, Object> headers, Map<String, Object> variables, MparticleBatch batch) {
        headers.put("kind", "batch");
        headers.put("attempts", 1);
        put(headers, "batchId", batch.id());
        put(headers, "platform", batch.platform());
        put(headers, "userKey", batch.user().known() ? batch.user().key() : null);
        put(headers, "field", batch.field());
        put(headers, "source", source(batch, (String) variables.get("mparticleIntercomSource")));
        put(headers, "replays", variables.get("mparticleIntercomReplays"));
        if (variables.get("mparticleIntercomIntake") instanceof Intake intake) {
            put(headers, "firstAttemptAt", Instant.ofEpochMilli(intake.receivedAt()).toString());
        }
        if (variables.get("event") instanceof MparticleEvent event) {
            headers.put("kind", "event");
            put(headers, "eventId", event.id());
            put(headers, "stableId", event.stableId());
            put(headers, "field", event.field());
        }
    }

    private static void put(Map<String, Object> headers, String name, Object value) {
        if (value != null && !"".equals(value)) {
            headers.put(name, value);
        }
    }
}
