package io.github.mparticleintercom.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Change;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Variable;

/**
 * Translates the user attributes that are about the user's company. They belong to no contact then. What Intercom takes is from
 * its OpenAPI description 2.16, "Create or Update a company".
 */
public final class CompanyTranslator {

    private static final String PREFIX = "company.";
    private static final Set<String> INTEGERS = Set.of("size", "monthly_spend");
    private static final BigDecimal MOST = BigDecimal.valueOf(Integer.MAX_VALUE);
    private static final int MAX_DIGITS = 30;

    private final Map<String, String> fields = new HashMap<>();
    private String idAttribute = "";
    private Set<String> custom = Set.of();

    /** The user attribute that holds the company's id; "" for no companies at all. */
    public void setIdAttribute(String attribute) {
        idAttribute = attribute.strip();
    }

    /** The user attribute that holds the company's name; "" for none. */
    public void setNameAttribute(String attribute) {
        field(attribute, "name");
    }

    /** The user attribute that holds the name of its plan; "" for none. */
    public void setPlanAttribute(String attribute) {
        field(attribute, "plan");
    }

    /** The user attribute that holds how many people work there; "" for none. */
    public void setSizeAttribute(String attribute) {
        field(attribute, "size");
    }

    /** The user attribute that holds its website; "" for none. */
    public void setWebsiteAttribute(String attribute) {
        field(attribute, "website");
    }

    /** The user attribute that holds what it spends a month; "" for none. */
    public void setMonthlySpendAttribute(String attribute) {
        field(attribute, "monthly_spend");
    }

    /** The user attributes that are custom attributes of the company, separated by commas. */
    public void setAttributes(String names) {
        custom = Set.copyOf(Lists.names(names));
    }

    private void field(String attribute, String field) {
        if (!attribute.isBlank()) {
            fields.put(attribute.strip(), field);
        }
    }

    /** Whether a user attribute is about the company. */
    boolean takes(String attribute) {
        return !idAttribute.isEmpty()
                && (attribute.equals(idAttribute) || fields.containsKey(attribute) || custom.contains(attribute));
    }

    /** Notes why an attribute of the company goes nowhere, if the batch does not say which company it is. */
    void report(String attribute, ObjectNode attributes, List<Change> changes) {
        JsonNode id = attributes.get(idAttribute);
        if (Json.id(id) == null) {
            changes.add(new Change(attribute.equals(idAttribute) ? StandardFields.whyNot(id) : Reason.NO_COMPANY,
                    IntercomNames.field(PREFIX, attribute)));
        }
    }

    /** Whether the batch says which company the user has, or that it has none any more. */
    boolean says(MparticleBatch batch) {
        return !idAttribute.isEmpty()
                && (Json.id(batch.userAttributes().get(idAttribute)) != null || batch.deletedAttributes().contains(idAttribute));
    }

    /** The request for the user's company, or for none where the attribute with its id was deleted; null where nothing is said. */
    public IntercomRequest translate(@Variable("batch") MparticleBatch batch) {
        ObjectNode attributes = batch.userAttributes();
        if (!says(batch)) {
            return null;
        }
        String id = Json.id(attributes.get(idAttribute));
        ObjectNode body = UserRequests.naming(batch).put("company_id", id);
        List<Change> changes = new ArrayList<>(0);
        if (id != null) {
            ObjectNode more = Json.object();
            attributes.properties().forEach(attribute -> put(attribute.getKey(), attribute.getValue(), body, more, changes));
            for (String deleted : batch.deletedAttributes()) {
                if (custom.contains(deleted) && !more.has(deleted)) {
                    more.set(deleted, NullNode.instance);
                } else if (fields.containsKey(deleted) && !body.has(fields.get(deleted))) {
                    changes.add(new Change(Reason.VALUE_UNSUPPORTED, PREFIX + fields.get(deleted)));
                }
            }
            if (!more.isEmpty()) {
                body.set("custom_attributes", more);
            }
        }
        return UserRequests.of(IntercomRequest.Operation.COMPANY, batch, body, changes);
    }

    private void put(String attribute, JsonNode value, ObjectNode body, ObjectNode more, List<Change> changes) {
        String field = fields.get(attribute);
        if (field != null) {
            JsonNode typed = INTEGERS.contains(field) ? integer(value) : Json.id(value) == null ? null : body.textNode(Json.id(value));
            if (typed == null) {
                changes.add(new Change(StandardFields.whyNot(value), PREFIX + field));
            } else {
                body.set(field, typed);
            }
        } else if (custom.contains(attribute)) {
            if (value.isNull()) {
                changes.add(new Change(Reason.VALUE_EMPTY, IntercomNames.field(PREFIX, attribute)));
            } else {
                more.set(attribute, value);
            }
        }
    }

    /** Intercom truncates decimals; what is no number, or beyond its limit, is null. */
    private static JsonNode integer(JsonNode value) {
        String text = Json.text(value);
        if (text == null || text.length() > MAX_DIGITS || !text.matches("\\d+(\\.\\d*)?")) {
            return null;
        }
        BigDecimal number = new BigDecimal(text);
        return number.compareTo(MOST) > 0 ? null : Json.object().numberNode(number.intValue());
    }
}
