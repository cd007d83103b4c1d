package io.github.mparticleintercom.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.Change;
import io.github.mparticleintercom.mparticle.Identities;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** User attributes that are fields of their own on an Intercom contact, with the kinds of value that Intercom takes. */
final class StandardFields {

    private static final Set<String> TIMES = Set.of("signed_up_at", "last_seen_at");
    private static final Set<String> FLAGS = Set.of("unsubscribed_from_emails");
    private static final Set<String> NUMBERS = Set.of("owner_id");
    /** Written by the rules of identity, never by an attribute. */
    private static final Set<String> IDENTITY = Set.of("role", "external_id", "id");

    private final List<String> names;

    StandardFields(List<String> names) {
        this.names = names;
        names.stream().filter(IDENTITY::contains).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("'" + name + "' says who the contact is and cannot be an attribute");
        });
    }

    /** The field of the contact that this attribute is, or null. */
    String fieldOf(String attribute) {
        if (attribute.toLowerCase(Locale.ROOT).equals("$mobile")) {
            return "phone";
        }
        return names.contains(attribute) ? attribute : null;
    }

    /**
     * Puts the attribute into its field, unless an identity or a name that came before it holds that field.
     *
     * @return whether the attribute is such a field
     */
    boolean take(String attribute, JsonNode value, ObjectNode body, List<Change> changes) {
        String field = fieldOf(attribute);
        if (field == null) {
            return false;
        }
        JsonNode typed = typed(field, value);
        if (typed == null) {
            changes.add(new Change(Json.text(value) == null ? Reason.VALUE_EMPTY : Reason.VALUE_UNSUPPORTED, field));
        } else if (body.has(field) && !attribute.startsWith("$")) {
            changes.add(new Change(Reason.NAME_COLLISION, field));
        } else {
            body.set(field, typed);
        }
        return true;
    }

    private static JsonNode typed(String field, JsonNode value) {
        String text = Json.text(value);
        if (text == null) {
            return null;
        }
        if (TIMES.contains(field)) {
            return Times.seconds(value);
        }
        if (FLAGS.contains(field)) {
            return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")
                    ? Json.MAPPER.getNodeFactory().booleanNode(Boolean.parseBoolean(text)) : null;
        }
        if (NUMBERS.contains(field)) {
            Long number = Json.positive(value);
            return number == null ? null : Json.MAPPER.getNodeFactory().numberNode(number);
        }
        if (field.equals("email") && !Identities.isAddress(text)) {
            return null;
        }
        return Json.MAPPER.getNodeFactory().textNode(text);
    }
}
