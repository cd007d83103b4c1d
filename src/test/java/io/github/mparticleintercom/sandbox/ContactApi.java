package io.github.mparticleintercom.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** The endpoints for single contacts. */
final class ContactApi {

    private final ContactStore store;
    private final CustomAttributeRules rules;
    private final ContactJson json;
    private final SandboxState state;
    private final int attributeLimit;

    ContactApi(SandboxState state, SandboxConfig config) {
        this.state = state;
        this.store = state.contacts();
        this.rules = state.rules();
        this.json = new ContactJson(config.appId());
        this.attributeLimit = config.attributeLimit();
    }

    Answer create(ApiRequest request) {
        ObjectNode body = FieldChecks.object(request.body());
        ContactInput input = ContactInput.parse(body);
        if (input.role() == null && input.externalId() == null && input.email() == null) {
            throw ApiException.missing(null, "One of email, external_id or role is required");
        }
        rules.check("contact", input.customAttributes());
        checkCount(input.customAttributes());
        return Answer.ok(json.render(store.create(input)));
    }

    Answer update(ApiRequest request) {
        String id = request.segment(1);
        // An unknown id is reported before a bad body, as nothing could make that call succeed.
        store.live(id);
        ContactInput input = ContactInput.parse(FieldChecks.object(request.body()));
        rules.check("contact", input.customAttributes());
        return Answer.ok(json.render(store.update(id, input, this::checkCount)));
    }

    Answer get(ApiRequest request) {
        return Answer.ok(json.render(store.live(request.segment(1))));
    }

    Answer findByExternalId(ApiRequest request) {
        return Answer.ok(json.render(store.liveByExternalId(request.segment(2))));
    }

    Answer archive(ApiRequest request) {
        return archived(request.segment(1), true);
    }

    Answer unarchive(ApiRequest request) {
        return archived(request.segment(1), false);
    }

    /** Takes a lead into a user, with all that hangs on it. */
    Answer merge(ApiRequest request) {
        ObjectNode body = FieldChecks.object(request.body());
        SandboxContact from = store.live(body.path("from").asText());
        SandboxContact into = store.live(body.path("into").asText());
        if (from.isUser() || !into.isUser()) {
            throw new ApiException(400, "invalid_merge", "Only a lead can be merged, and only into a user");
        }
        boolean duplicate = from.email() != null && from.email().equalsIgnoreCase(into.email())
                || from.field("phone") != null && from.field("phone").equals(into.field("phone"));
        if (!duplicate && !body.path("skip_duplicate_validation").asBoolean()) {
            throw new ApiException(400, "invalid_merge", "Contacts can only be merged when they are duplicates (matching email or phone)."
                    + " Pass skip_duplicate_validation=true to override this check.");
        }
        store.merge(from.id(), into.id());
        state.events().move(from.id(), into.id());
        state.companies().move(from.id(), into.id());
        state.tags().move(from.id(), into.id());
        return Answer.ok(json.render(into));
    }

    Answer delete(ApiRequest request) {
        return Answer.ok(json.reference(store.delete(request.segment(1))).put("deleted", true));
    }

    private Answer archived(String id, boolean archived) {
        return Answer.ok(json.reference(store.archive(id, archived)).put("archived", archived));
    }

    private void checkCount(Map<String, JsonNode> attributes) {
        if (attributeLimit > 0 && attributes.size() > attributeLimit) {
            throw ApiException.invalid("custom_attributes",
                    "A contact can have at most " + attributeLimit + " custom attributes");
        }
    }
}
