package io.github.mparticleintercom.intercom;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.intercom.IntercomRequest.Operation;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Headers;
import org.apache.camel.Variable;

/**
 * Requests as messages on the queue: the body is the JSON that Intercom gets, the properties are named here and nowhere else.
 * No message holds a secret.
 */
public final class RequestMessages {

    /** {@code contact}, {@code company}, {@code tags}, {@code event} or {@code erasure}. */
    public static final String OPERATION = "operation";
    /** The platform whose credential sends it. */
    public static final String PLATFORM = "platform";
    /** The same for the same thing, however often it comes in. */
    public static final String STABLE_ID = "stableId";
    /** The batch it comes from. */
    public static final String BATCH_ID = "batchId";
    /** The event it comes from. */
    public static final String EVENT_ID = "eventId";
    /** Where it came from, for people. */
    public static final String SOURCE = "source";
    /** How often it was replayed from the dead letter queue. */
    public static final String REPLAYS = "replays";
    /** When it was accepted, in Unix milliseconds, where that is not when the message was sent. */
    public static final String ACCEPTED_AT = "acceptedAt";
    /** On the retry queue: how often it was tried. */
    public static final String ATTEMPTS = "retryAttempts";
    /** On the retry queue: how often that failed. */
    public static final String FAILURES = "retryFailures";
    /** On the retry queue: how often it failed while others went through. */
    public static final String FAILURES_ALONE = "retryFailuresAlone";
    /** On the retry queue: when delivery took it first. */
    public static final String FIRST_ATTEMPT_AT = "retryFirstAttemptAt";
    /** JMS' name for what keeps the order of one user: the user key. */
    public static final String USER_KEY = "JMSXGroupID";
    /** Set by an Artemis on the first message of a group that it gives to a consumer, where {@code group-first-key} names it. */
    private static final String FIRST_OF_CONSUMER = "JMSXGroupFirstForConsumer";
    /** The user key by the email alone, where the user has another. */
    public static final String OTHER_USER_KEY = "otherUserKey";
    /** The name for an event where Intercom has no room for its own. */
    public static final String FALLBACK_NAME = "fallbackName";
    /** Artemis' name for what it refuses a duplicate by. */
    public static final String DUPLICATE_ID = "_AMQ_DUPL_ID";

    /** Makes the message of a request: its properties are the headers, and nothing else is; the body is returned as text. */
    public String write(@Body IntercomRequest request, @Headers Map<String, Object> headers) {
        headers.clear();
        headers.put(OPERATION, request.operation().code());
        put(headers, PLATFORM, request.platform());
        headers.put(STABLE_ID, request.stableId());
        headers.put(BATCH_ID, request.batchId());
        put(headers, EVENT_ID, request.eventId());
        put(headers, SOURCE, request.source());
        headers.put(USER_KEY, request.userKey());
        put(headers, OTHER_USER_KEY, request.otherUserKey());
        put(headers, FALLBACK_NAME, request.fallbackName());
        headers.put(DUPLICATE_ID, request.stableId());
        return request.json();
    }

    /**
     * Makes the message of a request that goes to the retry queue: what it was, and what was tried. It has no duplicate id, because
     * the same request may come there again after a replay.
     */
    public String defer(@Variable("request") QueuedRequest request, @Headers Map<String, Object> headers) {
        headers.clear();
        headers.put(OPERATION, request.operation().code());
        put(headers, PLATFORM, request.platform());
        headers.put(STABLE_ID, request.stableId());
        put(headers, BATCH_ID, request.batchId());
        put(headers, EVENT_ID, request.eventId());
        put(headers, SOURCE, request.source());
        if (request.replays() > 0) {
            headers.put(REPLAYS, request.replays());
        }
        headers.put(USER_KEY, request.userKey());
        put(headers, OTHER_USER_KEY, request.otherUserKey());
        put(headers, FALLBACK_NAME, request.fallbackName());
        QueuedRequest.Before tried = request.tried();
        headers.put(ACCEPTED_AT, request.acceptedAt());
        headers.put(ATTEMPTS, tried.attempts());
        headers.put(FAILURES, tried.failures());
        headers.put(FAILURES_ALONE, tried.failuresAlone());
        headers.put(FIRST_ATTEMPT_AT, tried.takenAt().toString());
        return request.original();
    }

    /** Reads a message off the queue. What is none of ours comes back with what it holds, and without a body. */
    public static QueuedRequest read(Object body, Map<String, Object> headers) {
        String text = body instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(body);
        Operation operation = Operation.of(text(headers, OPERATION));
        String userKey = text(headers, USER_KEY);
        String stableId = text(headers, STABLE_ID);
        boolean complete = operation != null && userKey != null && stableId != null;
        String platform = text(headers, PLATFORM);
        QueuedRequest request = new QueuedRequest(operation, platform == null ? "" : platform, userKey, stableId, text(headers, BATCH_ID),
                text(headers, EVENT_ID), text(headers, SOURCE), text, complete ? parsed(text) : null,
                number(headers, REPLAYS), before(headers));
        request.otherUserKey(text(headers, OTHER_USER_KEY)).fallbackName(text(headers, FALLBACK_NAME));
        request.firstOfConsumer(headers.containsKey(FIRST_OF_CONSUMER));
        Object acceptedAt = headers.getOrDefault(ACCEPTED_AT, headers.get("JMSTimestamp"));
        if (acceptedAt instanceof Number millis) {
            request.acceptedAt(millis.longValue());
        }
        return request;
    }

    private static QueuedRequest.Before before(Map<String, Object> headers) {
        String first = text(headers, FIRST_ATTEMPT_AT);
        return first == null ? null : new QueuedRequest.Before(number(headers, ATTEMPTS), number(headers, FAILURES),
                number(headers, FAILURES_ALONE), instant(first));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return Instant.now();
        }
    }

    private static int number(Map<String, Object> headers, String name) {
        return headers.get(name) instanceof Number number ? number.intValue() : 0;
    }

    private static ObjectNode parsed(String text) {
        try {
            return Json.MAPPER.readTree(text) instanceof ObjectNode object ? object : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** What a dry run writes down, one line of JSON. */
    public String line(@Variable("request") QueuedRequest request, @Headers Map<String, Object> headers) {
        headers.clear();
        ObjectNode line = Json.object().put("operation", request.operation().code()).put("platform", request.platform())
                .put("batch_id", request.batchId()).put("event_id", request.eventId());
        if (request.operation() != Operation.ERASURE) {
            // who is to be forgotten is not written down
            line.set("request", request.body());
        }
        return Json.write(line);
    }

    private static void put(Map<String, Object> headers, String name, String value) {
        if (value != null && !value.isEmpty()) {
            headers.put(name, value);
        }
    }

    private static String text(Map<String, Object> headers, String name) {
        Object value = headers.get(name);
        return value == null ? null : value.toString();
    }
}
