package io.github.mparticleintercom.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
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
        RouteFiles routes = RouteFiles.read(context, folder, problems::add);
        References references = new References(context, routes, problems::add);
        references.check();
        new Endpoints(context, routes, problems::add).check();
        new Placeholders(context).check(routes, problems::add);
        new Expressions(context, routes, new Variables(routes, references), problems::add, seen::add).check();
        if (problems.isEmpty()) {
            references.make();
        }
        notes = OfflineCheck.sorted(seen);
        keys = Placeholders.keys(routes);
        return OfflineCheck.sorted(problems);
    }

    /** What the last check found that works and is worth knowing. */
    List<Problem> notes() {
        return notes;
    }

    /** The settings that the files of the last check name. */
    Set<String> keys() {
        return keys;
    }

    /** Whether the text of a route file is all routes, which can be replaced on their own. */
    public static boolean holdsOnlyRoutes(String text) {
        return entries(text).stream().allMatch("route"::equals);
    }

    /** Whether the text of a route file holds beans. */
    public static boolean holdsBeans(String text) {
        return entries(text).contains("beans");
    }

    /** Whether the text of a route file is all beans, which must be there before the routes that use them. */
    public static boolean holdsOnlyBeans(String text) {
        return entries(text).stream().allMatch("beans"::equals);
    }

    private static List<String> entries(String text) {
        List<String> entries = new ArrayList<>();
        if (RouteFiles.compose("", text, problem -> { }).orElse(null) instanceof SequenceNode list) {
            for (Node entry : list.getValue()) {
                if (entry instanceof MappingNode mapping) {
                    mapping.getValue().forEach(pair -> entries.add(YamlValue.text(pair.getKeyNode())));
                }
            }
        }
        return entries;
    }
}
