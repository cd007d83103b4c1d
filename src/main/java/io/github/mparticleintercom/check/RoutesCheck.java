package io.github.mparticleintercom.check;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.camel.CamelContext;

/**
 * Finds what is wrong with the route files of a folder without making anything of them. Needs the optional dependency
 * json-schema-validator, which the distribution has.
 */
public final class RoutesCheck {

    private final List<Rule> rules;

    /**
     * A check with the present settings.
     *
     * @param context resolves placeholders and knows further beans; it need not be started
     */
    public RoutesCheck(CamelContext context) {
        rules = List.of(new SchemaRule(context::resolvePropertyPlaceholders), new IdRule(),
                new PlaceholderRule(context),
                new BeanRule(name -> context.getRegistry().lookupByName(name) != null
                        || context.getPropertiesComponent().resolveProperty("camel.beans." + name).isPresent()),
                new ClassRule(), new EndpointRule(context::resolvePropertyPlaceholders), new LinkRule(),
                new SimpleRule(context.resolveLanguage("simple"), context::resolvePropertyPlaceholders));
    }

    /** Everything that is wrong, by file and line; empty if all is well. */
    public List<Problem> check(Path folder) {
        List<Problem> problems = new ArrayList<>();
        RouteFiles routes = RouteFiles.read(folder, problems::add);
        rules.forEach(rule -> rule.check(routes, problems::add));
        return problems.stream().distinct().sorted(Comparator.comparing(Problem::file).thenComparing(Problem::line)).toList();
    }

    /** Whether the text of a route file is all routes, which can be replaced on their own. */
    public static boolean holdsOnlyRoutes(String text) {
        return entities(text).stream().allMatch("route"::equals);
    }

    /** Whether the text of a route file holds beans. */
    public static boolean holdsBeans(String text) {
        return entities(text).contains("beans");
    }

    /** Whether the text of a route file is all beans, which must be there before the routes that use them. */
    public static boolean holdsOnlyBeans(String text) {
        return entities(text).stream().allMatch("beans"::equals);
    }

    private static List<String> entities(String text) {
        List<String> entities = new ArrayList<>();
        RouteFile file = RouteFile.read("", text, problem -> { });
        if (file != null) {
            file.tree().forEach(entity -> entity.fieldNames().forEachRemaining(entities::add));
        }
        return entities;
    }
}
