package io.github.mparticleintercom.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.Change;
import io.github.mparticleintercom.mparticle.Identities;
import java.util.List;
import java.util.Set;

/** User attributes that are fields of their own on an Intercom contact, with the kinds of value that Intercom takes. */
final class StandardFields {

    private static final Set<String> TIMES = Set.of("signed_up_at", "last_seen_at");
    private static final Set<String> FLAGS = Set.of("unsubscribed_from_emails");
    /** Written by the rules of identity, never by an attribute. */
    private static final Set<String> IDENTITY = Set.of("role", "external_id", "id");

    private final List<String> names;

    StandardFields(List<String> names) {
        this.names = names;
        names.stream().filter(IDENTITY::contains).findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("'" + name + "' says who the contact is and cannot be an attribute");
        });
    }

    /** Whether this attribute is a field of the contact. */
    boolean contains(String attribute) {
        return names.contains(attribute);
    }

    /** Whether Intercom lets go of what this field holds; an email it only ever replaces (OpenAPI description 2.16). */
    static boolean isClearable(String field) {
        return !field.equals("email");
    }

    /**
     * Puts the attribute into its field, unless an identity or a name that came before it holds that field.
     *
     * @return whether the attribute is such a field
     */
    boolean take(String attribute, JsonNode value, ObjectNode body, List<Change> changes) {
        if (!contains(attribute)) {
            return false;
        }
        JsonNode typed = typed(attribute, value);
        if (typed == null) {
            changes.add(new Change(whyNot(value), attribute));
        } else if (!body.has(attribute)) {
            body.set(attribute, typed);
        } else if (!body.get(attribute).equals(typed)) {
            changes.add(new Change(Reason.NAME_COLLISION, attribute));
        }
        return true;
    }

    /** Why nothing can be made of this value. */
    static Reason whyNot(JsonNode value) {
        return value.isNull() || value.isTextual() && value.asText().isBlank()
                ? Reason.VALUE_EMPTY : Reason.VALUE_UNSUPPORTED;
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
        if (field.equals("email") && !Identities.isAddress(text)) {
            return null;
        }
        return Json.MAPPER.getNodeFactory().textNode(text);
    }
}
