package io.github.mparticleintercom.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomAnswer;
import io.github.mparticleintercom.intercom.QueuedRequest;
import io.github.mparticleintercom.mparticle.Identities;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import io.github.mparticleintercom.mparticle.MparticleBatches;
import io.github.mparticleintercom.mparticle.MparticleEvent;
import io.github.mparticleintercom.mparticle.RawBatch;
import io.github.mparticleintercom.outcome.Intake;
import io.github.mparticleintercom.translate.ContactTranslator;
import io.github.mparticleintercom.translate.EventTranslator;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of what a route can see are those of the code, both ways. */
class VariablesPageTest {

    private static final Path PAGE = Path.of("src/main/dist/docs/variables.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `\\$\\{variable\\.([^}]+)}` \\| (.+?) \\|");

    /** What the variables hold that are no texts. */
    private static final Map<String, Class<?>> OBJECTS = Map.of("batch", MparticleBatch.class, "event", MparticleEvent.class,
            "request", QueuedRequest.class, "mparticleIntercomIntake", Intake.class, "deadLetter", Map.class, "deadLetterIds", List.class);
    /** Of each class, what is for beans alone. */
    private static final Map<Class<?>, Set<String>> FOR_BEANS = Map.of(MparticleBatch.class, Set.of("key"),
            Identities.class, Set.of("emailKey"), RawBatch.class, Set.of("json", "original", "origin", "reason"),
            MparticleEvent.class, Set.of("original", "changes"),
            IntercomAnswer.class, Set.of("word", "attribute", "body"),
            QueuedRequest.class, Set.of("operation", "otherUserKey", "fallbackName", "body", "changes", "attributes", "attributesField", "saysNothing",
                    "json", "bytes", "bodyChanged", "begin", "settled", "takenAt", "calledAt", "callWord", "isFirstOfConsumer"),
            Intake.class, Set.of("batches", "isAnyDeadLettered", "eventCount", "receipt"));
    private static final Map<String, Set<String>> KINDS = Map.of("text", Set.of("java.lang.String"),
            "true or false", Set.of("boolean", "java.util.Map<java.lang.String, java.lang.Boolean>"),
            "whole number", Set.of("int", "long"), "reason", Set.of(Reason.class.getName()),
            "JSON object", Set.of(ObjectNode.class.getName()), "list of texts", Set.of("java.util.List<java.lang.String>"),
            "list of events", Set.of("java.util.List<" + MparticleEvent.class.getName() + ">"), "bytes", Set.of("byte[]"));

