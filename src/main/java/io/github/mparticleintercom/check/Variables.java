package io.github.mparticleintercom.check;

import io.github.mparticleintercom.check.RouteFiles.Part;
import io.github.mparticleintercom.intercom.IntercomAnswers;
import io.github.mparticleintercom.intercom.IntercomRequest.Operation;
import io.github.mparticleintercom.intercom.QueuedRequest;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import io.github.mparticleintercom.mparticle.MparticleEvent;
import io.github.mparticleintercom.outcome.Intake;
import io.github.mparticleintercom.settings.NearestKey;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.model.ConvertVariableDefinition;
import org.apache.camel.model.RemoveVariableDefinition;
import org.apache.camel.model.SetVariableDefinition;
import org.apache.camel.model.language.ConstantExpression;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.model.language.MethodCallExpression;
import org.apache.camel.model.language.SimpleExpression;

/**
 * The variables on the exchange, and what each holds. What a route sets is known by that, with the type that the bean's method
 * returns; the rest is the list of what the project's own beans and hosts set.
 */
final class Variables {

    /** By name, what beans and hosts set. */
    private static final Map<String, Class<?>> OURS = new HashMap<>(Map.of("mparticleIntercomIntake", Intake.class,
            "batch", MparticleBatch.class, "event", MparticleEvent.class, "request", QueuedRequest.class,
            "deadLetter", Map.class, "deadLetterIds", List.class, "mparticleIntercomMessage", Object.class,
            "deadLetterCount", Object.class));

    static {
        for (String text : List.of("mparticleIntercomSource", "mparticleIntercomExpected", "mparticleIntercomHttpId", "identity",
                "platform", "environment", "consent", "listed", "credential", "eventType", "reason", "operation", "answer", "contactId",
                "leadId", "outcome", "deadLetterId", "deadLetterAction", "replacement", "step", "query", "mparticleIntercomHttpShape")) {
            OURS.put(text, String.class);
        }
        for (String beans : List.of("erasure", "callback", "mparticleIntercomErasure")) {
            OURS.put(beans, Object.class);
        }
    }

    /** By variable, the words that our beans give it. */
    private static final Map<String, Set<String>> WORDS = Map.of("identity", Set.of("customer-id", "email", "none"),
            "consent", Set.of("granted", "missing"), "listed", Set.of("yes", "no"), "credential", Set.of("set", "none"),
            "environment", Set.of("development", "production", "unknown"),
            "operation", Stream.of(Operation.values()).map(Operation::code).collect(Collectors.toSet()),
            "platform", Set.of("web", "ios", "android", "tvos"), "answer", Set.of("send", "unchanged", "erased"));
    /** Those of them that hold others as well. */
    private static final Set<String> OPEN = Set.of("platform", "answer");
    /** A variable with all that is taken out of it, up to the end of the function. */
    private static final Pattern USE = Pattern.compile("\\$(?:simple)?\\{(variables?(?:As)?[.:(])([^{}]*)\\}");
    private static final Pattern STEP = Pattern.compile("\\??\\.([\\w-]+)(\\([^)]*\\))?|\\[([^\\]]*)\\]");

    private final RouteFiles routes;
    private final References references;
    private final Map<String, Set<ExpressionDefinition>> set = new TreeMap<>();
    private final Set<String> named = new HashSet<>();
    /** What beans take: they may have set it themselves, which nothing here shows. */
    private final Set<String> taken = new TreeSet<>();
    private final Set<String> read = new HashSet<>();
    private final Map<String, Optional<Type>> types = new HashMap<>();

    /** The variables of these routes. */
    Variables(RouteFiles routes, References references) {
        this.routes = routes;
        this.references = references;
        routes.all(SetVariableDefinition.class).filter(step -> step.model().getName() != null).forEach(step ->
                set.computeIfAbsent(step.model().getName(), name -> new HashSet<>()).add(step.model().getExpression()));
        routes.all(ConvertVariableDefinition.class).forEach(step -> named.add(String.valueOf(step.model().getToName())));
        routes.values().stream().filter(value -> value.key().equals("variableReceive")).forEach(value -> named.add(value.text()));
        routes.beans().keySet().forEach(bean -> references.typeOf(bean).ifPresent(type -> {
            for (Method method : type.getMethods()) {
                taken(method).forEach(taken::add);
            }
        }));
    }

