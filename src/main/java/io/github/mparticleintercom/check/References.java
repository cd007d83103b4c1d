package io.github.mparticleintercom.check;

import io.github.mparticleintercom.check.RouteFiles.Part;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.BeanFactoryDefinition;
import org.apache.camel.model.BeanModelHelper;
import org.apache.camel.model.FromDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.language.MethodCallExpression;

/** What one place of the routes says of another: ids are given once, and every route, bean, method and class that is named is there. */
final class References {

    private static final Pattern BEAN_IN_ADDRESS = Pattern.compile("[?&][\\w.-]+=#(?:bean:)?([\\w.-]+)(?=&|$)");
    /** A name after # that is a bean's; #class:, #type: and the like are other things. */
    private static final Pattern BEAN = Pattern.compile("#(?:bean:)?([\\w.-]+)");
    /** A bean in simple, with its method after ?method= or a dot. */
    static final Pattern BEAN_FUNCTION = Pattern.compile("\\$(?:simple)?\\{bean:(\\w+)(?:(?:\\?method=|\\.)([^{}]+))?\\}");
    private static final Set<String> KINDS = Set.of("bean", "class", "type", "property", "autowired", "valueAs");
    private static final Set<String> BEAN_VALUES = Set.of("parameters", "properties", "constructors");
    private static final Set<String> BEAN_NAMES = Set.of("aggregationStrategy", "idempotentRepository", "routePolicy");
    private static final Set<String> CLASS_NAMES = Set.of("exception", "exceptionType", "factoryBean", "beanType", "resultType");

    private static final String OURS = "io.github.mparticleintercom.";
    private static final Set<String> PURE = Set.of("io.github.mparticleintercom.mparticle.", "io.github.mparticleintercom.translate.");

    private final CamelContext context;
    private final RouteFiles routes;

    /** The references within these routes; the context knows further beans and need not be started. */
    References(CamelContext context, RouteFiles routes) {
        this.context = context;
        this.routes = routes;
    }

    void check() {
        ids();
        links();
        routes.values().forEach(this::bean);
        routes.values().forEach(value -> functions(value));
        routes.all(BeanDefinition.class).forEach(step ->
                method(step.model().getRef(), step.model().getBeanType(), step.model().getMethod(), step.value()));
        routes.all(MethodCallExpression.class).forEach(step ->
                method(step.model().getRef(), step.model().getBeanTypeName(), step.model().getMethod(), step.value()));
        routes.values().stream().filter(value -> value.key().equals("type") && value.parent().key().startsWith("convert"))
                .filter(value -> isFixed(value.text()) && context.getClassResolver().resolveClass(value.text()) == null)
                .forEach(value -> value.report("There is no class " + value.text() + "."));
        routes.beans().values().forEach(bean -> made(bean.model(), bean.value()));
        routes.values().stream().filter(value -> CLASS_NAMES.contains(value.key()) && !value.isWithin("parameters")
                && !value.isWithin("properties")).forEach(value -> type(value, value.text()));
    }

    /** Routes and their steps share one space in Camel, what configures routes has another, beans a third. */
    private void ids() {
        Map<String, YamlValue> ids = new HashMap<>();
        Map<String, YamlValue> configured = new HashMap<>();
        Map<String, YamlValue> names = new HashMap<>();
        routes.all(OptionalIdentifiedDefinition.class).forEach(part -> {
            boolean configuration = part.model() instanceof RouteConfigurationDefinition || part.value().isWithin("routeConfiguration");
            if (part.model().getId() != null && !(part.model() instanceof FromDefinition)) {
                once("The id", part.value().at("id"), prefix(part.model(), part.value()) + part.model().getId(),
                        configuration ? configured : ids);
            }
        });
        routes.all(BeanFactoryDefinition.class).filter(bean -> bean.model().getName() != null)
                .forEach(bean -> once("The bean", bean.value().at("name"), bean.model().getName(), names));
    }

    private void once(String what, YamlValue value, String name, Map<String, YamlValue> seen) {
        YamlValue first = seen.putIfAbsent(name, value);
        if (first != null) {
            // definitions are known from the inside out: the later line is the one that is told
            boolean later = !first.file().equals(value.file()) || first.line() < value.line();
            (later ? value : first).report(what + " '" + name + "' is given in " + (later ? first : value).place()
                    + " already.");
        }
    }

