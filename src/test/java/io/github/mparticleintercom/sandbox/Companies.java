package io.github.mparticleintercom.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The companies of the workspace, the contacts that are attached to them, and their endpoints. */
final class Companies {

    private static final List<String> TEXTS = List.of("name", "plan", "website", "industry");
    private static final List<String> INTEGERS = List.of("size", "monthly_spend", "remote_created_at");
    private static final int MOST_OF_A_CONTACT = 1000;
    private static final long MAX_SPEND = Integer.MAX_VALUE;

    private final Map<String, SandboxCompany> byCompanyId = new LinkedHashMap<>();
    private final Attachments attached = new Attachments();
    private final ContactStore contacts;
    private final CustomAttributeRules rules;

    Companies(ContactStore contacts, CustomAttributeRules rules) {
        this.contacts = contacts;
        this.rules = rules;
    }

    /** Creates a company, or updates the one with this {@code company_id}. */
    synchronized Answer save(ApiRequest request) {
        ObjectNode body = FieldChecks.object(request.body());
        String companyId = FieldChecks.optionalText(body, "company_id");
        if (companyId == null) {
            throw new ApiException(400, "bad_request", "company_id is required");
        }
        body.fieldNames().forEachRemaining(name -> {
            if (!name.equals("company_id") && !name.equals("custom_attributes") && !TEXTS.contains(name) && !INTEGERS.contains(name)) {
                throw new ApiException(400, "bad_request", "bad '" + name + "' parameter");
            }
        });
        SandboxCompany old = byCompanyId.get(companyId);
        Map<String, JsonNode> fields = new LinkedHashMap<>(old == null ? Map.of() : old.fields());
        TEXTS.stream().filter(body::has).forEach(name -> {
            FieldChecks.text(body.get(name), name);
            fields.put(name, body.get(name));
        });
        INTEGERS.stream().filter(body::has).forEach(name -> {
            JsonNode value = body.get(name);
            if (!value.isIntegralNumber() || value.longValue() > MAX_SPEND) {
                throw ApiException.invalid(name, name + " must be an integer up to " + MAX_SPEND);
            }
            fields.put(name, value);
        });
        Map<String, JsonNode> attributes = new LinkedHashMap<>(old == null ? Map.of() : old.customAttributes());
        Map<String, JsonNode> given = new LinkedHashMap<>();
        body.path("custom_attributes").properties().forEach(entry -> given.put(entry.getKey(), entry.getValue()));
        rules.check("company", given);
        given.forEach((name, value) -> {
            if (value.isNull()) {
                attributes.remove(name);
            } else {
                attributes.put(name, value);
            }
        });
        SandboxCompany company = new SandboxCompany(old == null ? "company-" + (byCompanyId.size() + 1) : old.id(), companyId,
                fields, attributes);
        byCompanyId.put(companyId, company);
        return Answer.ok(render(company));
    }

    synchronized Answer attach(ApiRequest request) {
        SandboxContact contact = contacts.live(request.segment(1));
        SandboxCompany company = company(FieldChecks.object(request.body()).path("id").asText());
        if (attached.of(contact.id()).size() >= MOST_OF_A_CONTACT) {
            throw new ApiException(400, "contact_company_limit_exceeded",
                    "Contact has reached the maximum of " + MOST_OF_A_CONTACT + " company associations");
        }
        attached.add(contact.id(), company.id());
        return Answer.ok(render(company));
    }

    synchronized void attach(String contactId, String id) {
        attached.add(contactId, id);
    }

    synchronized Answer list(ApiRequest request) {
        ObjectNode list = Json.object().put("type", "list");
        ArrayNode data = list.putArray("data");
        of(contacts.live(request.segment(1)).id()).forEach(company -> data.add(render(company)));
        list.put("total_count", data.size());
        return Answer.ok(list);
    }

    synchronized Answer detach(ApiRequest request) {
        SandboxContact contact = contacts.live(request.segment(1));
        SandboxCompany company = company(request.segment(3));
        if (!attached.remove(contact.id(), company.id())) {
            throw unknown();
        }
        return Answer.ok(render(company));
    }

    synchronized List<SandboxCompany> all() {
        return List.copyOf(byCompanyId.values());
    }

    synchronized List<SandboxCompany> of(String contactId) {
        return byCompanyId.values().stream().filter(company -> attached.of(contactId).contains(company.id())).toList();
    }

    /** A contact was merged into another. */
    void move(String from, String into) {
        attached.move(from, into);
    }

    synchronized void clear() {
        byCompanyId.clear();
        attached.clear();
    }

    private SandboxCompany company(String id) {
        return byCompanyId.values().stream().filter(company -> company.id().equals(id)).findFirst().orElseThrow(Companies::unknown);
    }

    private static ApiException unknown() {
        return new ApiException(404, "company_not_found", "Company Not Found");
    }

    private static ObjectNode render(SandboxCompany company) {
        ObjectNode json = Json.object().put("type", "company").put("id", company.id()).put("company_id", company.companyId());
        company.fields().forEach((name, value) -> {
            if (name.equals("plan")) {
                json.putObject("plan").put("type", "plan").set("name", value);
            } else {
                json.set(name, value);
            }
        });
        json.putObject("custom_attributes").setAll(company.customAttributes());
        return json;
    }
}
