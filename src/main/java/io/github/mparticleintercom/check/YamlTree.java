package io.github.mparticleintercom.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Makes a JSON tree of a YAML document and remembers on which line everything stands. */
final class YamlTree {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String file;
    private final Consumer<Problem> report;
    private final Map<String, Integer> lines = new HashMap<>();

    YamlTree(String file, Consumer<Problem> report) {
        this.file = file;
        this.report = report;
    }

    /** Line by JSON pointer. */
    Map<String, Integer> lines() {
        return lines;
    }

    JsonNode convert(Node document) {
        return convert(document, "", line(document));
    }

    /** A key as part of a JSON pointer. */
    static String escape(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    private JsonNode convert(Node node, String pointer, int line) {
        lines.put(pointer, line);
        if (node instanceof MappingNode mapping) {
            return object(mapping, pointer);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JSON.arrayNode();
            for (Node element : sequence.getValue()) {
                array.add(convert(element, pointer + "/" + array.size(), line(element)));
            }
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private ObjectNode object(MappingNode mapping, String pointer) {
        ObjectNode object = JSON.objectNode();
        for (NodeTuple pair : mapping.getValue()) {
            String key = pair.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : pair.getKeyNode().toString();
            int line = line(pair.getKeyNode());
            if (object.has(key)) {
                report.accept(new Problem(file, line, "'" + key + "' stands here twice."));
            }
            object.set(key, convert(pair.getValueNode(), pointer + "/" + escape(key), line));
        }
        return object;
    }

    private static JsonNode scalar(ScalarNode node) {
        String text = node.getValue();
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(Boolean.parseBoolean(text));
        }
        if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
            try {
                return JSON.numberNode(new BigDecimal(text));
            } catch (NumberFormatException e) {
                // hexadecimal, infinity and the like: no value of a route is one
                return JSON.textNode(text);
            }
        }
        return JSON.textNode(text);
    }

    private static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
    }
}
