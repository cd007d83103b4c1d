package io.github.mparticleintercom.intercom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.mparticleintercom.Json;
import java.io.IOException;
import java.time.Duration;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers which custom attributes Intercom does not know, so that an unknown one costs one failed call and not one for each
 * contact. Intercom refuses the whole contact for one such attribute.
 */
public final class UnknownAttributes {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.attributes");
    private static final int MOST_NAMES = 10_000;

    private final Cache<String, Boolean> unknown;
    private final Cache<String, Boolean> created;

    /**
     * An empty memory.
     *
     * @param minutes after how long an unknown attribute is tried again, since somebody may have made it meanwhile
     */
    public UnknownAttributes(long minutes) {
        Caffeine<Object, Object> memory =
                Caffeine.newBuilder().maximumSize(MOST_NAMES).expireAfterWrite(Duration.ofMinutes(minutes));
        this.unknown = memory.build();
        this.created = memory.build();
    }

    /** The contact without the attributes that Intercom does not know, as JSON text. */
    public String strip(@Variable("original") String contact) throws IOException {
        if (unknown.estimatedSize() == 0) {
            return contact;
        }
        ObjectNode stripped = (ObjectNode) Json.MAPPER.readTree(contact);
        if (stripped.get("custom_attributes") instanceof ObjectNode attributes) {
            attributes.properties().removeIf(attribute -> unknown.getIfPresent(attribute.getKey()) != null);
        }
        return Json.write(stripped);
    }

    /** Leaves this attribute out from now on. */
    public void drop(@Variable("answer") IntercomAnswer answer) {
        if (unknown.asMap().putIfAbsent(answer.attribute(), true) == null) {
            LOG.warn("Intercom does not know the custom attribute '{}'; it is left out. Create it at Intercom, or set"
                    + " mparticle-intercom.contacts.unknown-attributes", answer.attribute());
        }
    }

    /** Whether this attribute was created before; that it is still unknown means that creating it does not help. */
    public boolean wasCreated(@Variable("answer") IntercomAnswer answer) {
        return created.getIfPresent(answer.attribute()) != null;
    }

    /** What creates the attribute at Intercom, in the type of the value that the contact has for it, as JSON text. */
    public String definition(@Variable("answer") IntercomAnswer answer, @Variable("contact") String contact)
            throws IOException {
        JsonNode value = Json.MAPPER.readTree(contact).path("custom_attributes").path(answer.attribute());
        created.put(answer.attribute(), true);
        LOG.warn("Creating the custom attribute '{}' at Intercom", answer.attribute());
        return Json.write(Json.object().put("name", answer.attribute()).put("model", "contact").put("data_type", type(value)));
    }

    /** The types of Intercom's OpenAPI description 2.16, "Create a data attribute". */
    private static String type(JsonNode value) {
        if (value.isBoolean()) {
            return "boolean";
        }
        if (value.isIntegralNumber()) {
            return "integer";
        }
        return value.isNumber() ? "float" : "string";
    }
}
