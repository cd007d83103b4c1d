package io.github.mparticleintercom.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.Change;
import io.github.mparticleintercom.intercom.IntercomRequest.Operation;
import java.util.List;
import java.util.StringJoiner;

/** Which attribute values Intercom takes, and what becomes of the others. */
final class AttributeValues {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int LARGEST_NUMBER_DIGITS = 100;

    private AttributeValues() {
    }

    /**
     * The value as Intercom takes it.
     *
     * @return null when there is none; the changes then say why
     */
    static JsonNode legal(Operation operation, JsonNode value, String field, List<Change> changes) {
        if (value.isNull()) {
            if (operation == Operation.CONTACT) {
                return value;
            }
            changes.add(new Change(Reason.VALUE_EMPTY, field));
            return null;
        }
        if (value.isBoolean()) {
            return operation == Operation.CONTACT ? value : NODES.textNode(value.asText());
        }
        if (value.isArray()) {
            changes.add(new Change(Reason.LIST_JOINED, field));
            return joined(value);
        }
        if (value.isNumber() && isReasonable(value) || value.isTextual()
                || operation == Operation.EVENT && isRich(value)) {
            return value;
        }
        changes.add(new Change(Reason.VALUE_UNSUPPORTED, field));
        return null;
    }

    private static JsonNode joined(JsonNode list) {
        StringJoiner joined = new StringJoiner(", ");
        list.forEach(entry -> {
            if (Json.text(entry) != null) {
                joined.add(Json.text(entry));
            }
        });
        return NODES.textNode(joined.toString());
    }

    private static boolean isReasonable(JsonNode number) {
        var decimal = number.decimalValue();
        return Math.abs((long) decimal.precision() - decimal.scale()) < LARGEST_NUMBER_DIGITS
                && decimal.precision() < LARGEST_NUMBER_DIGITS;
    }

    /** Intercom's monetary amounts and rich links. */
    private static boolean isRich(JsonNode value) {
        return value.size() == 2
                && (value.path("amount").isIntegralNumber() && value.path("amount").asLong() > 0
                        && value.path("currency").isTextual()
                        || value.path("url").asText().matches("https?://.+") && value.path("value").isTextual());
    }
}
