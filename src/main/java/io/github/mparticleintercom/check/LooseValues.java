package io.github.mparticleintercom.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.ValidationMessage;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The schema is stricter than Camel, which takes "5" for a number, 5 for a text and a placeholder for either. Such values are
 * replaced by what the schema wants before it is asked again.
 */
final class LooseValues {

    private final UnaryOperator<String> resolver;

    LooseValues(UnaryOperator<String> resolver) {
        this.resolver = resolver;
    }

    /** Whether this message is about a value that Camel takes all the same. */
    boolean mayStay(ValidationMessage message) {
        return message.getType().equals("type") && substitute(message) != null;
    }

    /** The same tree without the values that these messages complain about for nothing. */
    JsonNode replaceAll(JsonNode tree, List<ValidationMessage> messages) {
        JsonNode copy = tree.deepCopy();
        for (ValidationMessage message : messages) {
            if (mayStay(message)) {
                JsonNodePath path = message.getInstanceLocation();
                JsonNode parent = copy.at(path.getParent().toString());
                Object last = path.getElement(-1);
                if (parent instanceof ObjectNode object) {
                    object.set(String.valueOf(last), substitute(message));
                } else if (parent instanceof ArrayNode array) {
                    array.set(((Number) last).intValue(), substitute(message));
                }
            }
        }
        return copy;
    }

    private JsonNode substitute(ValidationMessage message) {
        JsonNode value = message.getInstanceNode();
        if (value == null || !value.isValueNode() || value.isNull()) {
            return null;
        }
        String expected = message.getSchemaNode().asText();
        String text = resolved(value.asText());
        return switch (expected) {
            case "string" -> TextNode.valueOf(value.asText());
            case "boolean" -> text == null || text.matches("(?i)true|false") ? BooleanNode.TRUE : null;
            case "number", "integer" -> text == null || text.matches("[-+]?\\d+(\\.\\d+)?") ? IntNode.valueOf(1) : null;
            default -> null;
        };
    }

    /** Null where it is known only when the route runs, or never: then others complain. */
    private String resolved(String text) {
        try {
            return resolver.apply(text).strip();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
