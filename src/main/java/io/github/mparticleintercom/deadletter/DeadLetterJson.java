package io.github.mparticleintercom.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.broker.JmsBodies;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A dead letter as JSON. */
final class DeadLetterJson {

    /** The JSON's names, in its order. The properties of the message are called the same in camelCase, but for the id. */
    private static final List<String> NAMES = List.of("id", "dead_lettered_at", "reason", "sentence", "advice", "kind",
            "operation", "platform", "user_key", "stable_id", "batch_id", "event_id", "field", "source", "attempts",
            "first_attempt_at", "last_attempt_at", "replays", "status", "intercom_code", "intercom_message",
            "intercom_request_id");

    private static final Pattern UNDERSCORE = Pattern.compile("_(.)");

    private DeadLetterJson() {
    }

    /** All but the body. */
    static ObjectNode properties(Message message) throws JMSException {
        ObjectNode json = Json.object();
        for (String name : NAMES) {
            Object value = message.getObjectProperty(property(name));
            if (value instanceof Integer number) {
                json.put(name, number);
            } else if (value != null) {
                json.put(name, value.toString());
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

    private static String property(String name) {
        return name.equals("id") ? DeadLetters.ID
                : UNDERSCORE.matcher(name).replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
    }
}
