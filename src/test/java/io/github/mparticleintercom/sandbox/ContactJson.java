package io.github.mparticleintercom.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Writes a contact as the API answers it. */
final class ContactJson {

    private static final List<String> PLAIN =
            List.of("phone", "name", "owner_id", "signed_up_at", "last_seen_at", "language_override");
    private static final List<String> LISTS = List.of("tags", "notes", "companies");

    private final String appId;

    ContactJson(String appId) {
        this.appId = appId;
    }

    ObjectNode render(SandboxContact contact) {
        ObjectNode json = reference(contact).put("workspace_id", appId).put("role", contact.role())
                .put("email", contact.email());
        PLAIN.forEach(name -> json.set(name, contact.field(name)));
        JsonNode avatar = contact.field("avatar");
        if (avatar == null) {
            json.putNull("avatar");
        } else {
            // Written as a URL, read as an object.
            json.putObject("avatar").put("type", "avatar").put("image_url", avatar.textValue());
        }
        json.put("unsubscribed_from_emails", isTrue(contact.field("unsubscribed_from_emails")));
        json.put("has_hard_bounced", false).put("marked_email_as_spam", false);
        json.put("created_at", contact.createdAt()).put("updated_at", contact.updatedAt());
        json.putObject("custom_attributes").setAll(contact.customAttributes());
        for (String list : LISTS) {
            ObjectNode node = json.putObject(list).put("type", "list");
            node.putArray("data");
            node.put("url", "/contacts/" + contact.id() + "/" + list).put("total_count", 0).put("has_more", false);
        }
        return json;
    }

    /** The short form that archiving and deleting answer with. */
    ObjectNode reference(SandboxContact contact) {
        return Json.object().put("type", "contact").put("id", contact.id())
                .put("external_id", contact.externalId());
    }

    private static boolean isTrue(JsonNode value) {
        return value != null && value.booleanValue();
    }
}
