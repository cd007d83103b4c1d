package io.github.mparticleintercom.mparticle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the events of one batch. */
final class MparticleEvents {

    private final String batchId;
    private final String userKey;
    private final long batchMillis;
    private final Map<String, Integer> occurrences = new HashMap<>();

    MparticleEvents(String batchId, Identities user, long batchMillis) {
        this.batchId = batchId;
        this.userKey = user.known() ? user.key() : "";
        this.batchMillis = batchMillis;
    }

    List<MparticleEvent> read(JsonNode events) {
        List<MparticleEvent> read = new ArrayList<>(events.size());
        for (JsonNode event : events) {
            read.add(read(event, "events[" + read.size() + "]"));
        }
        return read;
    }

    private MparticleEvent read(JsonNode event, String place) {
        String type = Json.text(event.get("event_type"));
        ObjectNode data = event.get("data") instanceof ObjectNode object ? object : Json.object();
        String field = fault(event, type, data);
        String id = Json.text(data.get("event_id"));
        if (id == null) {
            id = Json.text(data.get("source_message_id"));
        }
        Long time = Json.positive(data.get("timestamp_unixtime_ms"));
        return new MparticleEvent(type == null ? "" : type,
                id == null ? Json.fingerprint(event.toString()) : id,
                stableId(event, type, id, data),
                Math.floorDiv(time == null ? batchMillis : time, 1000L),
                data, event, field == null ? null : Reason.INVALID_EVENT, field == null ? null : place + field);
    }

    /** An event without an id of its own is told from its equals by its batch and its place among them. */
    private String stableId(JsonNode event, String type, String id, ObjectNode data) {
        if (id != null) {
            return Json.fingerprint("event", userKey, id, Json.text(data.get("source_message_id")), type,
                    Json.text(data.get("event_name")), Json.text(data.get("timestamp_unixtime_ms")));
        }
        String content = event.toString();
        int occurrence = occurrences.merge(content, 1, Integer::sum);
        return Json.fingerprint("event", userKey, batchId, content, String.valueOf(occurrence));
    }

    private static String fault(JsonNode event, String type, ObjectNode data) {
        if (!event.isObject()) {
            return "";
        }
        if (type == null) {
            return ".event_type";
        }
        JsonNode given = event.get("data");
        if (given != null && !given.isNull() && !given.isObject()) {
            return ".data";
        }
        JsonNode attributes = data.get("custom_attributes");
        if (attributes != null && !attributes.isNull() && !attributes.isObject()) {
            return ".data.custom_attributes";
        }
        if (type.equals("custom_event") && Json.text(data.get("event_name")) == null) {
            return ".data.event_name";
        }
        if (type.equals("commerce_event") && !data.path("product_action").isObject()
                && !data.path("promotion_action").isObject() && !data.path("product_impressions").isArray()) {
            return ".data.product_action";
        }
        return null;
    }
}
