package io.github.mparticleintercom.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.mparticleintercom.settings.NearestKey;
import io.github.mparticleintercom.settings.Settings;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.reflect.Constructor;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.catalog.ConfigurationPropertiesValidationResult;
import org.apache.camel.catalog.impl.AbstractCamelCatalog;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.main.MainHelper;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.util.OrderedLocationProperties;
import org.apache.camel.util.StringHelper;
import org.apache.camel.util.json.DeserializationException;
import org.apache.camel.util.json.JsonObject;
import org.apache.camel.util.json.Jsoner;

/**
 * The settings that begin with camel. Each is given to an object that Camel itself would give it to, in the way in which it would: what
 * that says is what the start would. The names are those of Camel's own description.
 */
final class CamelSettings {

    private static final String METADATA = "META-INF/camel-main-configuration-metadata.json";
    private static final String PREFIX = "camel.";
    /** What is given to a service in the place of the description's object, by the name under which Camel finds it in a jar. */
    private static final Map<String, String> SERVICES = Map.of("camel.mdc.", "mdc-service", "camel.metrics.", "micrometer-prometheus",
            "camel.opentelemetry.", "opentelemetry-tracer", "camel.opentelemetry2.", "opentelemetry-tracer-2",
            "camel.telemetryDev.", "telemetry-dev-tracer");
    private static final String NOT_THERE = " is a setting of something that is not in lib/.";
    private static final Map<String, String> KINDS = Map.of("integer", "a whole number", "boolean", "true or false", "number", "a number");

    private final CamelContext context;
    private final Placeholders placeholders;
    private final MainConfigurationProperties main = new MainConfigurationProperties();
    /** By what the keys begin with, the longest first: what takes them. */
    private final Map<String, String> groups = new TreeMap<>(Comparator.comparing(String::length).reversed().thenComparing(name -> name));

    private final List<JsonObject> names;