    /** What the route puts before the ids of its steps, which is not before its own. */
    private String prefix(Object model, YamlValue value) {
        if (!(model instanceof ProcessorDefinition<?>) || model instanceof RouteDefinition) {
            return "";
        }
        for (YamlValue above = value; above != null; above = above.parent()) {
            if (above.key().equals("route")) {
                YamlValue prefix = above.at("nodePrefixId");
                return prefix == above ? "" : prefix.text();
            }
        }
        return "";
    }

    /** Every route and route configuration that is named is there. */
    private void links() {
        routes.all(RouteDefinition.class).filter(route -> route.model().getRouteConfigurationId() != null).forEach(route -> {
            // Camel splits it in the same way, and takes a space for a part of the name
            for (String id : route.model().getRouteConfigurationId().split(",")) {
                named(route.value().at("routeConfigurationId"), "route configuration", id, routes.configurations().keySet());
            }
        });
        routes.values().stream().filter(value -> value.key().equals("routeId") && value.parent().key().equals("parameters")
                && value.parent().parent().at("uri").text().startsWith("controlbus"))
                .forEach(value -> named(value, "route", value.text(), routes.routes().keySet()));
    }

    private void named(YamlValue value, String what, String name, Set<String> known) {
        if (isFixed(name) && !name.contains("*") && !name.equals("current") && !known.contains(name)) {
            value.report("There is no " + what + " '" + name + "'" + RouteFiles.hint(name, known));
        }
    }

    private void bean(YamlValue value) {
        String text = value.text().strip();
        if (value.parent() == null || !isFixed(text)) {
            return;
        }
        Matcher name = BEAN.matcher(text);
        if (BEAN_VALUES.contains(value.parent().key())) {
            if (name.matches()) {
                bean(value, name.group(1));
            } else if (text.matches("#\\w+:.*") && !KINDS.contains(text.substring(1, text.indexOf(':')))) {
                String kind = text.substring(1, text.indexOf(':'));
                value.report("'#" + kind + ":' is no way to name a bean" + RouteFiles.hint(kind, KINDS));
            }
        } else if (value.key().equals("executorService") && name.matches()) {
            // without # it may be a profile of threads
            bean(value, name.group(1));
        } else if (value.key().equals("ref") || value.key().endsWith("Ref") || BEAN_NAMES.contains(value.key())) {
            String bean = text.replaceFirst("^#bean:|^#(?!\\w+:)|^bean:", "");
            if (bean.matches("[\\w.-]+")) {
                bean(value, bean);
            }
        } else if (Endpoints.KEYS.contains(value.key())) {
            BEAN_IN_ADDRESS.matcher(text).results().forEach(found -> bean(value, found.group(1)));
        }
    }

    void bean(YamlValue value, String name) {
        if (isFixed(name) && !routes.beans().containsKey(name) && context.getRegistry().lookupByName(name) == null
                && context.getPropertiesComponent().resolveProperty("camel.beans." + name).isEmpty()) {
            value.report("There is no bean '" + name + "'" + RouteFiles.hint(name, routes.beans().keySet()));
        }
    }

    /** Beans that a text in the simple language calls. */
    private void functions(YamlValue value) {
        BEAN_FUNCTION.matcher(value.text()).results().forEach(function -> {
            bean(value, function.group(1));
            if (function.group(2) != null) {
                method(function.group(1), null, function.group(2), value);
            }
        });
    }

    private void method(String ref, String className, String call, YamlValue step) {
        String method = call == null ? "" : call.strip().replaceFirst("(?s)\\(.*", "");
        if (method.isEmpty()) {
            (ref == null ? find(className) : typeOf(ref)).filter(type -> type.getName().startsWith(OURS)).map(References::calls)
                    .filter(methods -> methods.size() > 1).ifPresent(methods -> step.report("'method' is missing: "
                            + (ref == null ? className : ref) + " has " + String.join(", ", methods) + "."));
        }
        if (!method.isEmpty() && isFixed(method)) {
            (ref == null ? find(className) : typeOf(ref)).ifPresent(type -> method(step.at("method"),
                    ref == null ? type.getSimpleName() : "The bean '" + ref + "'", type, method));
        }
    }

