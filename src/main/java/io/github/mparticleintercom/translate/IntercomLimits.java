package io.github.mparticleintercom.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.Change;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.intercom.IntercomRequest.Operation;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.Body;

/**
 * Cuts requests to Intercom's limits. The numbers of attributes, 5 per event and 100 per user, are those of mParticle's
 * Intercom documentation; 255 characters per value is from Intercom's help on custom attributes; 190 per name is an old
 * limit that no longer stands in Intercom's documentation.
 *
 * @param eventAttributes how many attributes an event may have
 * @param userAttributes  how many custom attributes a contact may have
 * @param nameChars       the longest name, in Unicode code points
 * @param valueChars      the longest text value, in Unicode code points
 * @param eventPriority   event attributes to keep before all others, separated by commas
 * @param userPriority    user attributes to keep before all others, separated by commas
 */
public record IntercomLimits(int eventAttributes, int userAttributes, int nameChars, int valueChars,
        String eventPriority, String userPriority) {

    /** Checks that every limit leaves room for something. */
    public IntercomLimits {
        if (eventAttributes < 0 || userAttributes < 0 || nameChars < 1 || valueChars < 1) {
            throw new IllegalArgumentException("A limit must be at least 1 character or 0 attributes");
        }
    }

    /** The request within the limits; what was cut is told in its changes. */
    public IntercomRequest cut(@Body IntercomRequest request) {
        List<Change> changes = new ArrayList<>();
        ObjectNode body = cutFields(request, changes);
        IntercomRequest cut = request.withBody(body, List.of());
        ObjectNode named = cutNames(cut, changes);
        ObjectNode few = keepFirst(cut, named, changes);
        few.properties().forEach(attribute ->
                attribute.setValue(cutValue(attribute.getValue(), cut.attributesField() + "." + attribute.getKey(), changes)));
        return cut.withAttributes(few, changes);
    }

    /** Shortens to the limit without splitting a character that takes two Java chars. */
    static String shorten(String text, int maxChars) {
        return text.codePointCount(0, text.length()) <= maxChars
                ? text
                : text.substring(0, text.offsetByCodePoints(0, maxChars));
    }

    /** Fields that name the user are left whole: cut, they would name another. */
    private ObjectNode cutFields(IntercomRequest request, List<Change> changes) {
        ObjectNode body = request.body().deepCopy();
        for (String field : List.of("name", "phone", "avatar")) {
            if (body.path(field).isTextual()) {
                body.set(field, cutValue(body.get(field), field, changes));
            }
        }
        if (request.operation() == Operation.EVENT) {
            String name = body.path("event_name").asText();
            String cut = shorten(name, nameChars);
            if (!cut.equals(name)) {
                body.put("event_name", cut);
                changes.add(new Change(Reason.NAME_TOO_LONG, "event_name"));
            }
        }
        return body;
    }

    private ObjectNode cutNames(IntercomRequest request, List<Change> changes) {
        ObjectNode named = Json.object();
        request.attributes().properties().forEach(attribute -> {
            String name = shortName(request.operation(), attribute.getKey());
            String field = request.attributesField() + "." + name;
            if (named.has(name)) {
                changes.add(new Change(Reason.NAME_COLLISION, field));
                return;
            }
            if (!name.equals(attribute.getKey())) {
                changes.add(new Change(Reason.NAME_TOO_LONG, field));
            }
            named.set(name, attribute.getValue());
        });
        return named;
    }

    /** The cut must not turn the name of an event's text into the name of a date. */
    private String shortName(Operation operation, String name) {
        String cut = shorten(name, nameChars);
        return operation == Operation.EVENT && cut.endsWith("_date") && !cut.equals(name)
                ? cut.substring(0, cut.length() - 1) : cut;
    }

    private ObjectNode keepFirst(IntercomRequest request, ObjectNode attributes, List<Change> changes) {
        boolean event = request.operation() == Operation.EVENT;
        int limit = event ? eventAttributes : userAttributes;
        if (attributes.size() <= limit) {
            return attributes;
        }
        Set<String> kept = new LinkedHashSet<>(Lists.names(event ? eventPriority : userPriority));
        kept.retainAll(List.copyOf(names(attributes)));
        kept.addAll(names(attributes));
        Set<String> survivors = Set.copyOf(List.copyOf(kept).subList(0, limit));
        ObjectNode few = Json.object();
        attributes.properties().forEach(attribute -> {
            if (survivors.contains(attribute.getKey())) {
                few.set(attribute.getKey(), attribute.getValue());
            } else {
                changes.add(new Change(Reason.TOO_MANY_ATTRIBUTES, request.attributesField() + "." + attribute.getKey()));
            }
        });
        return few;
    }

    private static Set<String> names(ObjectNode attributes) {
        Set<String> names = new LinkedHashSet<>();
        attributes.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private JsonNode cutValue(JsonNode value, String field, List<Change> changes) {
        if (!value.isTextual()) {
            return value;
        }
        String cut = shorten(value.asText(), valueChars);
        if (cut.equals(value.asText())) {
            return value;
        }
        changes.add(new Change(Reason.VALUE_TOO_LONG, field));
        return TextNode.valueOf(cut);
    }
}
