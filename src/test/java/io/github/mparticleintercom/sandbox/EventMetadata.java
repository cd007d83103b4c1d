package io.github.mparticleintercom.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Checks the metadata of an event and keeps the first keys; the rest is ignored unseen, without an error. */
final class EventMetadata {

    private static final Pattern CURRENCY = Pattern.compile("[A-Za-z]{3}");
    private static final Pattern LINK = Pattern.compile("https?://\\S+");

    private final int maxKeys;
    private final boolean booleans;

    EventMetadata(SandboxConfig config) {
        this.maxKeys = config.metadataKeys();
        this.booleans = config.booleanMetadata();
    }

    ObjectNode keep(JsonNode metadata) {
        ObjectNode kept = Json.object();
        if (metadata == null) {
            return kept;
        }
        if (!metadata.isObject()) {
            throw ApiException.invalid("metadata", "metadata must be an object");
        }
        for (Map.Entry<String, JsonNode> entry : metadata.properties()) {
            if (kept.size() == maxKeys) {
                break;
            }
            check(entry.getKey(), entry.getValue());
            kept.set(entry.getKey(), entry.getValue());
        }
        return kept;
    }

    private void check(String key, JsonNode value) {
        String field = "metadata." + key;
        if (key.endsWith("_date")) {
            FieldChecks.unixSeconds(value, field);
        } else if (value.isObject()) {
            checkObject(field, value);
        } else if (!value.isTextual() && !value.isNumber() && !(booleans && value.isBoolean())) {
            throw ApiException.invalid(field, field + " has a type that is not supported");
        }
    }

    private static void checkObject(String field, JsonNode value) {
        Set<String> keys = new TreeSet<>();
        value.fieldNames().forEachRemaining(keys::add);
        boolean valid = keys.equals(Set.of("amount", "currency")) ? isMoney(value)
                : keys.equals(Set.of("url", "value")) && isRichLink(value);
        if (!valid) {
            throw ApiException.invalid(field, field + " is neither a monetary amount nor a rich link");
        }
    }

    private static boolean isMoney(JsonNode value) {
        JsonNode amount = value.get("amount");
        return amount.isIntegralNumber() && amount.bigIntegerValue().signum() > 0
                && CURRENCY.matcher(value.get("currency").asText()).matches();
    }

    private static boolean isRichLink(JsonNode value) {
        return value.get("value").isTextual() && LINK.matcher(value.get("url").asText()).matches();
    }
}
