package io.github.mparticleintercom.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.Change;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.intercom.IntercomRequest.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.camel.Body;

/**
 * Gives attributes names and values that Intercom takes: no {@code .} or {@code $} in names (Intercom help, "Custom
 * attributes"), and text, numbers and, on contacts only, true and false as values (OpenAPI description 2.16).
 */
public final class IntercomAttributes {

    /** mParticle's reserved user attributes, which lose their {@code $} without a word about it. */
    private static final Set<String> RESERVED =
            Set.of("$age", "$gender", "$country", "$zip", "$city", "$state", "$address");

    /** The request with legal names and values; what had to change is told in its changes. */
    public IntercomRequest clean(@Body IntercomRequest request) {
        List<Change> changes = new ArrayList<>();
        ObjectNode clean = Json.object();
        String prefix = request.attributesField() + ".";
        request.attributes().properties().forEach(attribute -> {
            String given = attribute.getKey();
            JsonNode value = AttributeValues.legal(request.operation(), attribute.getValue(), prefix + given, changes);
            if (value == null) {
                return;
            }
            String name = legalName(given);
            if (!name.equals(given) && !RESERVED.contains(given.toLowerCase(Locale.ROOT))) {
                changes.add(new Change(Reason.NAME_CLEANED, prefix + given));
            }
            if (request.operation() == Operation.EVENT && name.endsWith("_date")) {
                JsonNode seconds = Times.seconds(value);
                if (seconds == null) {
                    changes.add(new Change(Reason.NOT_A_DATE, prefix + given));
                    name = name + "_text";
                } else {
                    value = seconds;
                }
            }
            if (clean.has(name)) {
                changes.add(new Change(Reason.NAME_COLLISION, prefix + given));
            } else {
                clean.set(name, value);
            }
        });
        return request.withAttributes(clean, changes);
    }

    /** Without a leading {@code $}, and with {@code _} for every other character that Intercom does not allow. */
    static String legalName(String name) {
        String bare = RESERVED.contains(name.toLowerCase(Locale.ROOT)) ? name.toLowerCase(Locale.ROOT) : name;
        if (bare.startsWith("$") && bare.length() > 1) {
            bare = bare.substring(1);
        }
        String legal = bare.strip().replaceAll("[.$\\p{Cc}]", "_");
        return legal.isEmpty() ? "_" : legal;
    }
}
