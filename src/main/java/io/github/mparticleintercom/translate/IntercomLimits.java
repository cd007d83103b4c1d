package io.github.mparticleintercom.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.intercom.IntercomRequest.Operation;
import io.github.mparticleintercom.mparticle.Times;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;

/**
 * Gives a request names and values that Intercom takes, and truncates it to the limits. The numbers of attributes, 5 per event
 * and 100 per user, are those of mParticle's Intercom documentation; 255 characters per value is from Intercom's help on
 * custom attributes; 190 per name is an old limit that no longer stands in Intercom's documentation. Attributes are text,
 * numbers and, on contacts only, true and false (OpenAPI description 2.16). Intercom reads event metadata ending in
 * {@code _date} and custom attributes ending in {@code _at} as Unix seconds.
 */
public final class IntercomLimits {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> TEXTS = List.of("name", "phone", "avatar", "plan", "website");

    private int eventAttributes = 5;
    private int userAttributes = 100;
    private int nameChars = 190;
    private int valueChars = 255;
    private List<String> eventPriority = List.of();
    private List<String> userPriority = List.of();

    /**
     * Sets how many attributes an event may have.
     *
     * @throws IllegalArgumentException when it is less than 0
     */
    public void setEventAttributes(int number) {
        this.eventAttributes = atLeast(0, number, "limits.event-attributes");
    }

    /**
     * Sets how many custom attributes a contact may have.
     *
     * @throws IllegalArgumentException when it is less than 0
     */
    public void setUserAttributes(int number) {
        this.userAttributes = atLeast(0, number, "limits.user-attributes");
    }

    /**
     * Sets the longest name, in Unicode code points.
     *
     * @throws IllegalArgumentException when it is less than 1
     */
    public void setNameChars(int number) {
        this.nameChars = atLeast(1, number, "limits.name-chars");
    }

    /**
     * Sets the longest text value, in Unicode code points.
     *
     * @throws IllegalArgumentException when it is less than 1
     */
    public void setValueChars(int number) {
        this.valueChars = atLeast(1, number, "limits.value-chars");
    }

    /** Sets the event attributes to keep before all others, under their names at Intercom, separated by commas. */
    public void setEventPriority(String names) {
        this.eventPriority = Lists.names(names);
    }

    /** Sets the user attributes to keep before all others, under their names at Intercom, separated by commas. */
    public void setUserPriority(String names) {
        this.userPriority = Lists.names(names);
    }

    private static int atLeast(int least, int number, String setting) {
        if (number < least) {
            throw new IllegalArgumentException("mparticle-intercom." + setting + " must be " + least + " or more, not " + number);
        }
        return number;
    }

    /**
     * The same request within the limits; what had to change is noted in its changes. Fields that name the user are left
     * whole: truncated, they would name another.
     */
    public IntercomRequest truncate(@Body IntercomRequest request) {
        if (request.operation() == Operation.EVENT) {
            truncateEventName(request);
        } else {
            for (String field : TEXTS) {
                clean(request, field);
                truncateValue(request, request.body(), field, field);
            }
        }
        ObjectNode attributes = request.attributes();
        if (attributes != null) {
            new Pass(request).over(attributes);
        }
        return request;
    }

    private void truncateEventName(IntercomRequest request) {
        String name = request.eventName();
        if (!IntercomNames.isWithin(name, nameChars)) {
            request.body().put("event_name", IntercomNames.shorten(name, nameChars));
            request.changed(Reason.NAME_TOO_LONG, "event_name");
        }
    }

    private void clean(IntercomRequest request, String field) {
        JsonNode value = request.body().get(field);
        String clean = value == null || !value.isTextual() ? null : IntercomNames.withoutControls(value.textValue());
        if (clean != null && !clean.equals(value.textValue())) {
            request.body().put(field, clean);
            request.changed(Reason.NAME_CLEANED, field);
        }
    }

    private void truncateValue(IntercomRequest request, ObjectNode object, String name, String field) {
        JsonNode value = object.get(name);
        if (value != null && value.isTextual() && !IntercomNames.isWithin(value.textValue(), valueChars)) {
            object.put(name, IntercomNames.shorten(value.textValue(), valueChars));
            request.changed(Reason.VALUE_TOO_LONG, field);
        }
    }

    /** One walk over the attributes of a request. As long as nothing has to change, nothing is copied. */
    private final class Pass {

        private final IntercomRequest request;
        private final Operation operation;
        private final String prefix;
        /** Intercom reads an attribute whose name ends like this as a time. */
        private final String timeEnding;
        private final int limit;
        private final List<String> priority;
        /** The attributes as they will be; null as long as they are as they were. */
        private ObjectNode changed;

