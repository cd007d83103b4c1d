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
import io.github.mparticleintercom.queue.Receipt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Variable;

/** Turns what a batch tells about its user into one Intercom contact. */
public final class ContactTranslator {

    private static final Map<String, String> RESERVED =
            Map.of("$firstname", "name", "$lastname", "name", "$mobile", "phone");

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
    public IntercomRequest translate(@Variable("batch") MparticleBatch batch,
            @Variable("mparticleIntercomReceipt") Receipt receipt) {
        ObjectNode body = key(batch.user()).put("role", "user");
        int keyOnly = body.size();
        List<Change> changes = new ArrayList<>();
        reserved(batch, body, changes);
        identities(batch.user(), body, changes);
        ObjectNode custom = attributes(batch, body, changes);
        deleted(batch, body, custom, changes);
        if (body.size() == keyOnly && custom.isEmpty() && !batch.events().isEmpty()) {
            receipt.changed(batch.id(), null, changes);
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
        String phone = user.mobileNumber();
        if (phone != null && !body.has("phone")) {
            body.put("phone", phone);
        } else if (phone != null && !phone.equals(body.get("phone").asText())) {
            changes.add(new Change(Reason.NAME_COLLISION, "mobile_number"));
        }
    }

    /** mParticle's own attributes for name and phone come before all else that could fill these fields. */
    private void reserved(MparticleBatch batch, ObjectNode body, List<Change> changes) {
        Map<String, String> found = new HashMap<>();
        batch.userAttributes().properties().forEach(attribute -> {
            String name = attribute.getKey();
            String text = Json.text(attribute.getValue());
            if (reservedField(name) == null) {
                return;
            }
            if (text == null) {
                changes.add(new Change(StandardFields.whyNot(attribute.getValue()), name));
            } else if (found.putIfAbsent(name.toLowerCase(Locale.ROOT), text) != null) {
                changes.add(new Change(Reason.NAME_COLLISION, name));
            }
        });
        String name = Stream.of(found.get("$firstname"), found.get("$lastname")).filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        if (!name.isEmpty()) {
            body.put("name", name);
        }
        if (found.containsKey("$mobile")) {
            body.put("phone", found.get("$mobile"));
        }
    }

    /** The field that a reserved attribute fills, in whichever case it is written; null for any other and for a renamed one. */
    private String reservedField(String attribute) {
        return renamed.containsKey(attribute) ? null : RESERVED.get(attribute.toLowerCase(Locale.ROOT));
    }

    /** Puts standard fields into the body and returns the rest. */
    private ObjectNode attributes(MparticleBatch batch, ObjectNode body, List<Change> changes) {
        ObjectNode custom = Json.object();
        batch.userAttributes().properties().forEach(attribute -> {
            String name = renamed.getOrDefault(attribute.getKey(), attribute.getKey());
            JsonNode value = attribute.getValue();
            if (reservedField(attribute.getKey()) != null || standardFields.take(name, value, body, changes)) {
                return;
            }
            if (value.isNull() || custom.has(name)) {
                changes.add(new Change(value.isNull() ? Reason.VALUE_EMPTY : Reason.NAME_COLLISION,
                        "custom_attributes." + name));
            } else {
                custom.set(name, value);
            }
        });
        return custom;
    }

    /** A null clears; an attribute that is both set and deleted is set. */
    private void deleted(MparticleBatch batch, ObjectNode body, ObjectNode custom, List<Change> changes) {
        for (String original : batch.deletedAttributes()) {
            String name = renamed.getOrDefault(original, original);
            String field = standardFields.contains(name) ? name : reservedField(original);
            ObjectNode target = field == null ? custom : body;
            String key = field == null ? name : field;
            if (target.has(key)) {
                continue;
            }
            if (StandardFields.isClearable(key) || target == custom) {
                target.set(key, NullNode.instance);
            } else {
                changes.add(new Change(Reason.VALUE_UNSUPPORTED, key));
            }
        }
    }
}
