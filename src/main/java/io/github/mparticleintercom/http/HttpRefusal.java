package io.github.mparticleintercom.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A call is not accepted: what it is answered, in the shape of mParticle's Events API or of OpenDSR, with the reason code and the field at
 * fault.
 */
public final class HttpRefusal extends Exception {

    private static final long serialVersionUID = 1L;
    private static final Map<Integer, String> CODES = Map.ofEntries(Map.entry(400, "BAD_REQUEST"),
            Map.entry(401, "UNAUTHORIZED"), Map.entry(403, "FORBIDDEN"), Map.entry(404, "NOT_FOUND"),
            Map.entry(405, "METHOD_NOT_ALLOWED"), Map.entry(409, "CONFLICT"), Map.entry(413, "REQUEST_ENTITY_TOO_LARGE"),
            Map.entry(415, "UNSUPPORTED_MEDIA_TYPE"), Map.entry(429, "TOO_MANY_REQUESTS"),
            Map.entry(500, "INTERNAL_SERVER_ERROR"), Map.entry(503, "SERVICE_UNAVAILABLE"));

    private final int status;
    private final transient Reason reason;
    private final String field;

    /**
     * Why.
     *
     * @param status the HTTP status of the answer
     * @param reason the reason
     * @param field  the header or field at fault; null if none is
     */
    public HttpRefusal(int status, Reason reason, String field) {
        super(reason.sentence());
        this.status = status;
        this.reason = reason;
        this.field = field;
    }

    /** The HTTP status of the answer. */
    public int status() {
        return status;
    }

    /**
     * The headers of the answer.
     *
     * @param retrySeconds when to come again, where that may help
     */
    public Map<String, String> headers(String retrySeconds) {
        Map<String, String> headers = new LinkedHashMap<>(Map.of("Content-Type", "application/json"));
        if (status == 429 || status == 503) {
            headers.put("Retry-After", retrySeconds);
        }
        if (status == 401) {
            headers.put("WWW-Authenticate", "Basic realm=\"mparticle-intercom\"");
        }
        return headers;
    }

    /** The body of the answer, as JSON text. */
    public String body() {
        ObjectNode json = Json.object();
        ObjectNode error = json.putArray("errors").addObject();
        error.put("code", CODES.getOrDefault(status, "ERROR"));
        describe(error);
        return Json.write(json);
    }

    /** The body of the answer in the shape of OpenDSR (specification 7.6), as JSON text. */
    public String openDsrBody() {
        ObjectNode json = Json.object();
        ObjectNode error = json.putObject("error").put("code", status).put("message", message());
        describe(error.putArray("errors").addObject().put("domain", "mparticle-intercom"));
        return Json.write(json);
    }

    private void describe(ObjectNode error) {
        error.put("message", message()).put("reason", reason.code());
        if (field != null) {
            error.put("field", field);
        }
    }

    private String message() {
        return reason.sentence() + (field == null ? "" : ": " + field);
    }
}
