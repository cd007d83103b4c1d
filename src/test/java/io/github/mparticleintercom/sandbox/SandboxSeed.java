package io.github.mparticleintercom.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * Puts data into the workspace as if it had been there for long: no uniqueness checks, visible to search at once.
 */
public final class SandboxSeed {

    private final SandboxState state;

    SandboxSeed(SandboxState state) {
        this.state = state;
    }

    /** Adds a user; either argument may be null. */
    public SandboxContact user(String externalId, String email) {
        return add("user", externalId, email);
    }

    /** Adds a lead; the email may be null. */
    public SandboxContact lead(String email) {
        return add("lead", null, email);
    }

    /** Adds a contact from the JSON a create call would carry; types are checked, uniqueness is not. */
    public SandboxContact contact(ObjectNode body) {
        return state.contacts().seed(ContactInput.parse(body));
    }

    /** Archives a contact. */
    public void archive(String id) {
        state.contacts().archive(id, true);
    }

    /** Deletes a contact for good. */
    public void delete(String id) {
        state.contacts().delete(id);
    }

    /** Attaches a contact to a company, by Intercom's ids. */
    public void attach(String contactId, String companyId) {
        state.companies().attach(contactId, companyId);
    }

    /** Marks a contact as merged into another one. */
    public void merge(String fromId, String intoId) {
        state.contacts().merge(fromId, intoId);
    }

    /** Adds a custom data attribute for contacts. */
    public DataAttribute dataAttribute(String name, String dataType) {
        return state.dataAttributes().add(name, "contact", dataType, List.of());
    }

    /** Adds a custom data attribute for companies. */
    public DataAttribute companyAttribute(String name, String dataType) {
        return state.dataAttributes().add(name, "company", dataType, List.of());
    }

    /** Adds event names that count against the workspace's limit. */
    public void eventNames(Iterable<String> names) {
        names.forEach(name -> state.events().addName(name));
    }

    private SandboxContact add(String role, String externalId, String email) {
        return state.contacts().seed(new ContactInput(role, externalId, email, Map.<String, JsonNode>of(),
                Map.<String, JsonNode>of()));
    }
}
