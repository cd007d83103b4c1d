package io.github.mparticleintercom.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomRequest.Operation;
import java.util.regex.Pattern;

/** Which attribute values Intercom takes, and what the others become. */
final class AttributeValues {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Pattern LINK = Pattern.compile("(?s)https?://.+");

    private AttributeValues() {
    }

    /** What is done with a value that Intercom does not take as it is; null when it takes it. */
    static Reason fault(Operation operation, JsonNode value) {
        if (value.isTextual() || value.isInt() || value.isLong()) {
            return null;
        }
        if (value.isNull()) {
            return operation == Operation.EVENT ? Reason.VALUE_EMPTY : null;
        }
        if (value.isArray()) {
            return joined((ArrayNode) value).isEmpty() ? Reason.VALUE_EMPTY : Reason.LIST_JOINED;
        }
        return value.isBoolean() || Json.isReasonable(value) || operation == Operation.EVENT && isRich(value)
                ? null : Reason.VALUE_UNSUPPORTED;
    }

    /**
     * The value as Intercom takes it, without the attributes of other requests in its parts.
     *
     * @return null when there is none
     */
    static JsonNode legal(Operation operation, JsonNode value, Reason fault) {
        if (fault == Reason.LIST_JOINED) {
            return NODES.textNode(joined((ArrayNode) value));
        }
        if (fault != null) {
            return null;
        }
        if (value.isBoolean() && operation == Operation.EVENT) {
            return NODES.textNode(value.asText());
        }
        return value.isObject() ? value.deepCopy() : value;
    }

    private static String joined(ArrayNode list) {
        StringBuilder joined = new StringBuilder();
        for (JsonNode entry : list) {
            String text = Json.text(entry);
            if (text != null) {
                joined.append(joined.isEmpty() ? "" : ", ").append(text);
            }
        }
        return joined.toString();
    }

    /** Intercom's monetary amounts and rich links. */
    private static boolean isRich(JsonNode value) {
        return value.size() == 2
                && (value.path("amount").isIntegralNumber() && value.path("amount").asLong() > 0
                        && value.path("currency").isTextual()
                        || LINK.matcher(value.path("url").asText()).matches() && value.path("value").isTextual());
    }
}
