package io.github.mparticleintercom.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Looks into and steers a sandbox that runs on its own. Served without a token, which is why it is off by default
 * and why the server listens on the loopback address only.
 */
final class ControlApi {

    static final String PREFIX = "/_sandbox/";

    private final SandboxState state;
    private final Runnable reset;

    ControlApi(SandboxState state, Runnable reset) {
        this.state = state;
        this.reset = reset;
    }

    Answer handle(String method, String path, String body) {
        try {
            return switch (method + " " + path.substring(PREFIX.length())) {
                case "GET requests" -> Answer.ok(requests());
                case "GET contacts" -> Answer.ok(contacts());
                case "GET events" -> Answer.ok(events());
                case "POST reset" -> reset();
                case "POST faults" -> faults(body);
                default -> throw ApiException.notFound("The sandbox has no such control");
            };
        } catch (ApiException refusal) {
            return refusal.toAnswer(null);
        }
    }

    private Answer reset() {
        reset.run();
        return Answer.ok(Json.object().put("reset", true));
    }

    private Answer faults(String body) {
        ObjectNode wanted = FieldChecks.object(Json.parseOrNull(body));
        if (wanted.path("action").asText().equals("clear")) {
            state.faults().clear(true);
        } else {
            state.faults().add(FaultJson.parse(wanted));
        }
        return Answer.ok(wanted);
    }

    private ArrayNode requests() {
        ArrayNode list = Json.object().putArray("requests");
        state.log().snapshot(request -> true).forEach(request -> {
            ObjectNode node = list.addObject().put("sequence", request.sequence())
                    .put("time", request.time().toString()).put("method", request.method())
                    .put("path", request.path()).put("query", request.query()).put("status", request.status())
                    .put("token", request.tokenName()).put("kind", request.kind().name())
                    .put("request_id", request.requestId());
            ObjectNode headers = node.putObject("headers");
            Map<String, String> shown = new LinkedHashMap<>(request.headers());
            shown.computeIfPresent("authorization", (name, value) -> "hidden"); // might be a real token by mistake
            shown.forEach(headers::put);
            node.set("body", request.body());
        });
        return list;
    }

    private ArrayNode contacts() {
        ArrayNode list = Json.object().putArray("contacts");
        state.contacts().all().forEach(contact -> {
            ObjectNode node = list.addObject().put("id", contact.id()).put("role", contact.role())
                    .put("external_id", contact.externalId()).put("email", contact.email())
                    .put("archived", contact.archived()).put("merged_into", contact.mergedInto());
            contact.fields().forEach((name, value) -> node.set(name, value));
            node.putObject("custom_attributes").setAll(contact.customAttributes());
            state.companies().of(contact.id()).forEach(company -> node.withArray("companies").add(company.companyId()));
            state.tags().of(contact.id()).forEach(tag -> node.withArray("tags").add(tag));
        });
        return list;
    }

    private ArrayNode events() {
        ArrayNode list = Json.object().putArray("events");
        state.events().stored().forEach(event -> list.addObject().put("contact_id", event.contactId())
                .put("event_name", event.name()).put("created_at", event.createdAt())
                .set("metadata", event.metadata()));
        return list;
    }
}
