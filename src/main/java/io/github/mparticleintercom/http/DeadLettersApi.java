package io.github.mparticleintercom.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.deadletter.DeadLetterQueue;
import jakarta.jms.JMSException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/**
 * Reads what a call to the dead letters asks for, and answers those that only look. Address and query alone count: a header may
 * have been set by anybody.
 */
public final class DeadLettersApi {

    private static final String PATH = "CamelHttpPath";
    private static final String QUERY = "CamelHttpQuery";
    private static final String COLLECTION = "/dead-letters/";
    private static final String ALL = "all";
    private static final int DEFAULT_LIMIT = 100;

    private DeadLetterQueue queue;
    private volatile boolean isHeld;

    /** The dead letters. */
    public void setQueue(DeadLetterQueue queue) {
        this.queue = queue;
    }

    /** Delivery stays shut until the program ends. */
    public void hold() {
        isHeld = true;
    }

    /**
     * Lets delivery be resumed.
     *
     * @throws HttpRefusal 409 where it is shut on purpose
     */
    public void checkNotHeld() throws HttpRefusal {
        if (isHeld) {
            throw new HttpRefusal(409, Reason.HELD, null);
        }
    }

    /**
     * The newest dead letters, as JSON text: {@code total}, {@code reasons}, {@code dead_letters}, the oldest of them first, without
     * their bodies.
     *
     * @param query {@code reason}, a code or {@code all}; {@code limit}, 100 if it is not there; {@code before}, an id
     * @throws HttpRefusal  when a parameter has no such value
     * @throws JMSException when the broker does not answer
     */
    public String list(@Header(QUERY) String query) throws HttpRefusal, JMSException {
        String reason = Sent.parameter(query, "reason");
        String before = Sent.parameter(query, "before");
        ObjectNode list = queue.list(reason == null ? null : code(reason), limit(Sent.parameter(query, "limit")), before)
                .orElseThrow(missing("before"));
        return Json.write(list);
    }

    /**
     * Everything about the dead letter in the address, as JSON text.
     *
     * @throws HttpRefusal  when there is none
     * @throws JMSException when the broker does not answer
     */
    public String show(@Header(PATH) String path) throws HttpRefusal, JMSException {
        return Json.write(queue.find(id(path)).orElseThrow(missing("id")));
    }

    /**
     * The dead letter in the address, alone.
     *
     * @throws HttpRefusal  when there is none
     * @throws JMSException when the broker does not answer
     */
    public List<String> one(@Header(PATH) String path) throws HttpRefusal, JMSException {
        String id = id(path);
        if (!queue.holds(id)) {
            throw missing("id").get();
        }
        return List.of(id);
    }

    /**
     * All with the query's {@code reason}, oldest first. No reason means a mistake, not all. With {@code until}, an id, those that came
     * later are left alone: nobody has seen them who gave the number.
     *
     * @throws HttpRefusal  when it is no reason code nor {@code all}, or there is no dead letter with that id
     * @throws JMSException when the broker does not answer
     */
    public List<String> ofReason(@Header(QUERY) String query) throws HttpRefusal, JMSException {
        return queue.ids(code(Sent.parameter(query, "reason")), Sent.parameter(query, "until")).orElseThrow(missing("until"));
    }

    /**
     * The body that is sent in place of that of the dead letter in the address; null where the call brings none.
     *
     * @throws HttpRefusal  when there is no such dead letter, or the body is not JSON or cannot stand in for its own
     * @throws JMSException when the broker does not answer
     */
    public String replacement(@Body byte[] body, @Header(PATH) String path) throws HttpRefusal, JMSException {
        if (body == null || body.length == 0) {
            return null;
        }
        String text = new String(body, StandardCharsets.UTF_8);
        new Replacement(parsed(text)).checkFor(queue.find(id(path)).orElseThrow(missing("id")));
        return text;
    }

    private static JsonNode parsed(String text) throws HttpRefusal {
        try {
            JsonNode json = Json.MAPPER.readTree(text);
            if (!json.isMissingNode()) {
                return json;
            }
        } catch (JsonProcessingException e) {
            // the same as none at all
        }
        throw new HttpRefusal(400, Reason.INVALID_JSON, "body");
    }

    /**
     * Refuses to go on when a dead letter was not taken although it is there: the broker looks for it only among those that it
     * has in memory, and there are too many before it.
     *
     * @throws HttpRefusal  in that case
     * @throws JMSException when the broker does not answer
     */
    public void checkGone(@Variable("deadLetterId") String id) throws HttpRefusal, JMSException {
        if (queue.holds(id)) {
            throw new HttpRefusal(409, Reason.DEAD_LETTER_OUT_OF_REACH, "id");
        }
    }

    /** The id in {@code /dead-letters/{id}} and what is below it. */
    private static String id(String path) {
        int start = path.indexOf(COLLECTION);
        return start < 0 ? "" : path.substring(start + COLLECTION.length()).split("/", 2)[0];
    }

    /** Null stands for all. */
    private static String code(String reason) throws HttpRefusal {
        if (ALL.equals(reason)) {
            return null;
        }
        if (reason == null || !reason.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
            throw new HttpRefusal(400, Reason.INVALID_PARAMETER, "reason");
        }
        return reason;
    }

    private static int limit(String limit) throws HttpRefusal {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        if (!limit.matches("[1-9]\\d{0,8}")) {
            throw new HttpRefusal(400, Reason.INVALID_PARAMETER, "limit");
        }
        return Integer.parseInt(limit);
    }

    private static Supplier<HttpRefusal> missing(String field) {
        return () -> new HttpRefusal(404, Reason.NO_SUCH_DEAD_LETTER, field);
    }
}
