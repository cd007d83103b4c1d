package io.github.mparticleintercom.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import java.util.Map;

/** Error answers in the shape of mParticle's Events API, with the reason code and the field at fault beside it. */
public final class HttpErrors {

    private static final Map<Integer, String> CODES = Map.ofEntries(Map.entry(400, "BAD_REQUEST"),
            Map.entry(401, "UNAUTHORIZED"), Map.entry(403, "FORBIDDEN"), Map.entry(404, "NOT_FOUND"),
            Map.entry(405, "METHOD_NOT_ALLOWED"), Map.entry(409, "CONFLICT"), Map.entry(413, "REQUEST_ENTITY_TOO_LARGE"),
            Map.entry(415, "UNSUPPORTED_MEDIA_TYPE"), Map.entry(429, "TOO_MANY_REQUESTS"),
            Map.entry(500, "INTERNAL_SERVER_ERROR"), Map.entry(503, "SERVICE_UNAVAILABLE"));

    private HttpErrors() {
    }

    /**
     * The body of an answer.
     *
     * @param status the HTTP status
     * @param reason the reason
     * @param field  the header or field at fault; null if none is
     */
    public static String body(int status, Reason reason, String field) {
        ObjectNode json = Json.object();
        ObjectNode error = json.putArray("errors").addObject();
        error.put("code", CODES.getOrDefault(status, "ERROR"));
        error.put("message", reason.sentence() + (field == null ? "" : ": " + field));
        error.put("reason", reason.code());
        if (field != null) {
            error.put("field", field);
        }
        return Json.write(json);
    }
}
