package io.github.mparticleintercom.check;

import io.github.mparticleintercom.check.RouteFiles.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.dsl.yaml.common.YamlDeserializationContext;
import org.apache.camel.dsl.yaml.common.YamlDeserializerSupport;
import org.apache.camel.dsl.yaml.common.exception.UnknownNodeIdException;
import org.apache.camel.dsl.yaml.deserializers.BeansDeserializer;
import org.apache.camel.dsl.yaml.deserializers.CustomResolver;
import org.apache.camel.dsl.yaml.deserializers.ModelDeserializers;
import org.apache.camel.dsl.yaml.deserializers.ModelDeserializersResolver;
import org.apache.camel.model.BeanFactoryDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.spi.annotations.YamlIn;
import org.apache.camel.spi.annotations.YamlProperty;
import org.apache.camel.spi.annotations.YamlType;
import org.apache.camel.support.ResourceHelper;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Camel's own reader of YAML routes, which ends at the first mistake, taught to go on. Its readers say of themselves, for the
 * designers, which keys they know and what may stand under them; what does not fit is reported and taken out of the tree before they
 * see it. No bean is made of a definition.
 */
final class CamelReader extends YamlDeserializationContext {

    private static final String EXTENDS = "__extends";
    private static final Set<String> ANY_EXPRESSION = Set.of("sort");
    /** By word, what Camel misses only when it starts: one of these must be there, and not empty. */
    private static final Map<String, List<String>> NEEDS = new HashMap<>(Map.of("throwException", List.of("exceptionType", "ref"),
            "bean", List.of("ref", "beanType"), "doCatch", List.of("exception"), "onException", List.of("exception"),
            "setHeaders", List.of("headers"), "setVariables", List.of("variables"), "loadBalance", List.of("failoverLoadBalancer",
            "roundRobinLoadBalancer", "randomLoadBalancer", "stickyLoadBalancer", "topicLoadBalancer", "weightedLoadBalancer",
            "customLoadBalancer")));

    static {
        for (String holder : List.of("aggregate", "doTry", "filter", "from", "idempotentConsumer", "intercept", "interceptFrom",
                "interceptSendToEndpoint", "loop", "multicast", "onCompletion", "pipeline", "resequence", "saga", "split", "step")) {
            NEEDS.put(holder, List.of("steps"));
        }
    }

    /** What says nothing of the data format; everything else is one. */
    private static final Set<String> OF_EVERY_FORMAT = Set.of("id", "description", "note", "disabled", "allowNullBody", "variableSend",
            "variableReceive");
    private static final Map<String, String> KINDS = Map.of("string", "a text", "boolean", "true or false", "number", "a number",
            "array", "a list (lines that begin with -)", "object", "keys with values");

    private final Map<Node, YamlValue> values;
    private final Map<Object, YamlValue> places = new IdentityHashMap<>();
    private final List<Part<?>> parts = new ArrayList<>();
    private final Map<YamlType, Map<String, YamlProperty>> properties = new IdentityHashMap<>();
    private boolean whole = true;

    /** Something was reported and cannot be left out: whatever holds it is not read. */
    private static final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Reads one file.
     *
     * @param context resolves placeholders; it need not be started
     * @param name    the name of the file
     * @param values  every value of the file
     */
    CamelReader(CamelContext context, String name, Map<Node, YamlValue> values) {
        super(LoadSettings.builder().setLabel(name).build());
        this.values = values;
        setCamelContext(context);
        setResource(ResourceHelper.fromString(name, ""));
        addResolvers(new CustomResolver(new BeansDeserializer()), new ModelDeserializersResolver());
    }

    /** The definitions of the file, each with its place, in the order in which they stand. */
    List<Part<?>> read(SequenceNode file) {
        for (Node entry : file.getValue()) {
            try {
                if (isOneKey(entry, values.get(entry)) && isKnown(entry)) {
                    YamlDeserializerSupport.setDeserializationContext(entry, this);
                    mandatoryResolve(entry).construct(entry);
                    continue;
                }
            } catch (Unreadable e) {
                // it was reported
            }
            whole = false;
        }
        return parts;
    }

    /** Whether there is something of every entry of the file. */
    boolean isWhole() {
        return whole;
    }

