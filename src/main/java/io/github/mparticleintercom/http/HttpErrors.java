package io.github.mparticleintercom.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import java.util.Map;

/** Error answers in the shape of mParticle's Events API, with the reason code and the field at fault beside it. */
public final class HttpErrors {

    private static final Map<Integer, String> CODES = Map.of(400, "BAD_REQUEST", 401, "UNAUTHORIZED", 403, "FORBIDDEN",
            404, "NOT_FOUND", 409, "CONFLICT",
            413, "REQUEST_ENTITY_TOO_LARGE", 415, "UNSUPPORTED_MEDIA_TYPE", 429, "TOO_MANY_REQUESTS",
            503, "SERVICE_UNAVAILABLE");

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
