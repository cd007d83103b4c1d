package io.github.mparticleintercom.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A contact as the sandbox holds it; a snapshot that does not change.
 *
 * @param id               Intercom's id, 24 hexadecimal digits
 * @param role             {@code user} or {@code lead}
 * @param externalId       the caller's id, or null
 * @param email            email address, or null
 * @param fields           the other standard fields that were set, by their API name
 * @param customAttributes custom attributes that are set
 * @param createdAt        Unix seconds
 * @param updatedAt        Unix seconds
 * @param searchableFrom   when it begins to show in search results
 * @param archived         whether it is archived
 * @param mergedInto       id of the contact it was merged into, or null
 */
public record SandboxContact(
        String id,
        String role,
        String externalId,
        String email,
        Map<String, JsonNode> fields,
        Map<String, JsonNode> customAttributes,
        long createdAt,
        long updatedAt,
        Instant searchableFrom,
        boolean archived,
        String mergedInto) {

    /** Whether it is a user, not a lead. */
    public boolean isUser() {
        return role.equals("user");
    }

    /** Whether it can be read and written: neither archived nor merged away. */
    public boolean isLive() {
        return !archived && mergedInto == null;
    }

    /** A standard field such as {@code name} or {@code signed_up_at}, or null if it is not set. */
    public JsonNode field(String name) {
        return fields.get(name);
    }

    /** A custom attribute; a missing node if it is not set. */
    public JsonNode customAttribute(String name) {
        return customAttributes.getOrDefault(name, MissingNode.getInstance());
    }

    static SandboxContact create(String id, ContactInput input, Instant now, Instant searchableFrom) {
        long seconds = now.getEpochSecond();
        return new SandboxContact(id, input.role() == null ? "user" : input.role(), input.externalId(),
                input.email(), merge(Map.of(), input.fields()), merge(Map.of(), input.customAttributes()),
                seconds, seconds, searchableFrom, false, null);
    }

    /** The contact after a partial update. */
    SandboxContact updated(ContactInput input, Instant now) {
        return new SandboxContact(id, input.role() == null ? role : input.role(),
                input.externalId() == null ? externalId : input.externalId(),
                input.email() == null ? email : input.email(), merge(fields, input.fields()),
                merge(customAttributes, input.customAttributes()), createdAt, now.getEpochSecond(), searchableFrom,
                archived, mergedInto);
    }

    SandboxContact archived(boolean value) {
        return new SandboxContact(id, role, externalId, email, fields, customAttributes, createdAt, updatedAt,
                searchableFrom, value, mergedInto);
    }

    SandboxContact mergedInto(String target) {
        return new SandboxContact(id, role, externalId, email, fields, customAttributes, createdAt, updatedAt,
                searchableFrom, archived, target);
    }

    private static Map<String, JsonNode> merge(Map<String, JsonNode> old, Map<String, JsonNode> changes) {
        Map<String, JsonNode> merged = new LinkedHashMap<>(old);
        changes.forEach((name, value) -> {
            if (value.isNull()) {
                merged.remove(name);
            } else {
                merged.put(name, value);
            }
        });
        return Collections.unmodifiableMap(merged);
    }
}
