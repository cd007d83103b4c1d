package io.github.mparticleintercom.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The {@code /data_attributes} endpoints. */
final class DataAttributeApi {

    // A few of the attributes every workspace has, so that a caller must distinguish custom ones.
    private static final Map<String, String> STANDARD =
            Map.of("name", "string", "email", "string", "phone", "string", "signed_up_at", "date");

    private final DataAttributeStore store;

    DataAttributeApi(DataAttributeStore store) {
        this.store = store;
    }

    Answer list(ApiRequest request) {
        String model = request.query("model");
        if (model != null && !model.equals("contact") && !model.equals("company")) {
            throw new ApiException(422, "parameter_invalid", "model must be contact or company", "model", Map.of());
        }
        ObjectNode list = Json.object().put("type", "list");
        ArrayNode data = list.putArray("data");
        if (!"company".equals(model)) {
            STANDARD.forEach((name, type) -> data.add(render(name, name, "contact", type, false)));
        }
        store.all().stream()
                .filter(attribute -> model == null || attribute.model().equals(model))
                .forEach(attribute -> data.add(render(attribute)));
        return Answer.ok(list);
    }

    Answer create(ApiRequest request) {
        ObjectNode body = FieldChecks.object(request.body());
        String name = required(body, "name");
        String model = required(body, "model");
        String type = required(body, "data_type");
        return Answer.ok(render(store.add(name, model, type, options(body))));
    }

    private static String required(ObjectNode body, String field) {
        if (!body.has(field)) {
            throw ApiException.missing(field, field + " is required");
        }
        return FieldChecks.text(body.get(field), field);
    }

    private static List<String> options(ObjectNode body) {
        List<String> options = new ArrayList<>();
        for (JsonNode option : body.path("options")) {
            options.add(FieldChecks.nonBlankText(option.path("value"), "options"));
        }
        return List.copyOf(options);
    }

    private static ObjectNode render(DataAttribute attribute) {
        ObjectNode node = render(attribute.name(), "custom_attributes." + attribute.name(), attribute.model(),
                attribute.dataType(), true);
        node.put("id", attribute.id());
        if (!attribute.options().isEmpty()) {
            attribute.options().forEach(node.putArray("options")::add);
        }
        return node;
    }

    private static ObjectNode render(String name, String fullName, String model, String type, boolean custom) {
        return Json.object().put("type", "data_attribute").put("name", name).put("full_name", fullName)
                .put("label", name).put("model", model).put("data_type", type).put("api_writable", true)
                .put("custom", custom).put("archived", false);
    }
}
