package io.github.mparticleintercom.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import java.util.UUID;

/** Requests to forget a user, as a controller sends them. */
final class Erasures {

    static final String SECRET = "Bearer may-erase";

    private Erasures() {
    }

    /** What makes a bundle take them. */
    static Bundle.Builder on(Bundle.Builder builder) {
        return builder.set("http.enabled", "true").set("erasure.enabled", "true").set("erasure.authorization", SECRET);
    }

    /** A request about one user: pairs of identity type and value. */
    static ObjectNode request(String... identities) {
        ObjectNode json = Json.object().put("regulation", "gdpr").put("subject_request_id", UUID.randomUUID().toString())
                .put("subject_request_type", "erasure").put("submitted_time", "2026-10-02T15:00:00Z");
        for (int i = 0; i < identities.length; i += 2) {
            json.withArray("subject_identities").addObject().put("identity_type", identities[i]).put("identity_value", identities[i + 1])
                    .put("identity_format", "raw");
        }
        return json;
    }

    static ObjectNode ofCustomer(String customerId) {
        return request("controller_customer_id", customerId);
    }

    static ObjectNode ofEmail(String email) {
        return request("email", email);
    }

    static String id(JsonNode request) {
        return request.path("subject_request_id").asText();
    }

    static Post.Reply post(Bundle bundle, JsonNode request) {
        return Post.to(bundle, "/opendsr/v2/requests").with("Authorization", SECRET).send(request.toString());
    }

    static Post.Reply get(Bundle bundle, String path) {
        return Post.to(bundle, "/opendsr/v2/" + path).as("GET").with("Authorization", SECRET).send("");
    }

    static Post.Reply cancel(Bundle bundle, JsonNode request) {
        return Post.to(bundle, "/opendsr/v2/requests/" + id(request)).as("DELETE").with("Authorization", SECRET).send("");
    }

    static String status(Bundle bundle, JsonNode request) {
        return get(bundle, "requests/" + id(request)).json().path("request_status").asText();
    }
}