    private boolean isKnown(Node entry) {
        NodeTuple pair = ((MappingNode) entry).getValue().get(0);
        String word = YamlValue.text(pair.getKeyNode());
        ConstructNode reader = reader(entry, word);
        if (reader == null || annotation(reader, YamlIn.class) == null) {
            values.get(entry).report("'" + word + "' is not known at the top of a file"
                    + RouteFiles.hint(word, words(type -> type.isAnnotationPresent(YamlIn.class), "route", "routeConfiguration", "beans")));
            return false;
        }
        return true;
    }

    @Override
    public ConstructNode resolve(Node node, String id) {
        ConstructNode reader = super.resolve(node, id);
        return value -> construct(reader, value);
    }

    private Object construct(ConstructNode reader, Node node) {
        YamlType form = annotation(reader, YamlType.class);
        YamlValue value = values.get(node);
        boolean complete = form == null || value == null || fits(form, node, value);
        try {
            Object made = reader.construct(node);
            if (!complete && made instanceof BeanFactoryDefinition<?> bean) {
                // without a name or a type it would take all others with it
                bean.setName(Objects.requireNonNullElse(bean.getName(), "unknown"));
                bean.setType(Objects.requireNonNullElse(bean.getType(), "unknown"));
            }
            return remember(made, value);
        } catch (Unreadable e) {
            throw e;
        } catch (RuntimeException e) {
            if (value != null && complete) {
                value.source().report().accept(sentence(e, value));
            }
            return remember(substitute(form), value);
        }
    }

    private Object remember(Object made, YamlValue value) {
        whole &= !(made instanceof RouteDefinition route) || route.getInput() != null && route.getInput().getUri() != null;
        if (made != null && value != null && places.putIfAbsent(made, value) == null) {
            parts.add(new Part<>(made, value));
        }
        return made;
    }

    /** What is read on with in place of something that Camel cannot take. */
    private static Object substitute(YamlType form) {
        if (form != null && form.types().length > 0) {
            try {
                return form.types()[0].getConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                // it is abstract: what holds it falls, too
            }
        }
        throw new Unreadable();
    }

    private static Problem sentence(RuntimeException failure, YamlValue value) {
        String message = failure instanceof MarkedYamlEngineException marked ? marked.getProblem() : failure.getMessage();
        int line = failure instanceof MarkedYamlEngineException marked
                ? marked.getProblemMark().map(mark -> mark.getLine() + 1).orElse(value.line()) : value.line();
        String said = message == null ? "Camel cannot read it" : message.lines().findFirst().orElse("").strip();
        return new Problem(value.file(), line, "'" + value.key() + "': " + said + (said.endsWith(".") ? "" : "."));
    }

    /** Reports, and leaves out, what may not stand here; false where something is missing for good. */
    private boolean fits(YamlType form, Node node, YamlValue value) {
        Map<String, YamlProperty> known = properties(form, node);
        if (node instanceof MappingNode mapping && !known.isEmpty()) {
            return fits(form, known, mapping, value);
        }
        YamlProperty extended = extended(form);
        if (extended != null && extended.type().startsWith("array:")) {
            return isOfKind(extended, node, value);
        }
        if (node instanceof ScalarNode && !form.inline() && !known.isEmpty() || node instanceof SequenceNode && !known.isEmpty()) {
            return wrongKind(value, KINDS.get("object"));
        }
        if (node.getTag().equals(Tag.NULL)) {
            Arrays.stream(form.properties()).filter(YamlProperty::required).forEach(property ->
                    value.report("'" + property.name() + "' is missing in " + place(value) + "."));
        }
        return true;
    }