    /** What of a class may be called from a route. */
    private static Set<String> calls(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods()).filter(method -> Modifier.isPublic(method.getModifiers())
                && !Modifier.isStatic(method.getModifiers()) && !method.getName().matches("set[A-Z].*"))
                .map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static void method(YamlValue place, String who, Class<?> type, String method) {
        Set<String> methods = Arrays.stream(type.getMethods()).map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
        if (!methods.contains(method)) {
            place.report(who + " has no method '" + method + "'" + RouteFiles.hint(method, methods));
        }
    }

    /** The class of the bean of this name, as far as it can be told without making it. */
    Optional<Class<?>> typeOf(String ref) {
        String name = ref.replaceFirst("^#bean:|^#(?!\\w+:)|^bean:", "");
        Part<BeanFactoryDefinition<?>> part = routes.beans().get(name);
        if (part == null) {
            Object other = context.getRegistry().lookupByName(name);
            return other == null ? Optional.empty() : Optional.of(other.getClass());
        }
        BeanFactoryDefinition<?> bean = part.model();
        if (bean.getFactoryMethod() != null || bean.getScript() != null) {
            return find(bean.getFactoryBean() == null ? bean.getType() : bean.getFactoryBean()).flatMap(factory ->
                    Arrays.stream(factory.getMethods()).filter(method -> method.getName().equals(bean.getFactoryMethod())).findFirst()
                            .map(Method::getReturnType));
        }
        return find(bean.getType());
    }

    /** Camel would only say that it cannot create an instance. */
    private void made(BeanFactoryDefinition<?> bean, YamlValue value) {
        type(value.at("type"), bean.getType());
        if (bean.getScript() != null || bean.getBuilderClass() != null) {
            return;
        }
        Optional<Class<?>> type = find(bean.getType());
        if (bean.getFactoryMethod() != null) {
            factory(bean, value);
        } else if (bean.getFactoryBean() != null) {
            value.at("factoryBean").report("'factoryMethod' is missing beside 'factoryBean'.");
        } else {
            type.ifPresent(found -> values(bean, value, found.getSimpleName(), List.of(found.getConstructors())));
        }
        type.ifPresent(found -> {
            properties(bean, found, value);
            for (String end : List.of("initMethod", "destroyMethod")) {
                YamlValue method = value.at(end);
                if (method != value) {
                    method(method, found.getSimpleName(), found, method.text());
                }
            }
        });
    }

    private void factory(BeanFactoryDefinition<?> bean, YamlValue value) {
        String name = bean.getFactoryBean();
        Optional<Class<?>> factory = name == null ? find(bean.getType()) : find(name);
        if (factory.isEmpty() && name != null && !name.contains(".")) {
            bean(value.at("factoryBean"), name);
            factory = typeOf(name);
        }
        factory.ifPresent(type -> {
            String method = bean.getFactoryMethod();
            List<Method> makers = Arrays.stream(type.getMethods()).filter(one -> one.getName().equals(method)).toList();
            method(value.at("factoryMethod"), type.getSimpleName(), type, method);
            if (!makers.isEmpty()) {
                values(bean, value, method, makers);
            }
        });
    }

    /** One of these must take as many values as there are under constructors. */
    private static void values(BeanFactoryDefinition<?> bean, YamlValue value, String who, List<? extends Executable> makers) {
        int values = bean.getConstructors() == null ? 0 : bean.getConstructors().size();
        if (makers.stream().noneMatch(maker -> maker.getParameterCount() == values)) {
            value.at("constructors").report(who + " takes no " + values + " values under constructors" + (makers.isEmpty() ? "."
                    : "; it takes " + makers.stream().map(Executable::getParameterCount).sorted().distinct().map(String::valueOf)
                            .collect(Collectors.joining(" or ")) + "."));
        }
    }