        Pass(IntercomRequest request) {
            this.request = request;
            this.operation = request.operation();
            boolean event = operation == Operation.EVENT;
            this.prefix = event ? "metadata." : "custom_attributes.";
            this.timeEnding = event ? "_date" : "_at";
            this.limit = event ? eventAttributes : userAttributes;
            this.priority = event ? eventPriority : userPriority;
        }

        void over(ObjectNode attributes) {
            boolean isLong = false;
            int kept = 0;
            for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
                String given = attribute.getKey();
                JsonNode givenValue = attribute.getValue();
                JsonNode value = value(given, givenValue);
                String name = value == null ? null : name(given);
                if (name != null && name.endsWith(timeEnding)) {
                    JsonNode time = time(value);
                    if (time == null) {
                        request.changed(Reason.NOT_A_DATE, IntercomNames.field(prefix, given));
                        name = name + "_text";
                    } else {
                        value = time;
                    }
                }
                boolean isLongName = name != null && !IntercomNames.isWithin(name, nameChars);
                if (isLongName) {
                    name = truncatedName(name);
                }
                boolean asItWas = name != null && value == givenValue && name.equals(given);
                if (!asItWas && changed == null) {
                    copyUpTo(attributes, kept);
                }
                if (name != null && changed != null && changed.has(name)) {
                    request.changed(Reason.NAME_COLLISION, IntercomNames.field(prefix, given));
                    name = null;
                }
                if (name != null) {
                    if (isLongName) {
                        request.changed(Reason.NAME_TOO_LONG, prefix + name);
                    }
                    if (changed != null) {
                        changed.set(name, value);
                    }
                    isLong |= value.isTextual() && !IntercomNames.isWithin(value.textValue(), valueChars);
                    kept++;
                }
            }
            ObjectNode result = changed == null ? attributes : changed;
            if (result.size() > limit) {
                keepFirst(result);
            }
            if (isLong) {
                for (Map.Entry<String, JsonNode> attribute : result.properties()) {
                    truncateValue(request, result, attribute.getKey(), IntercomNames.field(prefix, attribute.getKey()));
                }
            }
            if (result.isEmpty()) {
                request.body().remove(request.attributesField());
            } else if (changed != null) {
                request.body().set(request.attributesField(), changed);
            }
        }

        private JsonNode value(String given, JsonNode value) {
            Reason fault = AttributeValues.fault(operation, value);
            if (fault != null) {
                request.changed(fault, IntercomNames.field(prefix, given));
            }
            return AttributeValues.legal(operation, value, fault);
        }

        private String name(String given) {
            String legal = IntercomNames.legal(given);
            if (!legal.equals(given) && !IntercomNames.isReserved(given)) {
                request.changed(Reason.NAME_CLEANED, IntercomNames.field(prefix, given));
            }
            return legal;
        }

        /** Neither ends in white space nor turns the name of a text into the name of a time. */
        private String truncatedName(String name) {
            String truncated = IntercomNames.shorten(name, nameChars).stripTrailing();
            return truncated.endsWith(timeEnding) ? truncated.substring(0, truncated.length() - 1) : truncated;
        }

        private JsonNode time(JsonNode value) {
            if (value.isNull()) {
                return value;
            }
            long seconds = Times.seconds(value);
            if (seconds == Times.NONE) {
                return null;
            }
            return value.isIntegralNumber() && value.canConvertToLong() && value.longValue() == seconds
                    ? value : NODES.numberNode(seconds);
        }

        private void copyUpTo(ObjectNode attributes, int count) {
            changed = Json.object();
            Iterator<Map.Entry<String, JsonNode>> entries = attributes.properties().iterator();
            for (int i = 0; i < count; i++) {
                Map.Entry<String, JsonNode> entry = entries.next();
                changed.set(entry.getKey(), entry.getValue());
            }
        }

        private void keepFirst(ObjectNode attributes) {
            Set<String> preferred = new HashSet<>();
            for (String name : priority) {
                if (preferred.size() < limit && attributes.has(name)) {
                    preferred.add(name);
                }
            }
            int others = limit - preferred.size();
            for (Iterator<Map.Entry<String, JsonNode>> all = attributes.properties().iterator(); all.hasNext();) {
                String name = all.next().getKey();
                if (!preferred.contains(name) && --others < 0) {
                    all.remove();
                    request.changed(Reason.TOO_MANY_ATTRIBUTES, IntercomNames.field(prefix, name));
                }
            }
        }
    }
}
