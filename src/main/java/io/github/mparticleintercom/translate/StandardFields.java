package io.github.mparticleintercom.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Change;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.mparticle.Identities;
import io.github.mparticleintercom.mparticle.Times;
import java.util.List;
import java.util.Set;

/** User attributes that are fields of their own on an Intercom contact, with the kinds of value that Intercom takes. */
final class StandardFields {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> TIMES = Set.of("signed_up_at", "last_seen_at");
    private static final Set<String> FLAGS = Set.of("unsubscribed_from_emails");
    /** Written by the rules of identity, never by an attribute. */
    private static final Set<String> IDENTITY = Set.of("role", "external_id", "id");

    private final Set<String> names;

    StandardFields(List<String> names) {
        for (String name : names) {
            if (IDENTITY.contains(name)) {
                throw new IllegalArgumentException("'" + name + "' says who the contact is and cannot be an attribute");
            }
        }
        this.names = Set.copyOf(names);
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
        if (TIMES.contains(field)) {
            long seconds = Times.seconds(value);
            return seconds == Times.NONE ? null : NODES.numberNode(seconds);
        }
        if (FLAGS.contains(field)) {
            String text = Json.text(value);
            return text == null ? null : text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")
                    ? NODES.booleanNode(Boolean.parseBoolean(text)) : null;
        }
        String text = Json.id(value);
        return text == null || field.equals("email") && !Identities.isAddress(text) ? null : NODES.textNode(text);
    }
}
