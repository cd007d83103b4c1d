package io.github.mparticleintercom.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** What a custom attribute may look like, and in strict mode whether the workspace knows it. */
final class CustomAttributeRules {

    private static final int MAX_NAME = 190;
    private static final int MAX_TEXT = 255;

    private final SandboxSettings settings;
    private final DataAttributeStore known;

    CustomAttributeRules(SandboxSettings settings, DataAttributeStore known) {
        this.settings = settings;
        this.known = known;
    }

    void check(String model, Map<String, JsonNode> attributes) {
        attributes.forEach((name, value) -> {
            checkName(name);
            checkValue(name, value);
            if (settings.strictAttributes()) {
                checkKnown(model, name, value);
            }
        });
    }

    private static void checkName(String name) {
        if (name.isBlank() || characters(name) > MAX_NAME || name.contains(".") || name.contains("$")) {
            throw invalid(name, "Custom attribute name '" + name + "' is not valid");
        }
    }

    private static void checkValue(String name, JsonNode value) {
        if (value.isTextual() && characters(value.textValue()) > MAX_TEXT) {
            throw invalid(name, "Custom attribute '" + name + "' is longer than " + MAX_TEXT + " characters");
        }
        if (value.isContainerNode()) {
            throw invalid(name, "Custom attribute '" + name + "' must be a string, number or boolean");
        }
    }

    private void checkKnown(String model, String name, JsonNode value) {
        DataAttribute attribute = known.find(model, name)
                .orElseThrow(() -> invalid(name, "Custom attribute '" + name + "' does not exist"));
        if (!value.isNull() && !fits(attribute, value)) {
            throw invalid(name, "Custom attribute '" + name + "' must be of type " + attribute.dataType());
        }
    }

    private static boolean fits(DataAttribute attribute, JsonNode value) {
        return switch (attribute.dataType()) {
            case "string" -> value.isTextual();
            case "integer", "date", "datetime" -> value.isIntegralNumber();
            case "float" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> value.isTextual() && attribute.options().contains(value.textValue());
        };
    }

    /** An emoji is one character, though it takes two Java chars. */
    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }

    private static ApiException invalid(String name, String message) {
        return ApiException.invalid("custom_attributes." + name, message);
    }
}
