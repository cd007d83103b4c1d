package io.github.mparticleintercom.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The {@code /events} endpoint. It never creates a contact. */
final class EventApi {

    private final ContactStore contacts;
    private final EventStore events;
    private final EventMetadata metadata;

    EventApi(ContactStore contacts, EventStore events, SandboxConfig config) {
        this.contacts = contacts;
        this.events = events;
        this.metadata = new EventMetadata(config);
    }

    Answer submit(ApiRequest request) {
        ObjectNode body = FieldChecks.object(request.body());
        String name = FieldChecks.optionalText(body, "event_name");
        if (name == null) {
            throw ApiException.missing("event_name", "event_name is required");
        }
        if (!body.has("created_at")) {
            throw ApiException.missing("created_at", "created_at is required");
        }
        long createdAt = FieldChecks.unixSeconds(body.get("created_at"), "created_at");
        String id = FieldChecks.optionalText(body, "id");
        String userId = FieldChecks.optionalText(body, "user_id");
        String email = FieldChecks.optionalText(body, "email");
        if (id == null && userId == null && email == null) {
            throw ApiException.missing("user_id", "One of id, user_id or email is required");
        }
        ObjectNode kept = metadata.keep(body.get("metadata"));
        SandboxContact contact = find(id, userId, email);
        events.add(new StoredEvent(contact.id(), EventStore.normalise(name), createdAt, kept));
        return Answer.accepted();
    }

    // Which one wins if several are sent is not documented; the most exact one is taken here.
    private SandboxContact find(String id, String userId, String email) {
        if (id != null) {
            return contacts.byId(id).filter(SandboxContact::isLive).orElseThrow(EventApi::unknown);
        }
        if (userId != null) {
            return contacts.byExternalId(userId).filter(SandboxContact::isLive).orElseThrow(EventApi::unknown);
        }
        List<SandboxContact> users = contacts.byEmail(email).stream()
                .filter(contact -> contact.isLive() && contact.isUser())
                .toList();
        if (users.size() > 1) {
            throw ContactConflicts.ambiguous(email);
        }
        return users.stream().findFirst().orElseThrow(EventApi::unknown);
    }

    private static ApiException unknown() {
        return ApiException.notFound("User Not Found");
    }
}
