package io.github.mparticleintercom.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tags of the workspace, the contacts that have them, and their endpoints. Names are the same in upper and lower case. */
final class Tags {

    private final Map<String, String> namesById = new LinkedHashMap<>();
    private final Attachments attached = new Attachments();
    private final ContactStore contacts;

    Tags(ContactStore contacts) {
        this.contacts = contacts;
    }

    /** Creates a tag, or finds the one of this name. */
    synchronized Answer save(ApiRequest request) {
        ObjectNode body = FieldChecks.object(request.body());
        String name = FieldChecks.optionalText(body, "name");
        if (name == null || body.size() > 1) {
            throw ApiException.invalid(null, "invalid tag parameters");
        }
        String id = namesById.entrySet().stream().filter(tag -> tag.getValue().equalsIgnoreCase(name)).map(Map.Entry::getKey)
                .findFirst().orElseGet(() -> String.valueOf(81 + namesById.size()));
        namesById.putIfAbsent(id, name);
        return Answer.ok(render(id));
    }

    synchronized Answer list(ApiRequest request) {
        ObjectNode list = Json.object().put("type", "list");
        ArrayNode data = list.putArray("data");
        namesById.keySet().forEach(id -> data.add(render(id)));
        return Answer.ok(list);
    }

    synchronized Answer add(ApiRequest request) {
        SandboxContact contact = contacts.live(request.segment(1));
        String id = known(FieldChecks.object(request.body()).path("id").asText());
        attached.add(contact.id(), id);
        return Answer.ok(render(id));
    }

    synchronized Answer remove(ApiRequest request) {
        SandboxContact contact = contacts.live(request.segment(1));
        String id = known(request.segment(3));
        if (!attached.remove(contact.id(), id)) {
            throw ApiException.notFound("Resource Not Found");
        }
        return Answer.ok(render(id));
    }

    synchronized List<String> of(String contactId) {
        return attached.of(contactId).stream().map(namesById::get).toList();
    }

    synchronized List<String> all() {
        return List.copyOf(namesById.values());
    }

    /** A contact was merged into another. */
    void move(String from, String into) {
        attached.move(from, into);
    }

    synchronized void clear() {
        namesById.clear();
        attached.clear();
    }

    private String known(String id) {
        if (!namesById.containsKey(id)) {
            throw ApiException.notFound("Resource Not Found");
        }
        return id;
    }

    private ObjectNode render(String id) {
        return Json.object().put("type", "tag").put("id", id).put("name", namesById.get(id));
    }
}