    /** The names of what our beans and hosts set. */
    static Set<String> ours() {
        return OURS.keySet();
    }

    /** The variables that a method takes as parameters. */
    private static List<String> taken(Method method) {
        return Arrays.stream(method.getParameters()).map(parameter -> parameter.getAnnotation(org.apache.camel.Variable.class))
                .filter(variable -> variable != null).map(org.apache.camel.Variable::value).toList();
    }

    /** The texts that routes give this variable and that are always the same, with where they stand. */
    List<Part<String>> constants(String variable) {
        return routes.all(SetVariableDefinition.class).filter(step -> variable.equals(step.model().getName())
                && isConstant(step.model().getExpression()))
                .map(step -> new Part<>(String.valueOf(step.model().getExpression().getExpression()).strip(),
                        routes.place(step.model().getExpression()).at("expression"))).toList();
    }

    private static boolean isConstant(ExpressionDefinition expression) {
        return expression instanceof ConstantExpression
                || expression instanceof SimpleExpression simple && !String.valueOf(simple.getExpression()).contains("${");
    }

    /**
     * A sentence where a variable of few words is compared with one that is nearly another and that nobody gives it.
     *
     * @param variable the variable
     * @param word     what it is compared with
     * @param compared with which words it is compared, as often as it is
     */
    Optional<String> unknownWord(String variable, String word, List<String> compared) {
        Set<String> words = constants(variable).stream().map(Part::model).collect(Collectors.toCollection(TreeSet::new));
        words.addAll(WORDS.getOrDefault(variable.replaceFirst("^batch\\.", ""), Set.of()));
        if (variable.equals("answer")) {
            words.addAll(constantsOf(IntercomAnswers.class));
        }
        boolean all = WORDS.containsKey(variable) && !OPEN.contains(variable)
                && set.getOrDefault(variable, Set.of()).stream().allMatch(Variables::isConstant);
        if (all && !words.contains(word)) {
            return Optional.of("variable." + variable + " is one of " + String.join(", ", words) + ", and never '" + word + "'.");
        }
        if (words.isEmpty() || words.contains(word) || Collections.frequency(compared, word) > 1 || word.length() < 4) {
            return Optional.empty();
        }
        words.addAll(compared);
        words.remove(word);
        return NearestKey.near(word, words).map(near -> "Nobody gives variable." + variable + " the value '" + word + "'; did you mean '"
                + near + "'?");
    }

