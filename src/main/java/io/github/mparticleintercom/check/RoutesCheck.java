package io.github.mparticleintercom.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Finds what is wrong with the route files of a folder. Camel's own readers make the definitions; no endpoint or route is made of
 * them, and no bean but those that only keep what they are given.
 */
public final class RoutesCheck {

    private final CamelContext context;
    private List<Problem> notes = List.of();
    private Set<String> keys = Set.of();

    /**
     * A check with the present settings.
     *
     * @param context resolves placeholders and knows further beans; it need not be started
     */
    public RoutesCheck(CamelContext context) {
        this.context = context;
    }

    /**
     * Everything that is wrong, by file and line; empty if all is well.
     *
     * @param folder the folder of the route files; it must be there
     */
    public List<Problem> check(Path folder) {
        List<Problem> problems = new ArrayList<>();
        List<Problem> seen = new ArrayList<>();
        RouteFiles routes = new RouteFiles(context, folder, problems::add);
        keys = Placeholders.keys(routes);
        if (!routes.lost().isEmpty()) {
            return waiting(Problem.sorted(problems), routes.lost());
        }
        References references = new References(context, routes);
        references.check();
        Libraries libraries = new Libraries(context, routes);
        libraries.check();
        new Endpoints(context, routes, references, libraries).check();
        new Placeholders(context).check(routes);
        new Expressions(context, routes, new Variables(routes, references), seen::add).check();
        if (problems.isEmpty()) {
            references.make();
        }
        notes = Problem.sorted(seen);
        return Problem.sorted(problems);
    }

    /** What leads to something that cannot be read would only seem to lead nowhere. */
    private static List<Problem> waiting(List<Problem> problems, Set<String> lost) {
        Problem last = problems.stream().filter(problem -> lost.contains(problem.file())).reduce((one, other) -> other).orElseThrow();
        return problems.stream().map(problem -> problem != last ? problem : new Problem(last.file(), last.line(),
                last.sentence() + " All that routes say of each other is checked once this is right.")).toList();
    }

    /** What the last check found that works and is worth knowing. */
    List<Problem> notes() {
        return notes;
    }

    /** The settings that the files of the last check name. */
    Set<String> keys() {
        return keys;
    }

    /** What the text of a route file holds, by the words at its top: route, routeConfiguration, beans. */
    public static Set<String> kinds(String text) {
        Set<String> kinds = new HashSet<>();
        try {
            if (RouteFiles.compose(text).orElse(null) instanceof SequenceNode list) {
                list.getValue().stream().filter(MappingNode.class::isInstance).forEach(entry ->
                        ((MappingNode) entry).getValue().forEach(pair -> kinds.add(YamlValue.text(pair.getKeyNode()))));
            }
        } catch (YamlEngineException e) {
            // it holds nothing that anybody could read
        }
        return kinds;
    }
}
