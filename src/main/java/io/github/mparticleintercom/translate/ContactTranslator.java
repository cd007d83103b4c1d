package io.github.mparticleintercom.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Change;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.mparticle.Identities;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Variable;

/** Translates what a batch says about its user into one Intercom contact. */
public final class ContactTranslator {

    private static final String FIRST_NAME = "$firstname";
    private static final String LAST_NAME = "$lastname";
    private static final String MOBILE = "$mobile";

    private Map<String, String> renamed = Map.of();
    private StandardFields standardFields = new StandardFields(List.of());
    private String roleWithoutCustomerId = "user";
    private CompanyTranslator companies = new CompanyTranslator();
    private TagTranslator tags = new TagTranslator();

    /**
     * Sets user attributes to send under another name: {@code old=new,old=new}.
     *
     * @throws IllegalArgumentException when an entry is no pair
     */
    public void setRename(String rename) {
        this.renamed = Lists.pairs(rename);
    }

    /**
     * Sets which user attributes are fields of an Intercom contact, separated by commas.
     *
     * @throws IllegalArgumentException when one of them says who the contact is
     */
    public void setStandardFields(String names) {
        this.standardFields = new StandardFields(Lists.names(names));
    }

    /** What a user is at Intercom of whom no Customer ID is known: {@code user} or {@code lead}. */
    public void setRoleWithoutCustomerId(String role) {
        this.roleWithoutCustomerId = role;
    }

    /** Which attributes are about the user's company. */
    public void setCompanies(CompanyTranslator companies) {
        this.companies = companies;
    }

    /** Which attributes are tags. */
    public void setTags(TagTranslator tags) {
        this.tags = tags;
    }

    /**
     * The contact request for a batch whose user is known, its attributes still under mParticle's names. Where the batch says
     * nothing about the user but who it is and what follows says that as well, the request {@linkplain
     * IntercomRequest#saysNothing() says nothing}.
     */
    public IntercomRequest translate(@Variable("batch") MparticleBatch batch) {
        Identities user = batch.user();
        ObjectNode body = Json.object();
        List<Change> changes = new ArrayList<>(0);
        if (user.customerId() != null) {
            body.put("external_id", user.customerId());
        }
        if (user.email() != null) {
            body.put("email", user.email());
        }
        if (user.emailRejected()) {
            changes.add(new Change(Reason.INVALID_EMAIL, "email"));
        }
        body.put("role", user.customerId() == null ? roleWithoutCustomerId : "user");
        Reserved reserved = new Reserved();
        ObjectNode custom = attributes(batch.userAttributes(), body, reserved, changes);
        fill(body, "name", reserved.name(), reserved.nameField(), changes);
        fill(body, "phone", reserved.mobile, MOBILE, changes);
        fill(body, "phone", user.mobileNumber(), "mobile_number", changes);
        deleted(batch, body, custom, changes);
        if (!custom.isEmpty()) {
            body.set("custom_attributes", custom);
        }
        return UserRequests.of(IntercomRequest.Operation.CONTACT, batch, body, changes)
                // only its contact's id names a lead to Intercom
                .othersFollow(body.path("role").asText().equals("user")
                        && (!batch.events().isEmpty() || companies.says(batch) || tags.says(batch)));
    }

    /** Puts standard fields into the body, mParticle's own names and phone aside, and returns the rest. */
    private ObjectNode attributes(ObjectNode attributes, ObjectNode body, Reserved reserved, List<Change> changes) {
        ObjectNode custom = Json.object();
        for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
            String given = attribute.getKey();
            JsonNode value = attribute.getValue();
            if (reservedField(given) != null) {
                reserved.take(given, value, changes);
                continue;
            }
            if (companies.takes(given)) {
                companies.report(given, attributes, changes);
                continue;
            }
            if (tags.takes(given, value)) {
                continue;
            }
            String name = renamed.getOrDefault(given, given);
            if (standardFields.take(name, value, body, changes)) {
                continue;
            }
            if (value.isNull()) {
                changes.add(new Change(Reason.VALUE_EMPTY, IntercomNames.field("custom_attributes.", name)));
            } else if (custom.has(name)) {
                changes.add(new Change(Reason.NAME_COLLISION, IntercomNames.field("custom_attributes.", name)));
            } else {
                custom.set(name, value);
            }
        }
        return custom;
    }

    /** The field that a reserved attribute fills, in whichever case it is written; null for any other and for a renamed one. */
    private String reservedField(String attribute) {
        if (!attribute.startsWith("$") || renamed.containsKey(attribute)) {
            return null;
        }
        return attribute.equalsIgnoreCase(FIRST_NAME) || attribute.equalsIgnoreCase(LAST_NAME) ? "name"
                : attribute.equalsIgnoreCase(MOBILE) ? "phone" : null;
    }

    /** What stands in the field already says it more plainly, and stays. */
    private static void fill(ObjectNode body, String field, String value, String from, List<Change> changes) {
        if (value == null) {
            return;
        }
        JsonNode there = body.get(field);
        if (there == null) {
            body.put(field, value);
        } else if (!there.asText().equals(value)) {
            changes.add(new Change(Reason.NAME_COLLISION, from));
        }
    }

    /** A null clears; an attribute that is both set and deleted is set. */
    private void deleted(MparticleBatch batch, ObjectNode body, ObjectNode custom, List<Change> changes) {
        for (String original : batch.deletedAttributes()) {
            if (companies.takes(original) || tags.lists(original)) {
                continue;
            }
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

    /** mParticle's own attributes for name and phone, the first of each. */
    private static final class Reserved {
        private String first;
        private String last;
        private String mobile;

        void take(String given, JsonNode value, List<Change> changes) {
            String text = Json.id(value);
            if (text == null) {
                changes.add(new Change(StandardFields.whyNot(value), given));
                return;
            }
            boolean isNew;
            if (given.equalsIgnoreCase(FIRST_NAME)) {
                isNew = first == null;
                first = isNew ? text : first;
            } else if (given.equalsIgnoreCase(LAST_NAME)) {
                isNew = last == null;
                last = isNew ? text : last;
            } else {
                isNew = mobile == null;
                mobile = isNew ? text : mobile;
            }
            if (!isNew) {
                changes.add(new Change(Reason.NAME_COLLISION, given));
            }
        }

        String name() {
            return first == null ? last : last == null ? first : first + " " + last;
        }

        String nameField() {
            return first == null ? LAST_NAME : FIRST_NAME;
        }
    }
}
