package io.github.mparticleintercom.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The {@code /me} endpoint: who the token belongs to, and which workspace. */
final class AdminApi {

    private final SandboxConfig config;
    private final long startedAt;

    AdminApi(SandboxConfig config) {
        this.config = config;
        this.startedAt = config.clock().instant().getEpochSecond();
    }

    Answer me(ApiRequest request) {
        ObjectNode admin = Json.object().put("type", "admin").put("id", "1").put("name", "Sandbox Admin")
                .put("email", "admin@sandbox.invalid").put("email_verified", true).put("has_inbox_seat", true);
        admin.putObject("app").put("type", "app").put("id_code", config.appId()).put("name", "Sandbox")
                .put("region", config.region()).put("timezone", "Etc/UTC").put("created_at", startedAt)
                .put("identity_verification", false);
        return Answer.ok(admin);
    }
}
