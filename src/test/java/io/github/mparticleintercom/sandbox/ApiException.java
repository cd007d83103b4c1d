package io.github.mparticleintercom.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** A refusal, thrown by whatever check finds the fault and turned into an error answer at one place. */
final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String field;
    private final transient Map<String, String> headers;

    ApiException(int status, String code, String message, String field, Map<String, String> headers) {
        // No stack trace: refusals are ordinary answers and may come by the thousand per second.
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.field = field;
        this.headers = headers;
    }

    ApiException(int status, String code, String message) {
        this(status, code, message, null, Map.of());
    }

    static ApiException invalid(String field, String message) {
        return new ApiException(400, "parameter_invalid", message, field, Map.of());
    }

    static ApiException missing(String field, String message) {
        return new ApiException(400, "parameter_missing", message, field, Map.of());
    }

    static ApiException notFound(String message) {
        return new ApiException(404, "not_found", message);
    }

    static ApiException conflict(String message) {
        return new ApiException(409, "conflict", message);
    }

    Answer toAnswer(String requestId) {
        return new Answer(status, envelope(requestId, code, getMessage(), field), headers);
    }

    static ObjectNode envelope(String requestId, String code, String message, String field) {
        ObjectNode envelope = Json.object().put("type", "error.list").put("request_id", requestId);
        ObjectNode error = envelope.putArray("errors").addObject().put("code", code).put("message", message);
        if (field != null) {
            error.put("field", field);
        }
        return envelope;
    }
}
