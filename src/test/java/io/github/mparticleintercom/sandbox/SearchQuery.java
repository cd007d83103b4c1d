package io.github.mparticleintercom.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** A contact search: one filter, or a group of filters joined by AND or OR. Only {@code =} is known. */
final class SearchQuery {

    private static final int MAX_DEPTH = 2;
    private static final int MAX_FILTERS = 15;

    private SearchQuery() {
    }

    static Predicate<SandboxContact> parse(JsonNode query) {
        if (query == null) {
            throw ApiException.missing("query", "query is required");
        }
        return filter(query, 0);
    }

    private static Predicate<SandboxContact> filter(JsonNode node, int depth) {
        JsonNode operator = node.path("operator");
        if (!operator.isTextual()) {
            throw ApiException.invalid("operator", "operator must be a string");
        }
        return switch (operator.textValue().toUpperCase(Locale.ROOT)) {
            case "AND" -> group(node, depth).stream().reduce(contact -> true, Predicate::and);
            case "OR" -> group(node, depth).stream().reduce(contact -> false, Predicate::or);
            case "=" -> equality(node);
            default -> throw ApiException.invalid("operator",
                    "operator " + operator.textValue() + " is not supported by the sandbox");
        };
    }

    private static List<Predicate<SandboxContact>> group(JsonNode node, int depth) {
        JsonNode parts = node.path("value");
        if (!parts.isArray() || parts.isEmpty() || parts.size() > MAX_FILTERS || depth >= MAX_DEPTH) {
            throw ApiException.invalid("value", "A group takes 1 to " + MAX_FILTERS + " filters, nested "
                    + MAX_DEPTH + " deep at most");
        }
        List<Predicate<SandboxContact>> filters = new ArrayList<>();
        parts.forEach(part -> filters.add(filter(part, depth + 1)));
        return filters;
    }

    private static Predicate<SandboxContact> equality(JsonNode node) {
        String field = FieldChecks.text(node.path("field"), "field");
        String value = FieldChecks.text(node.path("value"), "value");
        return switch (field) {
            case "id" -> contact -> value.equals(contact.id());
            case "email" -> contact -> value.equalsIgnoreCase(contact.email());
            case "external_id" -> contact -> value.equals(contact.externalId());
            case "role" -> contact -> value.equals(contact.role());
            default -> throw ApiException.invalid("field", "field " + field + " can not be searched");
        };
    }
}
