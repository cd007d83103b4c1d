package io.github.mparticleintercom.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.broker.JmsBodies;
import io.github.mparticleintercom.broker.MessageBroker;
import io.github.mparticleintercom.broker.QueueBrowse;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Reads the dead letters in the order in which they came, and leaves all of them where they are but one that is to be taken. */
public final class DeadLetterQueue {

    private static final String ID = DeadLetters.ID;
    /** The JSON's names, in its order. The properties of the message are called the same in camelCase, but for the id. */
    private static final List<String> NAMES = List.of("id", "dead_lettered_at", "reason", "sentence", "advice", "kind",
            "operation", "platform", "user_key", "stable_id", "batch_id", "event_id", "field", "source", "attempts",
            "first_attempt_at", "last_attempt_at", "replays", "status", "intercom_code", "intercom_message",
            "intercom_request_id");

    private static final Pattern UNDERSCORE = Pattern.compile("_(.)");
    /** So long without another one, and the rest was taken by somebody else meanwhile. */
    private static final long PATIENCE_NANOS = 10_000_000_000L;
    /** Long enough to find one among very many; one that is there comes at once. */
    private static final long REACH_MILLIS = 5000;

    private MessageBroker broker;

    /** The broker that holds the queue. */
    public void setBroker(MessageBroker broker) {
        this.broker = broker;
    }

    /**
     * The newest dead letters without their bodies.
     *
     * @param reason only those with this reason code; null for every one
     * @param limit  how many at most
     * @param before only those that are older than the dead letter with this id; null for the newest of all
     * @return JSON: {@code total} (how many there are with this reason), {@code reasons} (how many there are with each),
     *         {@code dead_letters} (oldest first); nothing where there is no dead letter {@code before}
     * @throws JMSException when the broker does not answer
     */
    public Optional<ObjectNode> list(String reason, int limit, String before) throws JMSException {
        Deque<ObjectNode> newest = new ArrayDeque<>();
        Map<String, Integer> reasons = new TreeMap<>();
        boolean[] reached = {false};
        browse(message -> {
            String code = message.getStringProperty("reason");
            reasons.merge(code, 1, Integer::sum);
            reached[0] |= id(message).equals(before);
            if (reached[0] || !isOf(reason).test(code)) {
                return;
            }
            newest.add(properties(message));
            if (newest.size() > limit) {
                newest.remove();
            }
        });
        if (before != null && !reached[0]) {
            return Optional.empty();
        }
        ObjectNode list = Json.object().put("total", reason == null ? reasons.values().stream().mapToInt(Integer::intValue).sum()
                : reasons.getOrDefault(reason, 0));
        list.set("reasons", Json.MAPPER.valueToTree(reasons));
        list.putArray("dead_letters").addAll(newest);
        return Optional.of(list);
    }

    /**
     * Everything about one, with its body as {@code body} where that is JSON, else as {@code body_text} or {@code body_base64}.
     *
     * @throws JMSException when the broker does not answer
     */
    public Optional<ObjectNode> find(String id) throws JMSException {
        ObjectNode[] found = {null};
        browse(message -> {
            if (id(message).equals(id)) {
                found[0] = whole(message);
            }
        });
        return Optional.ofNullable(found[0]);
    }

    /**
     * The ids of all with this reason code, oldest first.
     *
     * @param reason the code; null for every one
     * @param until  none that came after the dead letter with this id; null for all
     * @return nothing where there is no dead letter {@code until}
     * @throws JMSException when the broker does not answer
     */
    public Optional<List<String>> ids(String reason, String until) throws JMSException {
        List<String> ids = new ArrayList<>();
        boolean[] passed = {false};
        browse(message -> {
            if (!passed[0] && isOf(reason).test(message.getStringProperty("reason"))) {
                ids.add(id(message));
            }
            passed[0] |= id(message).equals(until);
        });
        return until == null || passed[0] ? Optional.of(ids) : Optional.empty();
    }

    /**
     * The ids of all that are meant, oldest first.
     *
     * @throws JMSException when the broker does not answer
     */
    public List<String> ids(Choice choice) throws JMSException {
        List<String> ids = new ArrayList<>();
        browse(message -> {
            if (choice.isMeant(message)) {
                ids.add(id(message));
            }
        });
        return ids;
    }

    /** Which dead letters are meant. */
    public interface Choice {
        boolean isMeant(Message deadLetter) throws JMSException;
    }

    /**
     * Takes one away for good.
     *
     * @return its properties; nothing where it is gone or out of reach
     * @throws JMSException when the broker does not answer
     */
    public Optional<Map<String, Object>> take(String id) throws JMSException {
        try (Connection connection = broker.connectionFactory().createConnection();
                Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
                MessageConsumer consumer = session.createConsumer(session.createQueue(broker.deadLetterQueue()),
                        ID + "='" + id.replace("'", "''") + "'")) {
            connection.start();
            Message message = consumer.receive(REACH_MILLIS);
            if (message == null) {
                return Optional.empty();
            }
            Map<String, Object> properties = new HashMap<>();
            for (Object name : Collections.list((Enumeration<?>) message.getPropertyNames())) {
                properties.put(name.toString(), message.getObjectProperty(name.toString()));
            }
            session.commit();
            return Optional.of(properties);
        }
    }

    /**
     * Whether there is one with this id.
     *
     * @throws JMSException when the broker does not answer
     */
    public boolean holds(String id) throws JMSException {
        return ids(null, null).orElseThrow().contains(id);
    }

    private void browse(QueueBrowse.Reader reader) throws JMSException {
        QueueBrowse.each(broker, broker.deadLetterQueue(), PATIENCE_NANOS, message -> {
            if (message.propertyExists(ID)) {
                reader.read(message);
            }
        });
    }

    private static String id(Message message) throws JMSException {
        return message.getStringProperty(ID);
    }

    private static Predicate<String> isOf(String reason) {
        return code -> reason == null || reason.equals(code);
    }

    /** All but the body. */
    private static ObjectNode properties(Message message) throws JMSException {
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
    private static ObjectNode whole(Message message) throws JMSException {
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
        return name.equals("id") ? ID
                : UNDERSCORE.matcher(name).replaceAll(found -> found.group(1).toUpperCase(Locale.ROOT));
    }
}
