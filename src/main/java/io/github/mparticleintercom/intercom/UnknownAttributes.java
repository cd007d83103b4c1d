package io.github.mparticleintercom.intercom;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomRequest.Operation;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Variable;
import org.apache.camel.Variables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers which custom attributes Intercom does not know, so that an unknown one costs one failed call and not one for each
 * contact. Intercom refuses the whole contact for one such attribute.
 */
public final class UnknownAttributes {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.attributes");
    private static final int MOST_NAMES = 10_000;
    private static final String ATTRIBUTES = "custom_attributes";

    private Cache<String, Boolean> unknown = memory(60);
    private Cache<String, Boolean> created = memory(60);

    private static Cache<String, Boolean> memory(long minutes) {
        return Caffeine.newBuilder().maximumSize(MOST_NAMES).expireAfterWrite(Duration.ofMinutes(minutes)).build();
    }

    /** After how many minutes an unknown attribute is tried again, since somebody may have made it meanwhile. */
    public void setMinutes(long minutes) {
        unknown = memory(minutes);
        created = memory(minutes);
    }

    /** Takes the attributes that Intercom does not know out of a request, and returns whether there were any. */
    boolean strip(QueuedRequest request) {
        if (unknown.estimatedSize() == 0 || request.attributes() == null) {
            return false;
        }
        boolean any = request.attributes().properties().removeIf(attribute -> {
            boolean isUnknown = unknown.getIfPresent(key(request, attribute.getKey())) != null;
            if (isUnknown) {
                request.changed(Reason.UNKNOWN_ATTRIBUTE, ATTRIBUTES + "." + attribute.getKey());
            }
            return isUnknown;
        });
        if (any) {
            request.bodyChanged();
        }
        return any;
    }

    /** Leaves the attribute that the last answer names out from now on. Sets {@code answer} to {@code send}. */
    public void drop(@Variable("request") QueuedRequest request, @Variables Map<String, Object> variables) {
        drop(request, request.answer().attribute(), variables);
    }

    /**
     * Intercom answered to the creation of an attribute: it exists now, or is left out from now on, since an attribute that cannot
     * be created must not cost the contact. Sets {@code answer} to {@code send}.
     */
    public void created(@Variable("request") QueuedRequest request, @Variable("answer") String answer,
            @Variables Map<String, Object> variables) {
        String name = request.unknownAttribute();
        if (!answer.equals(IntercomAnswers.DONE) && isCleared(request, name)) {
            // what is not there is cleared; a value may come that it is created for
            request.attributes().remove(name);
            request.bodyChanged();
            request.settled();
            variables.put("answer", "send");
            return;
        }
        if (!answer.equals(IntercomAnswers.DONE)) {
            drop(request, name, variables);
            return;
        }
        LOG.warn("Created the custom attribute '{}' at Intercom", name);
        created.put(key(request, name), true);
        request.settled();
        variables.put("answer", "send");
    }

    private void drop(QueuedRequest request, String name, Map<String, Object> variables) {
        if (unknown.asMap().putIfAbsent(key(request, name), true) == null) {
            LOG.warn("Intercom does not know the custom attribute '{}'; it is left out. Create it at Intercom, or set"
                    + " mparticle-intercom.contacts.unknown-attributes", name);
        }
        if (strip(request)) {
            request.settled();
        } else {
            // it stands only in what was known of a contact that has to be made anew
            request.bodyChanged();
        }
        variables.put("answer", "send");
    }

    /** Whether this attribute was created before; that it is still unknown means that creating it does not help. */
    boolean wasCreated(QueuedRequest request, String name) {
        return created.getIfPresent(key(request, name)) != null;
    }

    /** Whether the request has no value for it, but clears it. */
    static boolean isCleared(QueuedRequest request, String name) {
        return request.body().path(ATTRIBUTES).path(name).isNull();
    }

    /** Contacts and companies have attributes of their own. */
    private static String key(QueuedRequest request, String name) {
        return request.operation() == Operation.COMPANY ? "company " + name : name;
    }

    /** What creates an attribute at Intercom, in the type of the value that the request has for it, as JSON text. */
    static String definition(QueuedRequest request, String name) {
        return Json.write(Json.object().put("name", name).put("model", request.operation() == Operation.COMPANY ? "company" : "contact")
                .put("data_type", type(name, request.body().path(ATTRIBUTES).path(name))));
    }

    /** The types of Intercom's OpenAPI description 2.16, "Create a data attribute". Names in _at are dates in Unix seconds. */
    private static String type(String name, JsonNode value) {
        if (value.isBoolean()) {
            return "boolean";
        }
        if (name.endsWith("_at") && !value.isTextual()) {
            return "date";
        }
        return value.isIntegralNumber() ? "integer" : value.isNumber() ? "float" : "string";
    }
}
