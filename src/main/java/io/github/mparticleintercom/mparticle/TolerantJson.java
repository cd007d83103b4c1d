package io.github.mparticleintercom.mparticle;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads JSON that is well written but holds what Java cannot: a number of a million digits or with an exponent beyond all
 * measure, a name without end, too many brackets in each other. The value in question becomes one that means nothing, so
 * that it is left out like any other that Intercom has no place for, and the rest is as it stands.
 */
final class TolerantJson {

    /** Stands for a value that cannot be held. */
    static final JsonNode UNREADABLE = new POJONode(null);

    private static final int MAX_NUMBER_CHARS = 1_000;
    private static final int MAX_DEPTH = 100;
    /** What lies deeper than is read has to be walked through, which takes memory at every bracket. */
    private static final int MAX_SKIPPED_DEPTH = 100_000;
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_SKIPPED_DEPTH)
                    .maxNumberLength(Integer.MAX_VALUE).maxNameLength(Integer.MAX_VALUE).maxStringLength(Integer.MAX_VALUE).build())
            .build();

    private TolerantJson() {
    }

    /**
     * One value and nothing behind it; a missing node where there is none.
     *
     * @throws IOException when it is no JSON
     */
    static JsonNode read(byte[] bytes) throws IOException {
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            JsonToken first = parser.nextToken();
            if (first == null) {
                return MissingNode.getInstance();
            }
            JsonNode value = value(parser, 0);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "There is more behind the value");
            }
            return value;
        }
    }

    private static JsonNode value(JsonParser parser, int depth) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT:
                return depth < MAX_DEPTH ? object(parser, depth) : skipped(parser);
            case START_ARRAY:
                return depth < MAX_DEPTH ? array(parser, depth) : skipped(parser);
            case VALUE_STRING:
                return NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT:
            case VALUE_NUMBER_FLOAT:
                return number(parser);
            case VALUE_TRUE:
            case VALUE_FALSE:
                return NODES.booleanNode(parser.getBooleanValue());
            default:
                return NODES.nullNode();
        }
    }

    private static JsonNode object(JsonParser parser, int depth) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            object.set(name, value(parser, depth + 1));
        }
        return object;
    }

    private static JsonNode array(JsonParser parser, int depth) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, depth + 1));
        }
        return array;
    }

    private static JsonNode skipped(JsonParser parser) throws IOException {
        parser.skipChildren();
        return UNREADABLE;
    }

    private static JsonNode number(JsonParser parser) throws IOException {
        boolean isWhole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
        String text = parser.getText();
        if (text.length() > MAX_NUMBER_CHARS) {
            return UNREADABLE;
        }
        try {
            return !isWhole ? NODES.numberNode(new BigDecimal(text)) : text.length() < 19
                    ? NODES.numberNode(Long.parseLong(text)) : NODES.numberNode(new BigInteger(text));
        } catch (NumberFormatException e) {
            return UNREADABLE;
        }
    }

    /**
     * The elements of an array in UTF-8, each in its own bytes, found by brackets, quotes and commas alone.
     *
     * @return null when this is no array
     */
    static List<byte[]> elements(byte[] bytes) {
        int start = 0;
        while (start < bytes.length && isBlank(bytes[start])) {
            start++;
        }
        int end = bytes.length;
        while (end > start && isBlank(bytes[end - 1])) {
            end--;
        }
        if (end - start < 2 || bytes[start] != '[' || bytes[end - 1] != ']') {
            return null;
        }
        List<byte[]> elements = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int element = start + 1;
        for (int i = start + 1; i < end - 1; i++) {
            byte b = bytes[i];
            if (quoted) {
                if (b == '\\') {
                    i++;
                } else {
                    quoted = b != '"';
                }
            } else if (b == '"') {
                quoted = true;
            } else if (b == '[' || b == '{') {
                depth++;
            } else if (b == ']' || b == '}') {
                depth--;
            } else if (b == ',' && depth == 0) {
                elements.add(Arrays.copyOfRange(bytes, element, i));
                element = i + 1;
            }
        }
        elements.add(Arrays.copyOfRange(bytes, element, end - 1));
        return depth == 0 && !quoted ? elements : null;
    }

    /** White space of JSON, and the mark that some put before UTF-8. */
    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t' || b == (byte) 0xEF || b == (byte) 0xBB || b == (byte) 0xBF;
    }
}
