package io.github.mparticleintercom.check;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.settings.EventTypes;
import io.github.mparticleintercom.settings.NearestKey;
import io.github.mparticleintercom.settings.Settings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.language.simple.types.SimpleIllegalSyntaxException;
import org.apache.camel.spi.Language;

/** The texts in Camel's simple language: each can be read, compares what can be equal, and knows the words that it names. */
final class Expressions {

    private static final Set<String> CONDITIONS = Set.of("when", "filter", "validate", "onWhen", "retryWhile", "loopDoWhile",
            "precondition");
    /** Texts that are simple without saying so. */
    private static final Set<String> TEXTS = Set.of("message");
    private static final Pattern COMPARED = Pattern.compile("\\$(?:simple)?\\{variable[.:]([^{}]+)\\}\\s*(==|!=|=~|!=~|in|!in)\\s*"
            + "(?:'([^']*)'|\"([^\"]*)\"|(true|false|null|-?[\\d.]+))");
    private static final Pattern SETTING = Pattern.compile("'\\{\\{([^{}:?]+)[^{}]*\\}\\}'\\s*(?:==|!=)\\s*'([^'{]*)'");
    private static final Pattern OPERAND = Pattern.compile("'[^']*'|\"[^\"]*\"|\\$(?:simple)?\\{[^{}]*\\}");

    /** Functions that convert to a class, which Camel looks for only when it evaluates them. */
    private static final Pattern CONVERTED = Pattern.compile("\\$(?:simple)?\\{(?:mandatoryBodyAs|bodyAs|messageAs|headerAs|variableAs|"
            + "exchangePropertyAs)\\((?:[^(){},]*,)?\\s*([^(){},]+?)\\s*\\)");

    private final CamelContext context;
    private final RouteFiles routes;
    private final Variables variables;
    private final Language simple;
    private final Placeholders placeholders;
    private final Consumer<Problem> note;

    /**
     * The expressions of these routes.
     *
     * @param context   has the language; it need not be started
     * @param routes    the routes
     * @param variables what is known of variables
     * @param note      takes what is only worth knowing
     */
    Expressions(CamelContext context, RouteFiles routes, Variables variables, Consumer<Problem> note) {
        this.context = context;
        this.routes = routes;
        this.variables = variables;
        this.note = note;
        simple = context.resolveLanguage("simple");
        placeholders = new Placeholders(context);
    }

    void check() {
        variables.check();
        // with what each variable is compared, as often as it is
        Map<String, List<String>> words = new HashMap<>();
        routes.values().forEach(value -> COMPARED.matcher(value.text()).results().filter(found -> found.group(3) != null).forEach(found ->
                words.computeIfAbsent(found.group(1).strip(), path -> new ArrayList<>()).addAll(words(found.group(3)).toList())));
        for (YamlValue value : routes.values()) {
            YamlValue language = value.key().equals("expression") ? value.parent() : value;
            if (language != null && language.key().equals("simple") && !value.text().isEmpty()) {
                YamlValue holder = language.parent();
                read(value, holder.key().equals("expression") ? holder.parent() : holder);
                compared(value, words);
                settings(value);
            } else if (value.key().equals("precondition") && !value.text().isEmpty()) {
                read(value, value);
                settings(value);
            } else if (TEXTS.contains(value.key()) && value.text().contains("${")) {
                read(value, value);
            }
        }
        variables.constants("reason").forEach(code -> reason(code.model(), code.value()));
        variables.constants("eventType").forEach(type -> EventTypes.unknown(type.model()).ifPresent(type.value()::report));
    }

