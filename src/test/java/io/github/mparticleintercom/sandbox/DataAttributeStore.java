package io.github.mparticleintercom.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The custom data attributes of the workspace. */
final class DataAttributeStore {

    private static final Set<String> TYPES =
            Set.of("string", "integer", "float", "boolean", "date", "datetime", "options");
    // Letters, digits, currency symbols, hyphens, and the underscores and spaces of the description's own examples;
    // the dollar sign is a currency symbol, but may not be part of a custom attribute's name.
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}\\p{Sc} _-]{1,190}");

    private final List<DataAttribute> attributes = new ArrayList<>();

    synchronized DataAttribute add(String name, String model, String dataType, List<String> options) {
        if (!model.equals("contact") && !model.equals("company")) {
            throw ApiException.invalid("model", "model must be contact or company");
        }
        if (!NAME.matcher(name).matches() || name.isBlank() || name.contains("$")) {
            throw ApiException.invalid("name", "The attribute name has characters that are not allowed");
        }
        if (!TYPES.contains(dataType)) {
            throw ApiException.invalid("data_type", "data_type is not one of the known types");
        }
        if (dataType.equals("options") && options.size() < 2) {
            throw ApiException.invalid("options", "A list attribute needs at least two options");
        }
        // A name may be used once only, even across models.
        attributes.stream().filter(existing -> existing.name().equals(name)).findFirst().ifPresent(existing -> {
            throw ApiException.invalid("name", "An attribute named '" + name + "' already exists for "
                    + existing.model());
        });
        DataAttribute added = new DataAttribute(attributes.size() + 1, name, model, dataType, options);
        attributes.add(added);
        return added;
    }

    synchronized Optional<DataAttribute> find(String model, String name) {
        return attributes.stream().filter(a -> a.model().equals(model) && a.name().equals(name)).findFirst();
    }

    synchronized List<DataAttribute> all() {
        return List.copyOf(attributes);
    }

    synchronized void clear() {
        attributes.clear();
    }
}
