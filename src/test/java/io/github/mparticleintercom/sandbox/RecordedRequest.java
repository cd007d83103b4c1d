package io.github.mparticleintercom.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * One request as it arrived, and how it was answered.
 *
 * @param sequence  number in order of arrival, from 1
 * @param nanoTime  {@link System#nanoTime()} at arrival
 * @param time      time of day at arrival
 * @param method    HTTP method
 * @param path      path as sent, still percent-encoded, without the query
 * @param query     query as sent, or null
 * @param headers   headers with lower-case names; several values of one name are joined by a comma
 * @param body      body as JSON, or null if there was none or it was not JSON
 * @param rawBody   body as text, empty if there was none
 * @param tokenName name of the access token, or null if it is missing or not known
 * @param kind      what the request is for
 * @param requestId the id also sent to the caller
 * @param status    status of the answer, or {@link #NOT_ANSWERED} or {@link #DROPPED}
 */
public record RecordedRequest(
        long sequence,
        long nanoTime,
        Instant time,
        String method,
        String path,
        String query,
        Map<String, String> headers,
        JsonNode body,
        String rawBody,
        String tokenName,
        CallKind kind,
        String requestId,
        int status) {

    /** Status of a request that still waits for its answer. */
    public static final int NOT_ANSWERED = 0;

    /** Status of a request whose connection was closed instead of an answer. */
    public static final int DROPPED = -1;

    /** A header by name in any case, or null. */
    public String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** The value of {@code Intercom-Version}, or null if it was not sent. */
    public String intercomVersion() {
        return header("Intercom-Version");
    }

    RecordedRequest numbered(long number) {
        return new RecordedRequest(number, nanoTime, time, method, path, query, headers, body, rawBody, tokenName,
                kind, requestId, status);
    }

    RecordedRequest withStatus(int answered) {
        return new RecordedRequest(sequence, nanoTime, time, method, path, query, headers, body, rawBody, tokenName,
                kind, requestId, answered);
    }
}
