package io.github.mparticleintercom.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Says in plain words what a schema validator found. Of the alternatives of a place the validator reports every one that does
 * not fit; here each place gets one sentence, and only where nothing within it explains it.
 */
final class SchemaWords {

    /** The place itself has alternatives; what is wrong deeper in one of them is wrong. */
    private static final Pattern ALTERNATIVE = Pattern.compile(".*/(oneOf|anyOf|allOf|not)(/\\d+)?(/(required|type|not(/.*)?))?");
    private static final Map<String, String> KINDS = Map.of("string", "a text", "boolean", "true or false",
            "number", "a number", "integer", "a whole number", "array", "a list (lines that begin with -)",
            "object", "keys with values");

    private final JsonNode schema;
    private final RouteFile file;
    private final JsonNode tree;

    SchemaWords(JsonNode schema, RouteFile file, JsonNode tree) {
        this.schema = schema;
        this.file = file;
        this.tree = tree;
    }

    /** Reports these messages. */
    void tell(List<ValidationMessage> messages, Consumer<Problem> report) {
        Map<String, List<ValidationMessage>> places = messages.stream().collect(Collectors.groupingBy(
                message -> pointer(message), LinkedHashMap::new, Collectors.toList()));
        places.forEach((pointer, here) -> {
            List<ValidationMessage> plain = here.stream().filter(message -> !isAlternative(message)).toList();
            boolean explained = !plain.isEmpty()
                    || places.keySet().stream().anyMatch(other -> other.startsWith(pointer + "/"));
            plain.forEach(message -> report.accept(plain(pointer, message)));
            if (!explained) {
                report.accept(alternatives(pointer, here));
            }
        });
    }

    /** What stands at a place without alternatives. */
    private Problem plain(String pointer, ValidationMessage message) {
        String place = place(pointer);
        String word = message.getProperty();
        switch (message.getType()) {
            case "additionalProperties":
                return file.problem(pointer + "/" + YamlTree.escape(word), "'" + word + "' is not known in " + place
                        + Rule.hint(word, known(message)));
            case "required":
                return file.problem(pointer, "'" + word + "' is missing in " + place + ".");
            case "enum":
                List<String> values = new ArrayList<>();
                message.getSchemaNode().forEach(value -> values.add(value.asText()));
                return file.problem(pointer, wrong(pointer, "one of " + String.join(", ", values)));
            case "type":
                return file.problem(pointer, wrong(pointer, KINDS.getOrDefault(message.getSchemaNode().asText(), "of another kind")));
            default:
                return file.problem(pointer, place + ": " + message.getMessage().replaceFirst("^[^:]*: ", "") + ".");
        }
    }

    /** Nothing that may stand here does. */
    private Problem alternatives(String pointer, List<ValidationMessage> messages) {
        Set<String> missing = new TreeSet<>();
        Set<String> kinds = new TreeSet<>();
        for (ValidationMessage message : messages) {
            if (message.getType().equals("required")) {
                missing.add(message.getProperty());
            } else if (message.getType().equals("type")) {
                kinds.add(KINDS.getOrDefault(message.getSchemaNode().asText(), ""));
            }
        }
        JsonNode value = tree.at(pointer);
        if (missing.isEmpty()) {
            return file.problem(pointer, kinds.isEmpty() ? "This is nothing that may stand in " + place(pointer) + "."
                    : wrong(pointer, String.join(" or ", kinds)));
        }
        if (value.size() == 1 && !missing.contains(value.fieldNames().next())) {
            String word = value.fieldNames().next();
            return file.problem(pointer + "/" + YamlTree.escape(word), "'" + word + "' is not known in " + place(pointer)
                    + Rule.hint(word, missing));
        }
        return file.problem(pointer, (missing.contains("simple") ? "An expression (simple, constant, method, ...)"
                : "One of " + String.join(", ", missing)) + " is missing in " + place(pointer) + ".");
    }

    private String wrong(String pointer, String expected) {
        JsonNode value = file.tree().at(pointer);
        String is = value.isValueNode() && !value.isNull() ? "is '" + value.asText() + "'"
                : value.isArray() ? "is a list" : value.isObject() ? "holds keys with values" : "is empty";
        return place(pointer).replaceFirst("^t", "T") + " " + is + ", which is not " + expected + ".";
    }

    /** The words that are allowed beside an unknown one. */
    private Set<String> known(ValidationMessage message) {
        Set<String> known = new TreeSet<>();
        String fragment = message.getSchemaLocation().getFragment().toString();
        schema.at(fragment.substring(0, fragment.lastIndexOf('/'))).path("properties").fieldNames().forEachRemaining(known::add);
        return known;
    }

    private static boolean isAlternative(ValidationMessage message) {
        return ALTERNATIVE.matcher(message.getSchemaLocation().toString()).matches();
    }

    private static String pointer(ValidationMessage message) {
        return message.getInstanceLocation().toString();
    }

    /** The nearest key above, for a person. */
    private static String place(String pointer) {
        String[] parts = pointer.split("/");
        for (int i = parts.length - 1; i > 0; i--) {
            if (!parts[i].matches("\\d+")) {
                return "'" + parts[i].replace("~1", "/").replace("~0", "~") + "'";
            }
        }
        return "this file";
    }
}
