package io.github.mparticleintercom.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.Change;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.mparticle.Identities;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Variable;

/** Turns what a batch tells about its user into one Intercom contact. */
public final class ContactTranslator {

    private final Map<String, String> renamed;
    private final StandardFields standardFields;

    /**
     * Sets up the names.
     *
     * @param rename         user attributes to send under another name: {@code old=new,old=new}
     * @param standardFields user attributes that are fields of an Intercom contact, separated by commas
     */
    public ContactTranslator(String rename, String standardFields) {
        this.renamed = Lists.pairs(rename);
        this.standardFields = new StandardFields(Lists.names(standardFields));
    }

    /**
     * The contact request for a batch whose user is known, its attributes still under mParticle's names.
     *
     * @return null when the batch tells nothing about the user beyond who it is, and its events say the rest
     */
    public IntercomRequest translate(@Variable("batch") MparticleBatch batch) {
        ObjectNode body = key(batch.user()).put("role", "user");
        int keyOnly = body.size();
        List<Change> changes = new ArrayList<>();
        identities(batch.user(), body, changes);
        ObjectNode custom = Json.object();
        names(batch, body);
        batch.userAttributes().properties().forEach(attribute -> {
            String name = renamed.getOrDefault(attribute.getKey(), attribute.getKey());
            if (isPersonName(attribute.getKey())) {
                return;
            }
            if (standardFields.take(name, attribute.getValue(), body, changes)) {
                return;
            }
            if (attribute.getValue().isNull()) {
                changes.add(new Change(Reason.VALUE_EMPTY, "custom_attributes." + name));
            } else {
                custom.set(name, attribute.getValue());
            }
        });
        deleted(batch, body, custom);
        if (body.size() == keyOnly && custom.isEmpty() && !batch.events().isEmpty()) {
            return null;
        }
        if (!custom.isEmpty()) {
            body.set("custom_attributes", custom);
        }
        String stableId = Json.fingerprint("contact", batch.user().key(), batch.id(), body.toString());
        return new IntercomRequest(IntercomRequest.Operation.CONTACT, batch.platform(), batch.user().key(), stableId,
                batch.id(), null, body, List.copyOf(changes));
    }

    /** How a contact is named: {@code external_id} where there is a Customer ID, else {@code email}. */
    static ObjectNode key(Identities user) {
        return user.customerId() != null
                ? Json.object().put("external_id", user.customerId())
                : Json.object().put("email", user.email());
    }

    private static void identities(Identities user, ObjectNode body, List<Change> changes) {
        if (user.emailRejected()) {
            changes.add(new Change(Reason.INVALID_EMAIL, "email"));
        }
        if (user.email() != null) {
            body.put("email", user.email());
        }
        if (user.mobileNumber() != null) {
            body.put("phone", user.mobileNumber());
        }
    }

    private static void names(MparticleBatch batch, ObjectNode body) {
        String first = reserved(batch, "$firstname");
        String last = reserved(batch, "$lastname");
        if (first != null || last != null) {
            body.put("name", first == null ? last : last == null ? first : first + " " + last);
        }
    }

    private static String reserved(MparticleBatch batch, String name) {
        for (Map.Entry<String, JsonNode> attribute : batch.userAttributes().properties()) {
            if (attribute.getKey().equalsIgnoreCase(name)) {
                return Json.text(attribute.getValue());
            }
        }
        return null;
    }

    private static boolean isPersonName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("$firstname") || lower.equals("$lastname");
    }

    /** A null clears; an attribute that is both set and deleted is set. */
    private void deleted(MparticleBatch batch, ObjectNode body, ObjectNode custom) {
        for (String original : batch.deletedAttributes()) {
            String name = renamed.getOrDefault(original, original);
            String field = isPersonName(original) ? "name" : standardFields.fieldOf(name);
            ObjectNode target = field == null ? custom : body;
            String key = field == null ? name : field;
            if (!target.has(key)) {
                target.set(key, NullNode.instance);
            }
        }
    }
}
