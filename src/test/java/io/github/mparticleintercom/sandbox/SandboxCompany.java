package io.github.mparticleintercom.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A company as the sandbox holds it; a snapshot that does not change.
 *
 * @param id               Intercom's id
 * @param companyId        the caller's id
 * @param fields           the standard fields that were set, by their API name
 * @param customAttributes custom attributes that are set
 */
public record SandboxCompany(String id, String companyId, Map<String, JsonNode> fields, Map<String, JsonNode> customAttributes) {

    /** A standard field such as {@code name} or {@code monthly_spend}, or null if it is not set. */
    public JsonNode field(String name) {
        return fields.get(name);
    }
}
