package io.github.mparticleintercom.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A route file that is YAML, whatever it says.
 *
 * @param name  its name, for a person
 * @param tree  what it says
 * @param lines the line of every value, by its JSON pointer
 */
record RouteFile(String name, JsonNode tree, Map<String, Integer> lines) {

    /** Reads it; returns null, and reports, where it is no YAML. */
    static RouteFile read(String name, String text, Consumer<Problem> report) {
        try {
            YamlTree yaml = new YamlTree(name, report);
            // the parser of camel-yaml-dsl, so that both read the same
            JsonNode tree = new Compose(LoadSettings.builder().setLabel(name).build()).composeString(text)
                    .map(yaml::convert).orElse(null);
            if (tree == null) {
                report.accept(new Problem(name, 1, "The file is empty."));
                return null;
            }
            return new RouteFile(name, tree, yaml.lines());
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
            report.accept(new Problem(name, line, "This is no YAML: " + e.getProblem()
                    + e.getContextMark().filter(mark -> mark.getLine() + 1 != line)
                            .map(mark -> " (what begins in line " + (mark.getLine() + 1) + ")").orElse("") + "."));
        } catch (YamlEngineException e) {
            report.accept(new Problem(name, 0, "This is no YAML: " + e.getMessage() + "."));
        }
        return null;
    }

    /** A problem with the value at this pointer. */
    Problem problem(String pointer, String sentence) {
        String place = pointer;
        while (!lines.containsKey(place) && !place.isEmpty()) {
            place = place.substring(0, place.lastIndexOf('/'));
        }
        return new Problem(name, lines.getOrDefault(place, 1), sentence);
    }
}
