package io.github.mparticleintercom.intercom;

import java.util.HashMap;
import java.util.Map;

/** Requests as delivery takes them off the queue. */
final class Queued {

    private Queued() {
    }

    static QueuedRequest event(String json) {
        return request("event", json);
    }

    static QueuedRequest contact(String json) {
        return request("contact", json);
    }

    static QueuedRequest request(String operation, String json) {
        return RequestMessages.read(json, headers(operation));
    }

    static Map<String, Object> headers(String operation) {
        return new HashMap<>(Map.of("operation", operation, "platform", "ios", "stableId", "s1", "batchId", "b1", "eventId", "e1", "source", "HTTP",
                "JMSXGroupID", "c1", "otherUserKey", "email-1"));
    }
}
