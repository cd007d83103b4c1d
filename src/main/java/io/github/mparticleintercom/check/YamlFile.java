package io.github.mparticleintercom.check;

import java.util.List;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * A route file.
 *
 * @param name   its name, for a person
 * @param lines  its lines
 * @param report takes what is wrong in it
 */
record YamlFile(String name, List<String> lines, Consumer<Problem> report) {

    /** The line of a character of a text, which may be folded: each of its lines, without the blanks around it, and one in place of the end. */
    int line(Node node, int index) {
        int line = YamlValue.lineOf(node);
        if (!(node instanceof ScalarNode scalar) || scalar.getEndMark().map(end -> end.getLine() + 1).orElse(line) == line) {
            return line;
        }
        boolean literal = scalar.getScalarStyle() == ScalarStyle.LITERAL;
        boolean block = literal || scalar.getScalarStyle() == ScalarStyle.FOLDED;
        line += block ? 1 : 0;
        int left = index;
        for (int next = line; next <= lines.size(); next++) {
            String text = lines.get(next - 1).strip();
            if (next == line && !block) {
                text = lines.get(next - 1).substring(scalar.getStartMark().orElseThrow().getColumn());
            }
            if (left <= text.length() && !text.isEmpty()) {
                return next;
            }
            left -= text.isEmpty() && !literal ? 0 : text.length() + 1;
        }
        return line;
    }
}
