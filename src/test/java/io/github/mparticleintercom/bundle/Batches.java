package io.github.mparticleintercom.bundle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import java.util.concurrent.atomic.AtomicLong;

/** Batches for tests, no two the same unless they are asked for by id. */
final class Batches {

    private static final AtomicLong NEXT = new AtomicLong(1);
    private static final long TIME = 1_700_000_000_000L;

    private Batches() {
    }

    /** A batch of a user with an attribute and so many events, each in a second of its own. */
    static ObjectNode of(String customerId, int events) {
        ObjectNode batch = about(customerId);
        batch.putObject("user_attributes").put("plan", "pro");
        for (int i = 0; i < events; i++) {
            addEvent(batch, "Event " + i);
        }
        return batch;
    }

    /** A batch with one event that says nothing else about its user. */
    static ObjectNode event(String customerId, String name) {
        return addEvent(about(customerId), name);
    }

    /** A batch that says nothing yet about its user, and has no event. */
    static ObjectNode about(String customerId) {
        ObjectNode batch = Json.object().put("batch_id", NEXT.getAndIncrement()).put("timestamp_unixtime_ms", TIME);
        batch.putObject("user_identities").put("customer_id", customerId);
        batch.putArray("events");
        return batch;
    }

    /** Adds an event in a second of its own. */
    static ObjectNode addEvent(ObjectNode batch, String name) {
        long id = NEXT.getAndIncrement();
        batch.withArray("events").addObject().put("event_type", "custom_event").putObject("data")
                .put("event_id", id).put("event_name", name).put("timestamp_unixtime_ms", TIME + id * 1000);
        return batch;
    }

    /** The text of a batch of one user with one event, two requests for Intercom; the same for the same id. */
    static String signup(String id) {
        return """
                {"batch_id": "%1$s", "timestamp_unixtime_ms": 1700000000123, "user_identities": {"customer_id": "%1$s"}, \
                "user_attributes": {"plan": "pro"}, "events": [{"event_type": "custom_event", "data": \
                {"event_id": "%1$s-1", "event_name": "Signed up"}}]}""".formatted(id);
    }
}