    /** Every property has a setter that takes such a value. */
    private void properties(BeanFactoryDefinition<?> bean, Class<?> type, YamlValue value) {
        if (bean.getProperties() == null || type.isInterface()) {
            return;
        }
        Map<String, Class<?>> setters = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (Method method : type.getMethods()) {
            String name = method.getName();
            int start = name.startsWith("set") ? 3 : name.startsWith("with") ? 4 : 0;
            if (start > 0 && name.length() > start && Character.isUpperCase(name.charAt(start)) && method.getParameterCount() == 1) {
                setters.put(Character.toLowerCase(name.charAt(start)) + name.substring(start + 1), method.getParameterTypes()[0]);
            } else if (method.getParameterCount() == 1 && method.getReturnType() == type) {
                setters.putIfAbsent(method.getName(), method.getParameterTypes()[0]);
            }
        }
        bean.getProperties().forEach((name, text) -> {
            YamlValue place = value.at("properties").at(name);
            Class<?> taken = setters.get(name.replace("-", ""));
            if (name.matches("[\\w-]+") && taken == null) {
                place.report(type.getSimpleName() + " has no property '" + name + "'" + RouteFiles.hint(name, setters.keySet()));
            } else if (taken != null && text instanceof String given && given.startsWith("#") && BEAN.matcher(given).matches()) {
                typeOf(given).filter(other -> !taken.isAssignableFrom(other) && !other.isAssignableFrom(taken)).ifPresent(other ->
                        place.report("The property '" + name + "' of " + type.getSimpleName() + " takes " + taken.getSimpleName() + ", and '"
                                + given + "' is " + other.getSimpleName() + "."));
            } else if (taken != null && taken.getName().startsWith(OURS) && !taken.isEnum() && text instanceof String given
                    && isFixed(given) && !given.startsWith("#")) {
                place.report("The property '" + name + "' of " + type.getSimpleName() + " takes " + taken.getSimpleName()
                        + ": a bean is named with #bean: before it.");
            } else if (taken != null && text instanceof String given) {
                new Placeholders(context).resolve(given).map(String::strip).filter(all -> !all.startsWith("#") && !isA(taken, all))
                        .ifPresent(all -> place.report("The property '" + name + "' of " + type.getSimpleName()
                                + " is '" + all + "', which is not " + (taken == boolean.class ? "true or false" : "a whole number") + "."));
            }
        });
    }

    private static boolean isA(Class<?> type, String text) {
        if (type == boolean.class) {
            return text.matches("(?i)true|false");
        }
        return type != int.class && type != long.class || text.matches("[-+]?\\d{1,19}");
    }

    /**
     * Makes the beans that only keep what they are given, so that what one says against its values is told with its place. Everything
     * else that is made opens, reads or remembers something.
     */
    void make() {
        // the second time for those that are made of others, which may stand behind them, or are not made
        routes.beans().values().stream().filter(bean -> isPure(bean.model()) && failure(bean.model()) != null).toList().forEach(bean -> {
            Optional.ofNullable(bean.model().getProperties()).ifPresent(properties ->
                    properties.values().removeIf(value -> isNotMade(String.valueOf(value))));
            Optional.ofNullable(failure(bean.model())).ifPresent(failure ->
                    bean.value().source().report().accept(CamelFailure.refusal(bean.model().getName(), bean.value(), failure)));
        });
    }

    private boolean isNotMade(String value) {
        return value.startsWith("#bean:") && context.getRegistry().lookupByName(value.substring("#bean:".length())) == null;
    }

    private static boolean isPure(BeanFactoryDefinition<?> bean) {
        String type = find(bean.getType()).map(Class::getName).orElse("");
        return PURE.stream().anyMatch(type::startsWith);
    }

    /** Makes a bean; null if that goes well. */
    private Exception failure(BeanFactoryDefinition<?> bean) {
        try {
            context.getRegistry().bind(bean.getName(), BeanModelHelper.newInstance(bean, context));
            return null;
        } catch (Exception e) {
            return e;
        }
    }

    void type(YamlValue value, String text) {
        String name = text == null ? "" : text.replaceFirst("^#class:", "");
        if (name.matches("[\\w.$]+") && name.contains(".") && find(name).isEmpty()) {
            value.report("There is no class " + name + ".");
        }
    }

    /** The class of this name, or one of java.lang by its short name, without running any of its code. */
    static Optional<Class<?>> find(String text) {
        String name = text == null ? "" : text.replaceFirst("^#class:", "");
        try {
            return name.isEmpty() ? Optional.empty() : Optional.of(Class.forName(name.contains(".") ? name : "java.lang." + name, false,
                    References.class.getClassLoader()));
        } catch (ClassNotFoundException | LinkageError e) {
            return Optional.empty();
        }
    }

    private static boolean isFixed(String text) {
        return !text.isEmpty() && !text.contains("{{") && !text.contains("${");
    }
}