    private boolean fits(YamlType form, Map<String, YamlProperty> known, MappingNode mapping, YamlValue value) {
        Set<String> seen = new LinkedHashSet<>();
        boolean unknown = false;
        List<NodeTuple> left = new ArrayList<>();
        Set<String> given = mapping.getValue().stream().filter(pair -> !isEmpty(pair.getValueNode()))
                .map(pair -> YamlValue.text(pair.getKeyNode())).collect(Collectors.toSet());
        for (NodeTuple pair : mapping.getValue()) {
            String word = YamlValue.text(pair.getKeyNode());
            YamlValue under = values.get(pair.getValueNode());
            if (!known.containsKey(word)) {
                unknown = true;
                under.report("'" + word + "' is not known in " + place(value) + RouteFiles.hint(word, known.keySet()));
            } else {
                seen.add(word);
                if (isOfKind(known.get(word), pair.getValueNode(), under)) {
                    left.add(pair);
                }
            }
        }
        mapping.setValue(left);
        boolean complete = true;
        for (YamlProperty property : form.properties()) {
            if (property.required() && !property.name().equals(EXTENDS) && !seen.contains(property.name())) {
                complete = false;
                if (!unknown) {
                    value.report("'" + property.name() + "' is missing in " + place(value) + ".");
                }
            }
        }
        if (!unknown && complete) {
            needs(value, given);
        }
        if (lacksExpression(form, seen) && !ANY_EXPRESSION.contains(value.key())) {
            if (!unknown) {
                value.report("An expression (simple, constant, method, ...) is missing in " + place(value) + ".");
            }
            complete &= form.types().length > 0 && !ExpressionDefinition.class.isAssignableFrom(form.types()[0]);
        }
        return complete;
    }

    private static void needs(YamlValue value, Set<String> given) {
        List<String> needed = NEEDS.getOrDefault(value.key(), List.of());
        if (!needed.isEmpty() && needed.stream().noneMatch(given::contains)) {
            value.report((needed.size() == 1 ? "'" + needed.get(0) + "'" : "One of " + String.join(", ", needed)) + " is missing in "
                    + place(value) + ".");
        } else if (value.key().matches("(un)?marshal") && OF_EVERY_FORMAT.containsAll(given)) {
            value.report("A data format is missing in " + place(value) + ".");
        }
    }

    private static boolean isEmpty(Node node) {
        return node.getTag().equals(Tag.NULL) || node instanceof SequenceNode list && list.getValue().isEmpty()
                || node instanceof ScalarNode scalar && scalar.getValue().isBlank();
    }

    private static boolean lacksExpression(YamlType form, Set<String> seen) {
        YamlProperty extended = extended(form);
        if (extended != null && extended.type().endsWith(ExpressionDefinition.class.getSimpleName())) {
            // every other key has a plain kind: what is left after them must be the expression
            return seen.stream().allMatch(word -> Arrays.stream(form.properties())
                    .anyMatch(property -> property.name().equals(word) && !word.equals("expression")));
        }
        return form.types().length > 0 && form.types()[0] == ExpressionDefinition.class && seen.isEmpty();
    }

    private boolean isOfKind(YamlProperty property, Node node, YamlValue value) {
        String[] type = property.type().split(":", 2);
        boolean right = switch (type[0]) {
            case "string" -> isScalar(node);
            case "boolean" -> isText(node, text -> text.matches("(?i)true|false"));
            case "number" -> isText(node, text -> text.matches("[-+]?\\d+(\\.\\d+)?"));
            case "enum" -> isText(node, text -> Arrays.stream(type[1].split(","))
                    .anyMatch(word -> word.replaceAll("[-_]", "").equalsIgnoreCase(text.replaceAll("[-_]", ""))));
            case "array" -> node instanceof SequenceNode list && areOfKind(property, type.length > 1 ? type[1] : "", list);
            case "object" -> isObject(type.length > 1 ? type[1] : "", node);
            default -> true;
        };
        return right || wrongKind(value, type[0].equals("enum") ? "one of " + type[1].replace(",", ", ") : KINDS.get(type[0]));
    }

    private boolean areOfKind(YamlProperty property, String type, SequenceNode list) {
        boolean steps = type.equals(ProcessorDefinition.class.getName());
        list.getValue().removeIf(item -> {
            YamlValue value = values.get(item);
            if (type.equals("string")) {
                return !isScalar(item) && !wrongKind(value, KINDS.get("string"));
            }
            if (steps || property.wrapItem()) {
                return !isOneKey(item, value) || steps && !isStep((MappingNode) item, value);
            }
            return !isObject(type, item) && !wrongKind(value, KINDS.get("object"));
        });
        return true;
    }

