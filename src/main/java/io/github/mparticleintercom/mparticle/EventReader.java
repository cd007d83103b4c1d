package io.github.mparticleintercom.mparticle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Change;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import java.util.ArrayList;
import java.util.List;

/** Reads the events of one batch. */
final class EventReader {

    /** An event's own time is taken for one up to the end of 2099; what is later is a mistake. */
    private static final long LATEST_MILLIS = 4_102_444_800_000L;
    /** 1973-03-03, where seconds, milliseconds and the rest can be distinguished. */
    private static final long EARLIEST_MILLIS = 100_000_000_000L;
    private static final int SHORT_ID_CHARS = 16;
    private static final String TIME = "timestamp_unixtime_ms";

    private final String batchKey;
    private final String userKey;
    private final long batchMillis;
    private final long receivedAt;
    private final FarTimes farTimes;
    private final List<Change> batchTimeChanges = new ArrayList<>(1);

    /**
     * Sets up for a batch.
     *
     * @param batchKey   distinguishes the batch from others
     * @param user       whose events they are
     * @param batchTime  the batch's own time; null if it has none
     * @param receivedAt the moment of receipt, in Unix milliseconds
     * @param farTimes   what is done about events that lie far from it
     */
    EventReader(String batchKey, Identities user, JsonNode batchTime, long receivedAt, FarTimes farTimes) {
        this.batchKey = batchKey;
        this.userKey = user.key();
        this.receivedAt = receivedAt;
        this.farTimes = farTimes;
        this.batchMillis = millis(batchTime, receivedAt, batchTimeChanges);
    }

    List<MparticleEvent> read(JsonNode events) {
        List<MparticleEvent> read = new ArrayList<>(events.size());
        for (JsonNode event : events) {
            read.add(read(event, read.size()));
        }
        return read;
    }

    private MparticleEvent read(JsonNode event, int place) {
        String type = Json.text(event.get("event_type"));
        JsonNode givenData = event.get("data");
        ObjectNode data = givenData instanceof ObjectNode object ? object : Json.object();
        String field = fault(event, type, data);
        Reason reason = field != null ? Reason.INVALID_EVENT : null;
        if (reason == null && type.equals("screen_view") && isEnd(data, event)) {
            reason = Reason.SCREEN_VIEW_ENDED;
        }
        JsonNode time = data.get(TIME);
        String eventId = Json.id(data.get("event_id"));
        String messageId = Json.id(data.get("source_message_id"));
        boolean named = eventId != null || messageId != null;
        String stableId = named
                ? Json.fingerprint("event", userKey, eventId == null ? messageId : eventId, messageId, type,
                        Json.text(data.get("event_name")), Json.text(time))
                // its place distinguishes it from its equals, its content from what else is sent under the id of the same batch
                : Json.fingerprint("event", userKey, batchKey, String.valueOf(place), event.toString());
        List<Change> changes = new ArrayList<>(0);
        long millis;
        if (isAbsent(time)) {
            millis = batchMillis;
            changes.addAll(batchTimeChanges);
        } else {
            millis = millis(time, batchMillis, changes);
        }
        if (reason == null) {
            reason = farTimes.judge(millis, receivedAt);
        }
        return new MparticleEvent(type == null ? "" : type,
                named ? MparticleBatches.shown(eventId == null ? messageId : eventId) : stableId.substring(0, SHORT_ID_CHARS),
                stableId, Math.floorDiv(millis, 1000L), data, null, event, reason,
                field == null ? null : "events[" + place + "]" + field, changes);
    }

    private static long millis(JsonNode time, long otherwise, List<Change> changes) {
        if (isAbsent(time)) {
            return otherwise;
        }
        long millis = Times.millis(time);
        if (millis < EARLIEST_MILLIS || millis >= LATEST_MILLIS) {
            changes.add(new Change(Reason.INVALID_TIME, "created_at"));
            return otherwise;
        }
        if (!Times.isMillis(time)) {
            changes.add(new Change(Reason.TIME_UNIT, "created_at"));
        }
        return millis;
    }

    private static boolean isAbsent(JsonNode time) {
        return time == null || time.isNull() || time.isTextual() && time.textValue().isBlank();
    }

    /** Android's SDK reports a screen when it opens and again when it closes (mParticle, JSON reference). */
    private static boolean isEnd(ObjectNode data, JsonNode event) {
        JsonNode activity = data.get("activity_type");
        String text = Json.text(activity != null ? activity : event.get("activity_type"));
        return text != null && text.equalsIgnoreCase("activity_stopped");
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
