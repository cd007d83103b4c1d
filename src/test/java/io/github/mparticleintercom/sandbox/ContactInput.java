package io.github.mparticleintercom.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The known fields of a create or update call, checked for their types. Absent text fields are null. Unknown fields
 * are dropped here; in particular {@code user_id} is not a field of a contact.
 */
record ContactInput(
        String role,
        String externalId,
        String email,
        Map<String, JsonNode> fields,
        Map<String, JsonNode> customAttributes) {

    private static final List<String> TEXTS = List.of("phone", "name", "avatar", "owner_id", "language_override");
    private static final List<String> TIMES = List.of("signed_up_at", "last_seen_at");
    private static final List<String> FLAGS = List.of("email_verified", "unsubscribed_from_emails");

    static ContactInput parse(ObjectNode body) {
        String role = FieldChecks.optionalText(body, "role");
        if (role != null && !role.equals("user") && !role.equals("lead")) {
            throw ApiException.invalid("role", "role must be user or lead");
        }
        String externalId = FieldChecks.optionalText(body, "external_id");
        if (externalId != null && "lead".equals(role)) {
            throw ApiException.invalid("external_id", "external_id can not be set on a lead");
        }
        String email = body.has("email") ? FieldChecks.email(body.get("email"), "email") : null;
        if (email == null && body.has("email_verified")) {
            throw ApiException.invalid("email_verified", "email_verified must come together with email");
        }
        return new ContactInput(role, externalId, email, standardFields(body), attributes(body));
    }

    private static Map<String, JsonNode> standardFields(ObjectNode body) {
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        TEXTS.forEach(name -> copy(body, name, fields, FieldChecks::text));
        TIMES.forEach(name -> copy(body, name, fields, FieldChecks::unixSeconds));
        FLAGS.forEach(name -> copy(body, name, fields, FieldChecks::bool));
        return fields;
    }

    private static void copy(ObjectNode body, String name, Map<String, JsonNode> target, Check check) {
        JsonNode value = body.get(name);
        if (value == null) {
            return;
        }
        if (!value.isNull()) {
            check.accept(value, name);
        }
        target.put(name, value);
    }

    private static Map<String, JsonNode> attributes(ObjectNode body) {
        JsonNode value = body.get("custom_attributes");
        if (value == null || value.isNull()) {
            return Map.of();
        }
        if (!value.isObject()) {
            throw ApiException.invalid("custom_attributes", "custom_attributes must be an object");
        }
        Map<String, JsonNode> attributes = new LinkedHashMap<>();
        value.properties().forEach(entry -> attributes.put(entry.getKey(), entry.getValue()));
        return attributes;
    }

    @FunctionalInterface
    private interface Check {
        void accept(JsonNode value, String name);
    }
}
