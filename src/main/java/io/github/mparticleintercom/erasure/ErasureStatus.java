package io.github.mparticleintercom.erasure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** How far a request to forget a user has come, in the words of OpenDSR 2.0. */
final class ErasureStatus {

    static final String VERSION = "2.0";
    /** What is promised. It takes seconds, or as long as Intercom is unavailable. */
    private static final Duration EXPECTED = Duration.ofDays(14);

    private ErasureStatus() {
    }

    /** The status as it is answered and told. */
    static ObjectNode of(ObjectNode record) {
        return head(record).put("api_version", VERSION).put(ErasureRegister.STATUS, record.path(ErasureRegister.STATUS).asText());
    }

    /** The answer to the request itself, but for the request. */
    static ObjectNode received(ObjectNode record) {
        return head(record).put("received_time", time(record, Duration.ZERO));
    }

    static boolean isCancelled(ObjectNode record) {
        return record.path(ErasureRegister.STATUS).asText().equals("cancelled");
    }

    /** The answer to its cancellation. */
    static ObjectNode cancelled(ObjectNode record) {
        ObjectNode json = head(record).put("received_time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()).put("api_version", VERSION);
        json.remove("expected_completion_time");
        return json;
    }

    /** It has come so far; whoever asked is to be told. */
    static void set(ObjectNode record, String status) {
        record.put(ErasureRegister.STATUS, status);
        for (JsonNode callback : record.path(ErasureRegister.CALLBACKS)) {
            ((ObjectNode) callback).put(StatusCallbacks.ATTEMPTS, 0).put(StatusCallbacks.DUE, 0);
        }
    }

    private static ObjectNode head(ObjectNode record) {
        return Json.object().put("controller_id", record.path("controller_id").asText())
                .put("expected_completion_time", time(record, EXPECTED))
                .put(ErasureRegister.ID, record.path(ErasureRegister.ID).asText());
    }

    private static String time(ObjectNode record, Duration later) {
        return Instant.ofEpochMilli(record.path(ErasureRegister.RECEIVED).asLong()).plus(later).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