    private boolean isOneKey(Node item, YamlValue value) {
        if (item instanceof MappingNode mapping && mapping.getValue().size() == 1) {
            return true;
        }
        value.report("An entry of " + place(value) + (item instanceof MappingNode mapping && mapping.getValue().size() > 1
                ? " holds '" + YamlValue.text(mapping.getValue().get(1).getKeyNode()) + "' beside '"
                        + YamlValue.text(mapping.getValue().get(0).getKeyNode()) + "': it must be one key, with the rest below it."
                : " is not one key with what belongs to it below it."));
        return false;
    }

    private boolean isStep(MappingNode item, YamlValue value) {
        String word = YamlValue.text(item.getValue().get(0).getKeyNode());
        ConstructNode reader = reader(item, word);
        if (reader == null) {
            values.get(item.getValue().get(0).getValueNode()).report("'" + word + "' is not known in " + place(value)
                    + RouteFiles.hint(word, words(type -> Arrays.stream(type.getAnnotation(YamlType.class).types())
                            .anyMatch(ProcessorDefinition.class::isAssignableFrom), "kamelet")));
        }
        return reader != null;
    }

    private boolean isObject(String type, Node node) {
        if (node instanceof MappingNode) {
            return true;
        }
        ConstructNode reader = type.isEmpty() ? null : reader(node, type);
        YamlType form = reader == null ? null : annotation(reader, YamlType.class);
        return form != null && (form.inline() || form.properties().length == 0) && node instanceof ScalarNode;
    }

    private boolean isText(Node node, Function<String, Boolean> accepts) {
        if (!isScalar(node)) {
            return false;
        }
        try {
            return accepts.apply(getCamelContext().resolvePropertyPlaceholders(YamlValue.text(node)).strip());
        } catch (IllegalArgumentException e) {
            // a placeholder that leads nowhere: others tell
            return true;
        }
    }

    private static boolean isScalar(Node node) {
        return node instanceof ScalarNode && !node.getTag().equals(Tag.NULL);
    }

    private static boolean wrongKind(YamlValue value, String expected) {
        Node node = value.node();
        String is = node instanceof SequenceNode ? "is a list" : node instanceof MappingNode ? "holds keys with values"
                : node.getTag().equals(Tag.NULL) ? "is empty" : "is '" + value.text() + "'";
        value.report(place(value) + " " + is + ", which is not " + expected + ".");
        return false;
    }

    private static String place(YamlValue value) {
        return value.key().isEmpty() ? "this file" : "'" + value.key() + "'";
    }

    /** What may stand below such a thing; empty where that is told nowhere. */
    private Map<String, YamlProperty> properties(YamlType form, Node node) {
        Map<String, YamlProperty> known = properties.get(form);
        if (known == null) {
            known = new HashMap<>();
            for (YamlProperty property : form.properties()) {
                if (!property.name().equals(EXTENDS)) {
                    known.put(property.name(), property);
                } else if (property.type().startsWith("object:")) {
                    ConstructNode other = reader(node, property.type().substring("object:".length()));
                    YamlType extended = other == null ? null : annotation(other, YamlType.class);
                    known.putAll(extended == null ? Map.of() : properties(extended, node));
                }
            }
            properties.put(form, known);
        }
        return known;
    }

    private static YamlProperty extended(YamlType form) {
        return Arrays.stream(form.properties()).filter(property -> property.name().equals(EXTENDS)).findFirst().orElse(null);
    }

    private ConstructNode reader(Node node, String id) {
        try {
            return super.resolve(node, id);
        } catch (UnknownNodeIdException e) {
            return null;
        }
    }

    private static <A extends java.lang.annotation.Annotation> A annotation(ConstructNode reader, Class<A> type) {
        for (Class<?> of = reader.getClass(); of != null; of = of.getSuperclass()) {
            if (of.isAnnotationPresent(type)) {
                return of.getAnnotation(type);
            }
        }
        return null;
    }

    /** The words that may stand where one is unknown. */
    private static Collection<String> words(Function<Class<?>, Boolean> accepts, String... others) {
        Set<String> words = new TreeSet<>(List.of(others));
        for (Class<?> type : ModelDeserializers.class.getDeclaredClasses()) {
            if (type.isAnnotationPresent(YamlType.class) && accepts.apply(type)) {
                words.addAll(List.of(type.getAnnotation(YamlType.class).nodes()));
            }
        }
        return words;
    }
}