    /** With what this context, which need not be started, knows. */
    CamelSettings(CamelContext context) {
        this.context = context;
        placeholders = new Placeholders(context);
        // by the reader that Camel has in memory for its catalog: another would cost more than all the rest
        try (Reader json = new InputStreamReader(CamelSettings.class.getClassLoader().getResourceAsStream(METADATA), UTF_8)) {
            JsonObject metadata = (JsonObject) Jsoner.deserialize(json);
            metadata.<List<JsonObject>>getCollection("groups").forEach(group ->
                    groups.put(group.getString("name") + ".", group.getString("sourceType")));
            names = metadata.getCollection("properties");
        } catch (IOException | DeserializationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The settings of Camel, by key, with their values as they are written. */
    Map<String, String> written() {
        Map<String, String> written = new TreeMap<>();
        Properties known = context.getPropertiesComponent().loadProperties(name -> name.startsWith(PREFIX));
        known.stringPropertyNames().forEach(key -> written.put(key, known.getProperty(key)));
        return written;
    }

    /** The key that Camel makes of a variable of the environment; empty where it leaves it alone. */
    Optional<String> key(String variable) {
        String name = variable.toUpperCase(Locale.ROOT);
        boolean left = name.endsWith("_PORT") || name.endsWith("_SERVICE_HOST") || name.contains("_PORT_");
        return left || groups.keySet().stream().map(Settings::variable).noneMatch(name::startsWith) ? Optional.empty()
                : Optional.of(variable.toLowerCase(Locale.ROOT).replace('_', '.'));
    }

    /** The variable that was probably meant by one that Camel leaves alone. */
    Optional<String> nearestVariable(String variable) {
        return variable.startsWith(Settings.variable(PREFIX)) && key(variable).isEmpty()
                ? nearest(variable, Settings::variable).filter(near -> !near.equals(variable)) : Optional.empty();
    }

    /**
     * A sentence where Camel does not take this key, or this value for it.
     *
     * @param key      the key, as Camel has it
     * @param written  the value, as it is written
     * @param spelling how another key is to be spelt
     */
    Optional<String> fault(String key, String written, UnaryOperator<String> spelling) {
        Optional<String> group = groups.keySet().stream().filter(prefix -> key.regionMatches(true, 0, prefix, 0, prefix.length())).findFirst();
        if (group.isEmpty()) {
            Optional<String> ofComponent = ofComponent(key, written);
            return ofComponent.isPresent() ? ofComponent : NearestKey.near(head(key), heads()).filter(near -> !near.equalsIgnoreCase(head(key)))
                    .map(near -> " is no setting of Camel's; did you mean " + spelling.apply(near + key.substring(head(key).length())) + "?");
        }
        String option = key.substring(group.get().length());
        if (written.isBlank()) {
            return Optional.of(" has no value, which Camel does not take.");
        }
        String value = placeholders.resolve(written).map(String::strip).orElse("#");
        if (SERVICES.containsKey(group.get()) && !Libraries.have(SERVICES.get(group.get()))) {
            return Optional.of(NOT_THERE);
        }
        // what leads nowhere, to a setting of ours or to a bean is told elsewhere; of lists and maps not each part can be told alone
        return value.startsWith("#") || written.contains("{{" + Settings.PREFIX) || option.contains("[") || takes(group.get(), option, value) ? Optional.empty()
                : Optional.of(unfit(key, value, spelling));
    }

    /** Components, data formats and languages have descriptions of their own. */
    private Optional<String> ofComponent(String key, String written) {
        if (!key.matches("camel\\.(component|dataformat|language)\\..+\\..+")
                || !(PluginHelper.getRuntimeCamelCatalog(context) instanceof AbstractCamelCatalog catalog)) {
            return Optional.empty();
        }
        ConfigurationPropertiesValidationResult result = catalog.validateConfigurationProperty(key + "="
                + placeholders.resolve(written).orElse("{{}}"));
        return result.getUnknownComponent() != null ? Optional.of(NOT_THERE)
                : result.isSuccess() ? Optional.empty() : Optional.of(" is no setting of Camel's, or its value does not fit.");
    }

    private boolean takes(String group, String option, String value) {
        OrderedLocationProperties alone = new OrderedLocationProperties();
        alone.put("", MainHelper.optionKey(option), value);
        try {
            boolean service = SERVICES.containsKey(group) && !option.equals("enabled");
            MainHelper.setPropertiesOnTarget(context, service ? service(SERVICES.get(group)) : target(groups.get(group)), alone, group, true, true, new OrderedLocationProperties());
            return !option.equals("port") || value.matches("\\d{1,5}") && Integer.parseInt(value) <= 0xffff;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        } catch (RuntimeException e) {
            return false;
        }
    }

    private Object target(String type) throws ReflectiveOperationException {
        Class<?> found = context.getClassResolver().resolveMandatoryClass(type);
        if (found.isInstance(main)) {
            return main;
        }
        Constructor<?> constructor = found.getConstructors()[0];
        return constructor.getParameterCount() == 0 ? constructor.newInstance() : constructor.newInstance(main);
    }

    private Object service(String name) {
        return context.getCamelContextExtension().getBootstrapFactoryFinder().newInstance(name, Object.class).orElseThrow();
    }

    private String unfit(String key, String value, UnaryOperator<String> spelling) {
        for (JsonObject known : names) {
            if (isSame(known.getString("name").substring(PREFIX.length()), key.substring(PREFIX.length()))) {
                String kind = key.endsWith(".port") ? "a port" : known.containsKey("enum")
                        ? "one of " + String.join(", ", known.<List<String>>getCollection("enum"))
                        : KINDS.getOrDefault(known.getString("type"), "what it takes");
                boolean secret = known.getBooleanOrDefault("secret", false) || Settings.isSecret(key);
                return " is '" + (secret ? "***" : Settings.masked(value)) + "', which is not " + kind + ".";
            }
        }
        return " is no setting of Camel's" + nearest(spelling.apply(dashed(key)), spelling)
                .map(near -> "; did you mean " + near + "?").orElse(".");
    }

    private Optional<String> nearest(String given, UnaryOperator<String> spelling) {
        Set<String> spelt = new TreeSet<>();
        names.forEach(known -> spelt.add(spelling.apply(dashed(known.getString("name")))));
        return NearestKey.near(given, spelt);
    }

    private static String dashed(String key) {
        return StringHelper.camelCaseToDash(key);
    }

    /** As Camel compares keys: a variable parts all words with dots, a file may have dashes or capitals. */
    private static boolean isSame(String known, String key) {
        return StringHelper.camelCaseToDash(known).replace('-', '.').equalsIgnoreCase(key) || known.equalsIgnoreCase(key.replace("-", ""));
    }

    private static String head(String key) {
        int dot = key.indexOf('.', PREFIX.length());
        return dot < 0 ? key : key.substring(0, dot);
    }

    private Set<String> heads() {
        Set<String> heads = new HashSet<>(Set.of("camel.component", "camel.dataformat", "camel.language", "camel.context", "camel.beans",
                "camel.variable", "camel.globalOptions", "camel.routeTemplate", "camel.devConsole"));
        groups.keySet().forEach(group -> heads.add(head(group)));
        return heads;
    }
}