    private static Set<String> constantsOf(Class<?> type) {
        Set<String> words = new TreeSet<>();
        for (Field field : type.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
                try {
                    words.add((String) field.get(null));
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return words;
    }

    /** Reports every variable, and everything in one, that is not there. */
    void check() {
        for (YamlValue value : routes.values()) {
            if (!isProse(value)) {
                check(value);
            }
        }
        routes.all(SetVariableDefinition.class).filter(step -> step.model().getName() != null)
                .forEach(step -> unread(step.model(), step.value()));
        routes.all(RemoveVariableDefinition.class).filter(step -> step.model().getName() != null && !step.model().getName().contains("*"))
                .forEach(step -> unknown(step.model().getName(), true)
                        .ifPresent(step.value().at("name")::report));
        routes.all(org.apache.camel.model.BeanDefinition.class).forEach(step ->
                parameters(step.model().getRef(), step.model().getMethod(), step.value()));
        routes.all(MethodCallExpression.class).forEach(step ->
                parameters(step.model().getRef(), step.model().getMethod(), step.value()));
    }

    private static boolean isProse(YamlValue value) {
        return value.key().equals("description") || value.key().equals("note") || value.isWithin("constant");
    }

    private void check(YamlValue value) {
        Matcher use = USE.matcher(value.text());
        while (use.find()) {
            String path = use.group(2);
            int index = use.start();
            Consumer<String> report = sentence -> value.report(index, sentence);
            if (use.group(1).endsWith("(")) {
                unknown(path.replaceFirst("[,)].*", "").strip(), false).ifPresent(report);
            } else if (use.group(1).startsWith("variables")) {
                report.accept("Simple takes one variable by ${variable." + path + "}, not by ${variables." + path + "}.");
            } else if (path.replaceAll("\\(.*\\)|\\[[^\\]]*\\]", "").matches("(?s).*\\s.*")) {
                report.accept("${variable." + path + "} holds a blank, and so names nothing: operators and other values"
                        + " stand behind the }.");
            } else {
                problem(path).ifPresent(report);
            }
        }
        if (value.key().equals("variable") && value.parent() != null && value.parent().key().equals("expression")
                && !value.text().isEmpty()) {
            unknown(value.text(), false).ifPresent(value::report);
        }
    }

    /** What a bean takes by {@code @Variable} must be set by somebody. */
    private void parameters(String ref, String call, YamlValue step) {
        if (ref == null || call == null || !call.matches("\\w+")) {
            return;
        }
        references.typeOf(ref).ifPresent(type -> {
            List<Method> methods = Arrays.stream(type.getMethods()).filter(method -> method.getName().equals(call)).toList();
            if (methods.size() == 1) {
                taken(methods.get(0)).stream().filter(name -> !isSet(name)).forEach(name -> NearestKey.near(name, set.keySet())
                        .filter(near -> !taken.contains(near) && !OURS.containsKey(near))
                        .ifPresent(near -> step.at("method").report(type.getSimpleName() + "." + call
                                + " takes the variable '" + name + "', which no route sets; did you mean it where '" + near + "' is set?")));
            }
        });
    }

    /** What is set for nobody, and nearly has the name of something that is read, was meant for that. */
    private void unread(SetVariableDefinition step, YamlValue value) {
        String name = step.getName();
        // what is set in several places is no slip of the pen: a bean reads it
        if (set.get(name).size() == 1 && !read.contains(name) && !taken.contains(name) && !OURS.containsKey(name)
                && !name.contains(":") && !name.contains("${")) {
            Set<String> others = new TreeSet<>(OURS.keySet());
            others.addAll(taken);
            others.addAll(read);
            NearestKey.near(name, others).ifPresent(near -> value.at("name").report("Nothing reads the variable '" + name
                    + "'; did you mean '" + near + "'?"));
        }
    }

    /** What is wrong with a variable and the path into it, as in "batch.user.email". */
    private Optional<String> problem(String path) {
        String name = name(path);
        read.add(name);
        Optional<String> unknown = name.contains(":") ? Optional.empty() : unknown(name, false);
        if (unknown.isPresent() || name.contains(":")) {
            return unknown;
        }
        String[] sentence = new String[1];
        walk(name, path.substring(name.length()), found -> sentence[0] = found);
        return Optional.ofNullable(sentence[0]);
    }

    private String name(String path) {
        // a name may hold dots where a route gives it so
        for (int dot = path.length(); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
            if (isKnown(path.substring(0, dot))) {
                return path.substring(0, dot);
            }
        }
        return path.replaceFirst("(?s)\\??[.\\[].*", "");
    }

    private boolean isSet(String name) {
        return set.containsKey(name) || named.contains(name) || OURS.containsKey(name);
    }

    private boolean isKnown(String name) {
        return isSet(name) || taken.contains(name);
    }

    private Optional<String> unknown(String name, boolean mayBeForeign) {
        read.add(name);
        if (name.isEmpty() || name.contains("{{") || name.contains("${") || name.contains(":") || isKnown(name)) {
            return Optional.empty();
        }
        Collection<String> known = names();
        if (mayBeForeign && NearestKey.near(name, known).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("There is no variable '" + name + "'" + NearestKey.near(name, known)
                .map(near -> "; did you mean '" + near + "'?").orElse(": no route sets it."));
    }

    private Collection<String> names() {
        Set<String> names = new TreeSet<>(OURS.keySet());
        names.addAll(set.keySet());
        names.addAll(named);
        names.addAll(taken);
        return names;
    }

    /** What is at the end of a path into a variable; empty where that cannot be told. */
    Optional<Type> type(String path) {
        String name = name(path);
        return name.contains(":") ? Optional.empty() : walk(name, path.substring(name.length()), sentence -> { });
    }

    private Optional<Type> walk(String variable, String path, Consumer<String> problem) {
        Optional<Type> type = typeOf(variable);
        String walked = "variable." + variable;
        Matcher step = STEP.matcher(path);
        int at = 0;
        while (type.isPresent() && step.find(at) && step.start() == at) {
            at = step.end();
            String what = step.group(1);
            if (what == null) {
                type = element(type.get());
            } else {
                Class<?> holder = raw(type.get());
                if (holder == Object.class || holder.isArray()) {
                    return Optional.empty();
                }
                Optional<Type> next = field(type.get(), holder, what, step.group(2) != null);
                if (next.isEmpty() && !Map.class.isAssignableFrom(holder)) {
                    problem.accept(walked + " has no '" + what + "'" + NearestKey.near(what, fields(holder))
                            .map(near -> "; did you mean '" + near + "'?")
                            .orElse(fields(holder).isEmpty() ? "." : ": a " + holder.getSimpleName() + " has "
                                    + String.join(", ", fields(holder)) + "."));
                    return Optional.empty();
                }
                type = next;
            }
            walked += step.group();
        }
        return type;
    }

    private static Optional<Type> field(Type type, Class<?> holder, String name, boolean call) {
        if (Map.class.isAssignableFrom(holder) && !call) {
            return element(type);
        }
        String capital = Character.toUpperCase(name.charAt(0)) + name.substring(1);
        List<String> names = List.of(name, "get" + capital, "is" + capital);
        return names.stream().flatMap(candidate -> Arrays.stream(holder.getMethods())
                .filter(method -> method.getName().equals(candidate) && (call || method.getParameterCount() == 0
                        || method.getParameterAnnotations()[0].length > 0))).findFirst().map(Method::getGenericReturnType);
    }

    /** What a name can be of such a thing, for a hint. */
    private static Set<String> fields(Class<?> holder) {
        return Arrays.stream(holder.getMethods()).filter(method -> method.getParameterCount() == 0 && method.getReturnType() != void.class
                && !Modifier.isStatic(method.getModifiers()) && method.getDeclaringClass() != Object.class
                && !Set.of("hashCode", "toString").contains(method.getName()))
                .map(method -> method.getName().replaceFirst("^get(?=[A-Z])", ""))
                .map(name -> Character.toLowerCase(name.charAt(0)) + name.substring(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Optional<Type> element(Type type) {
        if (type instanceof ParameterizedType parameters) {
            Type last = parameters.getActualTypeArguments()[parameters.getActualTypeArguments().length - 1];
            return Optional.of(last instanceof WildcardType wildcard ? wildcard.getUpperBounds()[0] : last)
                    .filter(found -> raw(found) != Object.class);
        }
        return Optional.empty();
    }

    static Class<?> raw(Type type) {
        if (type instanceof Class<?> raw) {
            return raw;
        }
        return type instanceof ParameterizedType parameters ? (Class<?>) parameters.getRawType() : Object.class;
    }

    private Optional<Type> typeOf(String variable) {
        Optional<Type> known = types.get(variable);
        if (known == null) {
            // one that is made of itself ends here
            types.put(variable, Optional.empty());
            known = find(variable);
            types.put(variable, known);
        }
        return known;
    }

    /** A name means one type; where the routes do not tell which, it is ours. */
    private Optional<Type> find(String variable) {
        Set<Optional<Type>> told = set.getOrDefault(variable, Set.of()).stream().map(this::made).collect(Collectors.toSet());
        if (told.size() == 1 && told.iterator().next().isPresent()) {
            return told.iterator().next();
        }
        boolean ours = told.stream().allMatch(Optional::isEmpty) && !named.contains(variable);
        return ours ? Optional.ofNullable(OURS.get(variable)) : Optional.empty();
    }

    private Optional<Type> made(ExpressionDefinition expression) {
        if (expression instanceof MethodCallExpression call && call.getRef() != null && call.getMethod() != null) {
            return references.typeOf(call.getRef()).flatMap(type -> {
                Set<Type> returned = Arrays.stream(type.getMethods())
                        .filter(method -> method.getName().equals(call.getMethod().replaceFirst("(?s)\\(.*", "").strip()))
                        .map(Method::getGenericReturnType).collect(Collectors.toSet());
                return returned.size() == 1 ? Optional.of(returned.iterator().next()) : Optional.empty();
            }).filter(type -> type instanceof Class<?> || type instanceof ParameterizedType).filter(type -> type != Object.class);
        }
        if (expression instanceof SimpleExpression simple && simple.getResultTypeName() == null && simple.getExpression() != null) {
            Matcher whole = USE.matcher(simple.getExpression().strip());
            return whole.matches() && !whole.group(1).endsWith("(") ? type(whole.group(2).strip()) : Optional.empty();
        }
        return expression instanceof ConstantExpression ? Optional.of(String.class) : Optional.empty();
    }
}
