package io.github.mparticleintercom.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import io.github.mparticleintercom.mparticle.MparticleEvent;
import io.github.mparticleintercom.settings.NearestKey;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a value is taken from: {@code event.sku}, {@code user.plan} or {@code batch.application_info.application_version}. Without
 * one of these words at its beginning it leads into the event. Dots lead into objects, and a name that holds dots itself is found as it is.
 *
 * @param from where to look
 * @param path what to look for there
 */
record FieldPath(From from, String path) {

    private static final List<String> ROOTS = List.of("event", "user", "batch");

    /** Where a path begins. */
    enum From { EVENT, USER, BATCH }

    /** The path of this text. */
    static FieldPath of(String text) {
        int dot = text.indexOf('.');
        String root = dot < 0 ? "" : text.substring(0, dot);
        return ROOTS.contains(root) && dot + 1 < text.length()
                ? new FieldPath(From.valueOf(root.toUpperCase(Locale.ROOT)), text.substring(dot + 1)) : new FieldPath(From.EVENT, text);
    }

    /** A sentence where this text is none, or begins with a word that is nearly one of those that a path begins with. */
    static Optional<String> fault(String text) {
        if (text.isBlank() || text.startsWith(".") || text.endsWith(".") || text.contains("{") || text.contains("}")) {
            return Optional.of("'" + text + "' names no field; a path is such as event.sku, user.plan or batch.device_info.platform.");
        }
        String root = text.replaceFirst("\\..*", "");
        return ROOTS.contains(root) || root.equals(text) ? Optional.empty() : NearestKey.near(root, ROOTS).map(near ->
                "'" + text + "' begins with '" + root + "'; did you mean '" + near + text.substring(root.length())
                        + "'? A field of the event that is called so is 'event." + text + "'.");
    }

    /** The value for this event; null where there is none. */
    JsonNode read(MparticleBatch batch, MparticleEvent event) {
        return switch (from) {
            case USER -> find(batch.userAttributes(), path);
            case BATCH -> find(batch.raw().json(), path);
            default -> event(event);
        };
    }

    /** A field of the event before its own attributes, the product that it is about before both, and the action last. */
    private JsonNode event(MparticleEvent event) {
        JsonNode data = event.data();
        JsonNode[] places = {event.product(), attributes(event.product()), data, attributes(data), data.get("product_action"),
            data.get("promotion_action")};
        for (JsonNode place : places) {
            JsonNode found = find(place, path);
            if (found != null && !found.isNull()) {
                return found;
            }
        }
        return null;
    }

    private static JsonNode attributes(JsonNode holder) {
        return holder == null ? null : holder.get("custom_attributes");
    }

    private static JsonNode find(JsonNode holder, String path) {
        if (holder == null || !holder.isObject()) {
            return null;
        }
        JsonNode found = holder.get(path);
        for (int dot = path.indexOf('.'); found == null && dot > 0; dot = path.indexOf('.', dot + 1)) {
            found = find(holder.get(path.substring(0, dot)), path.substring(dot + 1));
        }
        return found;
    }
}
