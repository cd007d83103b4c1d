package io.github.mparticleintercom.queue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;

/** The single reasons of a {@link Receipt}, as many as an answer should hold. */
final class Details {

    private static final int MOST = 1000;

    private final ArrayNode details = Json.MAPPER.createArrayNode();
    private Reason firstReason;
    private String firstField;

    /** Adds one; what is null is left out. */
    void add(String outcome, String batchId, String eventId, Reason reason, String field) {
        if (firstReason == null) {
            firstReason = reason;
            firstField = field;
        }
        if (details.size() < MOST) {
            ObjectNode detail = details.addObject().put("outcome", outcome).put("reason", reason.code());
            detail.put("batch_id", batchId).put("event_id", eventId).put("field", field);
            detail.properties().removeIf(entry -> entry.getValue().isNull());
        }
    }

    /** Null where there is none. */
    Reason firstReason() {
        return firstReason;
    }

    /** The field that goes with {@link #firstReason()}, or null. */
    String firstField() {
        return firstField;
    }

    ArrayNode json() {
        return details;
    }
}
