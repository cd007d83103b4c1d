package io.github.mparticleintercom.check;

import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.model.BeanFactoryDefinition;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.DataFormatDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.model.language.LanguageExpression;

/** What the routes take from the jars in lib/, of which Camel speaks only when it starts: languages, data formats, circuit breakers. */
final class Libraries {

    private static final String SERVICES = "META-INF/services/org/apache/camel/";
    private static final Set<String> LANGUAGES =
            Set.of("simple", "constant", "method", "variable", "header", "exchangeProperty", "tokenize", "xpath", "spel", "ref");

    private final CamelContext context;
    private final RouteFiles routes;

    /** What these routes take; the context knows further beans and need not be started. */
    Libraries(CamelContext context, RouteFiles routes) {
        this.context = context;
        this.routes = routes;
    }

    /** Whether something of this name, such as language/simple, is in a jar. */
    static boolean have(String name) {
        return Libraries.class.getClassLoader().getResource(SERVICES + name) != null;
    }

    void check() {
        routes.all(ExpressionDefinition.class).forEach(part -> language(part.value().at(part.model() instanceof LanguageExpression
                ? "language" : ""), part.model().getLanguage()));
        routes.all(BeanFactoryDefinition.class).forEach(part -> language(part.value().at("scriptLanguage"), part.model().getScriptLanguage()));
        routes.all(DataFormatDefinition.class).forEach(part -> dataFormat(part.value(), part.model().getDataFormatName()));
        routes.all(CircuitBreakerDefinition.class).filter(part -> !have("model/CircuitBreakerDefinition"))
                .forEach(part -> part.value().report("A circuit breaker needs camel-resilience4j in lib/."));
    }

    void language(YamlValue place, String name) {
        if (isFixed(name) && !have("language/" + name) && !isBean(name) && !isBean(name + "-language")) {
            place.report("There is no language '" + name + "' in lib/" + RouteFiles.hint(name, LANGUAGES));
        }
    }

    void dataFormat(YamlValue place, String name) {
        if (isFixed(name) && !have("dataformat/" + name) && !isBean(name) && !isBean(name + "-dataformat")) {
            place.report("There is no data format '" + name + "' in lib/" + RouteFiles.hint(name, Set.of("jackson")));
        }
    }

    private boolean isBean(String name) {
        return routes.beans().containsKey(name) || context.getRegistry().lookupByName(name) != null;
    }

    private static boolean isFixed(String name) {
        return name != null && !name.isEmpty() && !name.contains("{{");
    }
}