    private static List<String[]> rows() throws IOException {
        List<String[]> rows = new ArrayList<>();
        Matcher row = ROW.matcher(Files.readString(PAGE));
        while (row.find()) {
            rows.add(new String[] {row.group(1).replace("?", ""), row.group(2)});
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aRowIsInTheCode(String path, String kind) throws Exception {
        String name = path.split("[.\\[]")[0];
        Class<?> type = OBJECTS.get(name);
        if (type == null || type == Map.class || type == List.class) {
            assertThat(kind).as(path).isIn("text", "map", "list of texts");
            return;
        }
        Type found = type;
        for (String step : path.substring(name.length() + 1).replaceAll("\\[.*|\\.path\\(.*", "").split("\\.")) {
            Method method = ((Class<?>) found).getMethod(step);
            found = method.getGenericReturnType();
        }
        assertThat(KINDS.get(kind)).as(path).contains(found.getTypeName());
    }

    @Test
    void nothingIsLeftOut() throws Exception {
        Map<Class<?>, Set<String>> named = new HashMap<>();
        for (String[] row : rows()) {
            Class<?> holder = OBJECTS.get(row[0].split("[.\\[]")[0]);
            for (String step : holder == null || holder.isInterface() ? new String[0] : row[0].replaceAll("\\[.*|\\.path\\(.*", "")
                    .split("\\.", 2)[1].split("\\.")) {
                named.computeIfAbsent(holder, none -> new HashSet<>()).add(step);
                holder = holder.getMethod(step).getReturnType();
            }
        }
        named.forEach((holder, names) -> {
            Set<String> all = new TreeSet<>();
            Arrays.stream(holder.getMethods()).filter(method -> method.getParameterCount() == 0
                    && !Modifier.isStatic(method.getModifiers()) && method.getDeclaringClass() != Object.class
                    && !Set.of("toString", "hashCode").contains(method.getName())).forEach(method -> all.add(method.getName()));
            Set<String> told = new TreeSet<>(names);
            told.addAll(FOR_BEANS.getOrDefault(holder, Set.of()));
            assertThat(told).as(holder.getSimpleName()).isEqualTo(all);
        });
        assertThat(named).hasSizeGreaterThan(5);
    }

    /** Those that routes read or set, and those that beans take or put. */
    @Test
    void everyVariableIsThere() throws Exception {
        Set<String> used = new TreeSet<>();
        for (Path route : files(Path.of("routes"))) {
            find("\\$\\{variable\\.(\\w+)", Files.readString(route), used);
            find("setVariable:(?:\n +[^-\n].*)*?\n +name: (\\w+)\n", Files.readString(route), used);
        }
        try (Stream<Path> beans = Files.walk(Path.of("src/main/java"))) {
            for (Path bean : beans.filter(file -> file.toString().endsWith(".java")).toList()) {
                find("@Variable\\(\"(\\w+)\"\\)", Files.readString(bean), used);
                find("variables\\.put\\(\"(\\w+)\"", Files.readString(bean), used);
            }
        }
        Set<String> told = new TreeSet<>();
        find("`(?:\\$\\{variable\\.)?(\\w+)[`}?.\\[]", Files.readString(PAGE), told);
        assertThat(used).hasSizeGreaterThan(15);
        assertThat(told).containsAll(used);
    }

    private static void find(String pattern, String text, Set<String> found) {
        Pattern.compile(pattern).matcher(text).results().forEach(result -> found.add(result.group(1)));
    }

    @Test
    void simpleReadsEveryExpressionOfABatch() throws Exception {
        String text = """
                {"batch_id": 7, "environment": "development", "device_info": {"platform": "iOS"}, "user_identities": {"customer_id": "c1"},
                 "user_attributes": {"plan": "pro"}, "consent_state": {"gdpr": {"Marketing": {"consented": true}}},
                 "events": [{"event_type": "custom_event", "data": {"event_id": 8, "event_name": "Opened"}}]}""";
        MparticleBatches reader = new MparticleBatches();
        MparticleBatch batch = reader.read(reader.takeApart(text, null, null, "test", 1_700_000_000_000L).get(0));
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            DefaultExchange exchange = new DefaultExchange(context);
            exchange.setVariable("batch", batch);
            exchange.setVariable("event", batch.events().get(0));
            Map<String, String> values = new HashMap<>();
            for (String[] row : rows()) {
                if (row[0].startsWith("batch.") || row[0].startsWith("event.")) {
                    values.put(row[0], context.resolveLanguage("simple").createExpression("${variable." + row[0] + "}")
                            .evaluate(exchange, String.class));
                }
            }
            assertThat(values).containsEntry("batch.consents[marketing]", "true").containsEntry("batch.platform", "ios")
                    .containsEntry("batch.userAttributes.path('plan').asText", "pro").containsEntry("batch.development", "true")
                    .containsEntry("event.data.path('event_name').asText", "Opened").containsEntry("event.seconds", "1700000000")
                    .containsEntry("batch.user.email", null);
            assertThat(context.resolveLanguage("simple").createPredicate("${variable.batch.userAttributes.path('nope').asText} == null")
                    .matches(exchange)).isTrue();
            JsonNode raw = Json.MAPPER.readTree(values.get("batch.raw.bytes"));
            assertThat(raw).isEqualTo(Json.MAPPER.readTree(text));
        }
    }

    @Test
    void simpleReadsEveryExpressionOfARequest() throws Exception {
        String text = """
                {"user_identities": {"customer_id": "c1"}, "user_attributes": {"plan": "pro"}, "events": [
                 {"event_type": "custom_event", "data": {"event_name": "Opened"}}]}""";
        MparticleBatches reader = new MparticleBatches();
        MparticleBatch batch = reader.read(reader.takeApart(text, null, null, "test", 1_700_000_000_000L).get(0));
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            DefaultExchange exchange = new DefaultExchange(context);
            List<String> values = new ArrayList<>();
            for (Object body : List.of(new ContactTranslator().translate(batch),
                    new EventTranslator().translate(batch, batch.events().get(0), new HashMap<>()))) {
                exchange.getMessage().setBody(body);
                Matcher use = Pattern.compile("`(\\$\\{body[?.][^`]+})`").matcher(Files.readString(PAGE));
                while (use.find()) {
                    values.add(context.resolveLanguage("simple").createExpression(use.group(1)).evaluate(exchange, String.class));
                }
            }
            assertThat(values).hasSize(8).startsWith("CONTACT").contains("pro", "EVENT", "Opened").endsWith((String) null);
        }
    }

    @Test
    void placesForOwnStepsAreThere() throws IOException {
        String places = Files.readString(PAGE).split("\n## Where own steps are safe\n")[1];
        Matcher row = Pattern.compile("(?m)^\\| (.*?) \\|").matcher(places);
        int found = 0;
        while (row.find()) {
            StringBuilder routes = new StringBuilder();
            for (Matcher file = Pattern.compile("`(routes/[a-z-]+\\.camel\\.yaml)`").matcher(row.group(1)); file.find();) {
                routes.append(Files.readString(Path.of(file.group(1))));
            }
            for (Matcher id = Pattern.compile("`(mparticle-intercom-[a-z-]+)`").matcher(row.group(1)); id.find(); found++) {
                assertThat(routes).contains("id: " + id.group(1) + "\n");
            }
            for (Matcher words = Pattern.compile("\\*([^*]+)\\*").matcher(row.group(1)); words.find(); found++) {
                assertThat(routes).contains("description: " + words.group(1) + "\n");
            }
        }
        assertThat(found).isGreaterThan(8);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
