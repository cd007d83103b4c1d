package io.github.mparticleintercom.check;

import io.github.mparticleintercom.settings.NearestKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.dsl.yaml.deserializers.OutputAwareFromDefinition;
import org.apache.camel.model.BeanFactoryDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** All route files of a folder, each read once: every value with its line, and every definition that Camel makes of them. */
final class RouteFiles {

    /** How a file is called that Camel reads, by the include pattern of the start and of hosts. */
    private static final String ENDING = ".camel.yaml";

    /**
     * A definition of Camel's model, and where it was read.
     *
     * @param model the definition: a route, a step, an expression, a bean, ...
     * @param value where it stands
     */
    record Part<T>(T model, YamlValue value) {
    }

    private final List<YamlValue> values = new ArrayList<>();
    private final List<Part<?>> parts = new ArrayList<>();
    private final Map<String, Part<?>> routes = new TreeMap<>();
    private final Map<String, Part<?>> configurations = new TreeMap<>();
    private final Map<String, Part<BeanFactoryDefinition<?>>> beans = new TreeMap<>();
    private final Set<String> lost = new HashSet<>();

    /**
     * Reads every route file of the folder.
     *
     * @param context resolves placeholders; it need not be started
     * @param report  takes what Camel cannot read in them, and what is reported of a value later
     */
    RouteFiles(CamelContext context, Path folder, Consumer<Problem> report) {
        try (Stream<Path> paths = Files.walk(folder, 2)) {
            for (Path path : paths.filter(Files::isRegularFile).sorted().toList()) {
                String name = folder.getFileName() + "/" + folder.relativize(path).toString().replace('\\', '/');
                if (path.getParent().equals(folder) && path.toString().endsWith(ENDING)) {
                    add(context, name, path, report);
                } else if (path.toString().matches("(?i).*\\.ya?ml") && !path.getParent().getFileName().toString().startsWith("..")) {
                    // Kubernetes keeps the files of a ConfigMap in such folders, with links to them in the folder itself
                    report.accept(new Problem(name, 1, "Nobody reads this file: the name of a route file ends in " + ENDING
                            + (path.getParent().equals(folder) ? "." : ", and it stands in " + folder.getFileName() + "/ itself.")));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(CamelContext context, String name, Path path, Consumer<Problem> report) throws IOException {
        Problem unreadable;
        try {
            String text = Files.readString(path);
            YamlFile file = new YamlFile(name, text.lines().toList(), report);
            Node root = compose(text).orElse(null);
            if (root == null) {
                report.accept(new Problem(name, 1, "The file is empty."));
                return;
            }
            Map<Node, YamlValue> here = new IdentityHashMap<>();
            remember(new YamlValue(file, "", 1, root, null), here);
            if (root instanceof SequenceNode list) {
                CamelReader reader = new CamelReader(context, name, here);
                reader.read(list).forEach(this::remember);
                if (!reader.isWhole()) {
                    lost.add(name);
                }
                return;
            }
            unreadable = new Problem(name, 1, "A route file is a list: each route begins with '- route:'.");
        } catch (MalformedInputException e) {
            unreadable = new Problem(name, 1, "The file is not in UTF-8.");
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            unreadable = new Problem(name, line, "This is no YAML: " + e.getProblem()
                    + e.getContextMark().filter(mark -> mark.getLine() + 1 != line)
                            .map(mark -> " (what begins in line " + (mark.getLine() + 1) + ")").orElse("") + ".");
        } catch (YamlEngineException e) {
            unreadable = new Problem(name, 1, "This is no YAML: " + e.getMessage() + ".");
        }
        lost.add(name);
        report.accept(unreadable);
    }

    /**
     * The YAML of a text, by the parser of camel-yaml-dsl, so that both read the same; nothing where the text says nothing.
     *
     * @throws YamlEngineException where it is no YAML
     */
    static Optional<Node> compose(String text) {
        return new Compose(LoadSettings.builder().setLabel("").build()).composeString(text);
    }

    private void remember(YamlValue value, Map<Node, YamlValue> here) {
        values.add(value);
        here.put(value.node(), value);
        if (value.node() instanceof SequenceNode list) {
            list.getValue().forEach(item -> remember(value.under(value.key(), YamlValue.lineOf(item), item), here));
        } else if (value.node() instanceof MappingNode mapping) {
            Set<String> keys = new HashSet<>();
            for (NodeTuple pair : mapping.getValue()) {
                YamlValue under = value.under(pair);
                if (!keys.add(under.key())) {
                    under.report("'" + under.key() + "' stands here twice.");
                }
                remember(under, here);
            }
        }
    }

    private void remember(Part<?> part) {
        parts.add(part);
        if (part.model() instanceof RouteDefinition route && route.getId() != null) {
            routes.putIfAbsent(route.getId(), part);
        } else if (part.model() instanceof RouteConfigurationDefinition configuration && configuration.getId() != null) {
            configurations.putIfAbsent(configuration.getId(), part);
        } else if (part.model() instanceof BeanFactoryDefinition<?> bean && bean.getName() != null) {
            beans.putIfAbsent(bean.getName(), new Part<>(bean, part.value()));
        } else if (part.model() instanceof OutputAwareFromDefinition from && from.getDelegate() != null) {
            // a route in short: it begins with 'from'
            parts.add(new Part<>(from.getDelegate(), part.value()));
        }
    }

    /** The files that could not be read to their end: what is not found may stand in them. */
    Set<String> lost() {
        return lost;
    }

    /** Every value of every file. */
    List<YamlValue> values() {
        return values;
    }

    /** Every definition of every file. */
    List<Part<?>> parts() {
        return parts;
    }

    /** The definitions of this kind. */
    <T> Stream<Part<T>> all(Class<T> type) {
        return parts.stream().filter(part -> type.isInstance(part.model())).map(part -> new Part<>(type.cast(part.model()), part.value()));
    }

    /** Where this definition stands. */
    YamlValue place(Object model) {
        return parts.stream().filter(part -> part.model() == model).findFirst().orElseThrow().value();
    }

    /** The routes by their id. */
    Map<String, Part<?>> routes() {
        return routes;
    }

    /** The route configurations by their id. */
    Map<String, Part<?>> configurations() {
        return configurations;
    }

    /** The beans by their name. */
    Map<String, Part<BeanFactoryDefinition<?>>> beans() {
        return beans;
    }

    /** The end of a sentence: "; did you mean ...?" where one of these is near, else ".". */
    static String hint(String given, Collection<String> known) {
        return NearestKey.near(given, known).map(key -> "; did you mean '" + key + "'?").orElse(".");
    }
}
