package io.github.mparticleintercom.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.github.mparticleintercom.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.opentest4j.AssertionFailedError;

/**
 * Compares JSON as a reader of the cases expects. The order of an object's keys does not matter; texts, numbers and
 * booleans are distinguished; numbers are compared by value. {@code {now}} stands for a Unix time in seconds within the last
 * minute, {@code {id}} in a path for the id of a contact.
 */
public final class Difference {

    private static final long MINUTE = 60;
    private static final ObjectWriter PRETTY = Json.MAPPER.writerWithDefaultPrettyPrinter()
            .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private Difference() {
    }

    /** Finds the first place that differs: its path, or null when all is as expected. */
    @FunctionalInterface
    public interface Comparison {
        String firstDifference(String path, JsonNode expected, JsonNode actual);
    }

    /** Fails with both texts and the first place that differs. */
    public static void between(String what, JsonNode expected, JsonNode actual, Comparison comparison) {
        String place = comparison.firstDifference("", expected, actual);
        if (place != null) {
            String message = "%s differs at %s%n  expected there: %s%n  actual there:   %s%nexpected: %s%nactual: %s".formatted(
                    what, place.isEmpty() ? "/" : place, at(expected, place), at(actual, place), pretty(expected),
                    pretty(actual));
            throw new AssertionFailedError(message, pretty(expected), pretty(actual));
        }
    }

    private static String at(JsonNode node, String place) {
        JsonNode found = node;
        for (String step : place.substring(Math.min(1, place.length())).split("/")) {
            found = step.isEmpty() ? found : found.isArray() ? found.path(Integer.parseInt(step)) : found.path(step);
        }
        return found.isMissingNode() ? "nothing" : found.toString();
    }

    /** Compares whole values. */
    public static String same(String path, JsonNode expected, JsonNode actual) {
        if (expected.isObject() && actual.isObject()) {
            Set<String> names = new TreeSet<>();
            expected.fieldNames().forEachRemaining(names::add);
            actual.fieldNames().forEachRemaining(names::add);
            return firstOf(names, name -> same(path + "/" + name, expected.path(name), actual.path(name)));
        }
        if (expected.isArray() && actual.isArray()) {
            for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
                String place = same(path + "/" + i, expected.path(i), actual.path(i));
                if (place != null) {
                    return place;
                }
            }
            return null;
        }
        return sameValue(expected, actual) ? null : path;
    }

    /**
     * Compares only what is expected. Reasons with their numbers must be complete; each of the details must be matched by
     * one that is there.
     */
    static String part(String path, JsonNode expected, JsonNode actual) {
        if (path.endsWith("/reasons") || path.equals("/changed") || !expected.isContainerNode()) {
            return same(path, expected, actual);
        }
        if (expected.isArray()) {
            for (int i = 0; i < expected.size(); i++) {
                JsonNode wanted = expected.get(i);
                String place = path + "/" + i;
                if (StreamSupport.stream(actual.spliterator(), false).noneMatch(one -> part(place, wanted, one) == null)) {
                    return place;
                }
            }
            return null;
        }
        Set<String> names = new TreeSet<>();
        expected.fieldNames().forEachRemaining(names::add);
        return firstOf(names, name -> part(path + "/" + name, expected.path(name), actual.path(name)));
    }

    /** For people, with the keys in order. */
    static String pretty(JsonNode node) {
        try {
            return PRETTY.writeValueAsString(node.isObject() ? Json.MAPPER.convertValue(node, Map.class)
                    : Json.MAPPER.convertValue(node, Object.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String firstOf(Set<String> names, java.util.function.UnaryOperator<String> comparison) {
        return names.stream().map(comparison).filter(java.util.Objects::nonNull).findFirst().orElse(null);
    }

    private static boolean sameValue(JsonNode expected, JsonNode actual) {
        if (expected.asText().equals("{now}")) {
            long age = Instant.now().getEpochSecond() - actual.asLong();
            return actual.isIntegralNumber() && age >= 0 && age <= MINUTE;
        }
        if (expected.asText().contains("/{id}")) {
            return actual.asText().matches(java.util.regex.Pattern.quote(expected.asText()).replace("{id}", "\\E[0-9a-f]+\\Q"));
        }
        return expected.isNumber() && actual.isNumber()
                ? expected.decimalValue().compareTo(actual.decimalValue()) == 0
                : expected.equals(actual);
    }
}
