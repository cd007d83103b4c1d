package io.github.mparticleintercom.intercom;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

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

    /** One step of a request. */
    @FunctionalInterface
    interface Step<A, B> {
        B of(A from) throws Exception;
    }

    /** The calls that a request takes until nothing is to be sent any more, as method, path and body. */
    static List<String> calls(QueuedRequest request, Map<String, Object> variables, Map<String, Object> headers,
            Step<QueuedRequest, String> call, Step<String, JsonNode> answer, Consumer<QueuedRequest> settle) throws Exception {
        List<String> made = new ArrayList<>();
        while (variables.get("answer").equals("send")) {
            String body = call.of(request);
            String uri = headers.get("CamelHttpUri").toString().replaceFirst("https://[^/]*", "");
            made.add((headers.get("CamelHttpMethod") + " " + uri + " " + body).strip());
            request.answered(new IntercomAnswer("done", 200, "", "", "", null, answer.of(body)));
            settle.accept(request);
        }
        return made;
    }

    static Map<String, Object> headers(String operation) {
        return new HashMap<>(Map.of("operation", operation, "platform", "ios", "stableId", "s1", "batchId", "b1", "eventId", "e1", "source", "HTTP",
                "JMSXGroupID", "c1", "otherUserKey", "email-1"));
    }
}
