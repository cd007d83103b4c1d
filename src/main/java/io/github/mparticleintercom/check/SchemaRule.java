package io.github.mparticleintercom.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Every file is what Camel's own schema of its YAML allows. */
final class SchemaRule implements Rule {

    private static final String SCHEMA = "/schema/camelYamlDsl.json";

    private final JsonNode source;
    private final JsonSchema schema;
    private final UnaryOperator<String> resolver;

    /**
     * Reads the schema of the camel-yaml-dsl on the class path.
     *
     * @param resolver replaces the placeholders in a text, or throws IllegalArgumentException
     */
    SchemaRule(UnaryOperator<String> resolver) {
        this.resolver = resolver;
        try (InputStream stream = SchemaRule.class.getResourceAsStream(SCHEMA)) {
            source = new ObjectMapper().readTree(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // parts of the schema that no route touches are never built, which is most of it
        schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(source,
                SchemaValidatorsConfig.builder().preloadJsonSchema(false).locale(Locale.ENGLISH).build());
    }

    @Override
    public void check(RouteFiles routes, Consumer<Problem> report) {
        routes.files().forEach(file -> check(file, report));
    }

    private void check(RouteFile file, Consumer<Problem> report) {
        JsonNode tree = file.tree();
        LooseValues loose = new LooseValues(resolver);
        List<ValidationMessage> messages = new ArrayList<>(schema.validate(tree));
        while (messages.stream().anyMatch(message -> loose.mayStay(message))) {
            tree = loose.replaceAll(tree, messages);
            messages = new ArrayList<>(schema.validate(tree));
        }
        new SchemaWords(source, file, tree).tell(messages, report);
    }
}