    private void read(YamlValue value, YamlValue step) {
        boolean condition = CONDITIONS.contains(step.key());
        // no bean is there to be found; whether it will be is told elsewhere
        Optional<String> text = placeholders.resolve(References.BEAN_FUNCTION.matcher(value.text()).replaceAll("\\${body}"));
        if (text.isEmpty()) {
            // a placeholder that leads nowhere: others tell
            return;
        }
        try {
            if (condition) {
                simple.createPredicate(text.get());
            } else {
                simple.createExpression(text.get());
            }
        } catch (RuntimeException e) {
            value.report(e instanceof SimpleIllegalSyntaxException syntax ? Math.max(0, syntax.getIndex()) : 0, "This simple expression cannot be read: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse("") + ".");
            return;
        }
        CONVERTED.matcher(text.get()).results().map(found -> found.group(1))
                .filter(name -> context.getClassResolver().resolveClass(name) == null)
                .forEach(name -> value.report("There is no class '" + name + "'."));
        if (condition && OPERAND.matcher(text.get()).replaceAll("\u0000").matches("(?s).*\u0000\\s*\u0000.*")) {
            value.report("There is no operator between two values, so that this is always true.");
        }
    }

    /** What a setting is compared with must be something that it may hold. */
    private static void settings(YamlValue value) {
        SETTING.matcher(value.text()).results().forEach(compared -> Settings.unfit(compared.group(1), compared.group(2)).ifPresent(kind ->
                value.report(compared.start(), "'" + compared.group(2) + "' is never the value of " + compared.group(1) + ", which is "
                        + kind + ".")));
    }

    private static Stream<String> words(String list) {
        return Stream.of(list.split(",")).map(String::strip);
    }

    /** What a variable is compared with must be something that it can be. */
    private void compared(YamlValue value, Map<String, List<String>> words) {
        COMPARED.matcher(value.text()).results().forEach(compared -> {
            String path = compared.group(1).strip();
            Consumer<String> report = sentence -> value.report(compared.start(), sentence);
            String text = Stream.of(compared.group(3), compared.group(4), compared.group(5)).filter(found -> found != null)
                    .findFirst().orElse("");
            if (text.contains("{{") || "null".equals(compared.group(5))) {
                return;
            }
            Stream<String> texts = compared.group(2).endsWith("in") ? words(text) : Stream.of(text.strip());
            if (Stream.of(text.split(compared.group(2).endsWith("in") ? "," : "$")).anyMatch(word -> !word.equals(word.strip()))) {
                report.accept("Blanks count in '" + text + "': with one at its end or behind a comma, nothing is ever the same.");
                return;
            }
            if (path.equals("reason") || path.equals("batch.reason") || path.endsWith(".reason.code")) {
                texts.forEach(word -> comparedReason(word, report));
            } else if (path.equals("eventType") || path.equals("event.type")) {
                texts.forEach(word -> EventTypes.unknown(word).ifPresent(report));
            } else {
                texts.forEach(word -> variables.unknownWord(path, word, words.getOrDefault(path, List.of())).ifPresent(report));
                variables.type(path).map(Variables::raw).ifPresent(type -> comparable(path, type, text, report));
            }
        });
    }

    private static void comparable(String path, Class<?> type, String text, Consumer<String> report) {
        if ((type == boolean.class || type == Boolean.class) && !text.matches("true|false")) {
            report.accept("variable." + path + " is true or false, and never '" + text + "'.");
        } else if ((type == int.class || type == long.class || type == double.class || Number.class.isAssignableFrom(type))
                && !text.matches("-?[\\d.,]+")) {
            report.accept("variable." + path + " is a number, and never '" + text + "'.");
        } else if (type.isRecord() || java.util.Collection.class.isAssignableFrom(type)) {
            report.accept("variable." + path + " is a " + type.getSimpleName() + " as a whole, and never '" + text + "'.");
        }
    }

    private static Set<String> codes() {
        return Reason.known().stream().map(Reason::code).collect(Collectors.toCollection(TreeSet::new));
    }

    private void reason(String code, YamlValue value) {
        if (code.contains("{{") || codes().contains(code)) {
            return;
        }
        Optional<String> near = NearestKey.near(code, codes());
        if (near.isPresent()) {
            value.report("'" + code + "' is no reason code of ours; did you mean '" + near.get()
                    + "'? A code of your own must differ by more.");
            return;
        }
        try {
            Reason.of(code);
            note.accept(value.problem("'" + code + "' is a reason code of your own."));
        } catch (IllegalArgumentException e) {
            value.report("'" + code + "' cannot be a reason code: it takes small letters, digits and single hyphens.");
        }
    }

    private void comparedReason(String code, Consumer<String> report) {
        Set<String> known = codes();
        variables.constants("reason").forEach(own -> known.add(own.model()));
        if (!known.contains(code)) {
            report.accept("No route gives the reason '" + code + "'" + RouteFiles.hint(code, known));
        }
    }
}
