package io.github.mparticleintercom.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A dead letter as JSON. */
final class DeadLetterJson {

    /** The JSON's names, in its order, and the properties of the message that they show. */
    private static final Map<String, String> NAMES = new LinkedHashMap<>();

    static {
        String[] names = {"id", "deadId", "parked_at", "parkedAt", "reason", "reason", "sentence", "sentence", "advice",
            "advice", "kind", "kind", "operation", "operation", "platform", "platform", "user_key", "userKey", "stable_id",
            "stableId", "batch_id", "batchId", "event_id", "eventId", "field", "field", "source", "source", "attempts",
            "attempts", "first_attempt_at", "firstAttemptAt", "last_attempt_at", "lastAttemptAt", "replays", "replays",
            "status", "status", "intercom_code", "intercomCode", "intercom_message", "intercomMessage",
            "intercom_request_id", "intercomRequestId"};
        for (int i = 0; i < names.length; i += 2) {
            NAMES.put(names[i], names[i + 1]);
        }
    }

    private DeadLetterJson() {
    }

    /** All but the body. */
    static ObjectNode properties(Message message) throws JMSException {
        ObjectNode json = Json.object();
        for (Map.Entry<String, String> name : NAMES.entrySet()) {
            Object value = message.getObjectProperty(name.getValue());
            if (value instanceof Integer number) {
                json.put(name.getKey(), number);
            } else if (value != null) {
                json.put(name.getKey(), value.toString());
            }
        }
        return json;
    }

    /** Everything: the body as {@code body} where it is JSON, else as {@code body_text} or {@code body_base64}. */
    static ObjectNode whole(Message message) throws JMSException {
        ObjectNode json = properties(message);
        Object body = new JmsBodies().fromMessage(message);
        byte[] bytes = body instanceof byte[] raw ? raw : String.valueOf(body).getBytes(StandardCharsets.UTF_8);
        JsonNode parsed = parse(bytes);
        if (parsed != null) {
            json.set("body", parsed);
            return json;
        }
        try {
            return json.put("body_text", StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException e) {
            return json.put("body_base64", bytes);
        }
    }

    private static JsonNode parse(byte[] bytes) {
        try {
            JsonNode json = Json.MAPPER.readTree(bytes);
            return json.isMissingNode() ? null : json;
        } catch (IOException e) {
            return null;
        }
    }
}
