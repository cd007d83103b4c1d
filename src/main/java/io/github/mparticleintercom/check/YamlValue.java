package io.github.mparticleintercom.check;

import java.util.List;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * One value of a route file, and where it stands.
 *
 * @param source the file
 * @param key    the key under which it stands; in a list, the key of the list; "" for the whole file
 * @param line   the line of that key, or in a list of the value itself, from 1 on
 * @param node   the value
 * @param parent the value that holds it; null for the whole file
 */
record YamlValue(YamlFile source, String key, int line, Node node, YamlValue parent) {

    static int lineOf(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    /** A value within this one. */
    YamlValue under(String name, int where, Node what) {
        return new YamlValue(source, name, where, what, this);
    }

    YamlValue under(NodeTuple pair) {
        return under(text(pair.getKeyNode()), lineOf(pair.getKeyNode()), pair.getValueNode());
    }

    /** The text of a single value; "" where keys or a list stand in its place. */
    String text() {
        return text(node);
    }

    static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    /** The value under the first of these keys that is there, or this one where none is: the nearest place to point at. */
    YamlValue at(String... names) {
        for (String name : names) {
            for (NodeTuple pair : node instanceof MappingNode mapping ? mapping.getValue() : List.<NodeTuple>of()) {
                if (text(pair.getKeyNode()).equals(name)) {
                    return under(pair);
                }
            }
        }
        return this;
    }

    /** Whether it stands within something of this key. */
    boolean isWithin(String name) {
        return key.equals(name) || parent != null && parent.isWithin(name);
    }

    Problem problem(String sentence) {
        return new Problem(file(), line, sentence);
    }

    void report(String sentence) {
        source.report().accept(problem(sentence));
    }

    /** Reports something about what stands from this character of the text on, in the line in which that is. */
    void report(int index, String sentence) {
        source.report().accept(new Problem(file(), source.line(node, index), sentence));
    }

    /** The name of the file, for a person. */
    String file() {
        return source.name();
    }

    /** The place for a person, as "routes/mine.camel.yaml:7". */
    String place() {
        return file() + ":" + line;
    }
}
