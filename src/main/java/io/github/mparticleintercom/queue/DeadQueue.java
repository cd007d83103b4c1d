package io.github.mparticleintercom.queue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.QueueBrowser;
import jakarta.jms.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Enumeration;
import java.util.List;
import org.apache.camel.Variable;

/** Looks at the dead letters without taking any, and says which of them are meant. */
public final class DeadQueue {

    private static final String ALL = "all";
    private static final int DEFAULT_LIMIT = 100;

    private final MessageBroker broker;
    private final String queue;

    /**
     * Looks at a queue.
     *
     * @param broker where it is
     * @param queue  its name
     */
    public DeadQueue(MessageBroker broker, String queue) {
        this.broker = broker;
        this.queue = queue;
    }

    private interface Reader {
        void read(Message message) throws JMSException;
    }

    /**
     * The newest letters, oldest of them first, without their bodies, as JSON text; and how many there are in all.
     *
     * @param reason only those with this reason code; null, blank or {@code all} for every one
     * @param limit  how many at most; null for 100
     */
    public String list(@Variable("letterReason") String reason, @Variable("letterLimit") String limit)
            throws JMSException, DeadRefusal {
        int most = limit(limit);
        String selector = reason == null || reason.isBlank() ? null : selector(reason);
        Deque<ObjectNode> newest = new ArrayDeque<>();
        int[] total = {0};
        browse(selector, message -> {
            total[0]++;
            newest.add(DeadLetterJson.properties(message));
            if (newest.size() > most) {
                newest.remove();
            }
        });
        ArrayNode letters = Json.MAPPER.createArrayNode().addAll(newest);
        ObjectNode list = Json.object().put("total", total[0]);
        list.set("letters", letters);
        return Json.write(list);
    }

    /** Everything about one letter, as JSON text. */
    public String show(@Variable("letterId") String id) throws JMSException, DeadRefusal {
        List<String> found = new ArrayList<>();
        browse(selectorOf(id), message -> found.add(Json.write(DeadLetterJson.whole(message))));
        if (found.isEmpty()) {
            throw new DeadRefusal(Reason.NO_SUCH_LETTER, "id");
        }
        return found.get(0);
    }

    /** This letter alone, if it is there. */
    public List<String> one(@Variable("letterId") String id) throws JMSException, DeadRefusal {
        List<String> ids = ids(selectorOf(id));
        if (ids.isEmpty()) {
            throw new DeadRefusal(Reason.NO_SUCH_LETTER, "id");
        }
        return ids;
    }

    /** The letters with this reason code, or {@code all}, in the order in which they were parked. Nothing means nothing. */
    public List<String> ofReason(@Variable("letterReason") String reason) throws JMSException, DeadRefusal {
        return ids(selector(reason));
    }

    private List<String> ids(String selector) throws JMSException {
        List<String> ids = new ArrayList<>();
        browse(selector, message -> ids.add(message.getStringProperty("deadId")));
        return ids;
    }

    private void browse(String selector, Reader reader) throws JMSException {
        try (Connection connection = broker.connectionFactory().createConnection();
                Session session = connection.createSession();
                QueueBrowser browser = session.createBrowser(session.createQueue(queue), selector)) {
            connection.start();
            Enumeration<?> messages = browser.getEnumeration();
            while (messages.hasMoreElements()) {
                reader.read((Message) messages.nextElement());
            }
        }
    }

    /** Only what cannot be anything else gets into a selector. */
    private static String selectorOf(String id) throws DeadRefusal {
        if (id == null || !id.matches("[0-9a-f-]{36}")) {
            throw new DeadRefusal(Reason.NO_SUCH_LETTER, "id");
        }
        return "deadId = '" + id + "'";
    }

    private static String selector(String reason) throws DeadRefusal {
        if (ALL.equals(reason)) {
            return "deadId IS NOT NULL";
        }
        try {
            return "reason = '" + Reason.of(reason == null ? "" : reason).code() + "'";
        } catch (IllegalArgumentException e) {
            throw new DeadRefusal(Reason.INVALID_PARAMETER, "reason");
        }
    }

    private static int limit(String limit) throws DeadRefusal {
        if (limit == null || limit.isBlank()) {
            return DEFAULT_LIMIT;
        }
        if (!limit.matches("[1-9]\\d{0,8}")) {
            throw new DeadRefusal(Reason.INVALID_PARAMETER, "limit");
        }
        return Integer.parseInt(limit);
    }
}
