package io.github.mparticleintercom.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/** Type checks shared by the endpoints; each refuses with 400 and the name of the field. */
final class FieldChecks {

    // Ten thousand million seconds is the year 2286; a larger value is milliseconds sent by mistake.
    private static final long MAX_SECONDS = 10_000_000_000L;
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s.]+(\\.[^@\\s.]+)*");

    private FieldChecks() {
    }

    static ObjectNode object(JsonNode body) {
        if (body instanceof ObjectNode object) {
            return object;
        }
        throw ApiException.invalid(null, "The body must be a JSON object");
    }

    static String text(JsonNode value, String field) {
        if (!value.isTextual()) {
            throw ApiException.invalid(field, field + " must be a string");
        }
        return value.textValue();
    }

    static String nonBlankText(JsonNode value, String field) {
        String text = text(value, field);
        if (text.isBlank()) {
            throw ApiException.invalid(field, field + " must not be blank");
        }
        return text;
    }

    /** A text that must not be blank, or null if the field is absent. */
    static String optionalText(ObjectNode body, String field) {
        JsonNode value = body.get(field);
        return value == null ? null : nonBlankText(value, field);
    }

    static String email(JsonNode value, String field) {
        String email = nonBlankText(value, field);
        if (!EMAIL.matcher(email).matches()) {
            throw ApiException.invalid(field, field + " is not a valid email address");
        }
        return email;
    }

    static long unixSeconds(JsonNode value, String field) {
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw ApiException.invalid(field, field + " must be an integer, Unix time in seconds");
        }
        long seconds = value.longValue();
        if (seconds < 0 || seconds > MAX_SECONDS) {
            throw ApiException.invalid(field, field + " must be Unix time in seconds and is out of range");
        }
        return seconds;
    }

    static void bool(JsonNode value, String field) {
        if (!value.isBoolean()) {
            throw ApiException.invalid(field, field + " must be a boolean");
        }
    }
}
