package io.github.mparticleintercom.queue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import jakarta.jms.JMSException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.apache.camel.Variable;

/** Looks at the dead letters without taking any, and says which of them are meant. */
public final class DeadQueue {

    private static final String ALL = "all";
    private static final int DEFAULT_LIMIT = 100;

    private final DeadBrowser browser;

    /**
     * Looks at a queue.
     *
     * @param broker where it is
     * @param queue  its name
     */
    public DeadQueue(MessageBroker broker, String queue) {
        this.browser = new DeadBrowser(broker, queue);
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
        Predicate<String> wanted = reason == null || reason.isBlank() ? code -> true : wanted(reason);
        Deque<ObjectNode> newest = new ArrayDeque<>();
        int[] total = {0};
        browser.browse(message -> {
            if (!wanted.test(message.getStringProperty("reason"))) {
                return;
            }
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
        String[] found = {null};
        browser.browse(message -> {
            if (message.getStringProperty(DeadBrowser.ID).equals(id)) {
                found[0] = Json.write(DeadLetterJson.whole(message));
            }
        });
        if (found[0] == null) {
            throw new DeadRefusal(Reason.NO_SUCH_LETTER, "id");
        }
        return found[0];
    }

    /** This letter alone, if it is there. */
    public List<String> one(@Variable("letterId") String id) throws JMSException, DeadRefusal {
        if (!exists(id)) {
            throw new DeadRefusal(Reason.NO_SUCH_LETTER, "id");
        }
        return List.of(id);
    }

    /** The letters with this reason code, or {@code all}, in the order in which they were parked. Nothing means nothing. */
    public List<String> ofReason(@Variable("letterReason") String reason) throws JMSException, DeadRefusal {
        Predicate<String> wanted = wanted(reason);
        List<String> ids = new ArrayList<>();
        browser.browse(message -> {
            if (wanted.test(message.getStringProperty("reason"))) {
                ids.add(message.getStringProperty(DeadBrowser.ID));
            }
        });
        return ids;
    }

    /**
     * Refuses to go on when a letter was not taken although it is there: the broker looks for it only among those that it has in
     * memory, and there are too many before it.
     */
    public void checkGone(@Variable("letterId") String id) throws JMSException, DeadRefusal {
        if (exists(id)) {
            throw new DeadRefusal(Reason.LETTER_OUT_OF_REACH, "id");
        }
    }

    private boolean exists(String id) throws JMSException {
        boolean[] found = {false};
        browser.browse(message -> found[0] |= message.getStringProperty(DeadBrowser.ID).equals(id));
        return found[0];
    }

    private static Predicate<String> wanted(String reason) throws DeadRefusal {
        if (ALL.equals(reason)) {
            return code -> true;
        }
        try {
            return Reason.of(reason == null ? "" : reason).code()::equals;
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
