package io.github.mparticleintercom.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A plain caller of the sandbox for its own tests; immutable. */
final class SandboxClient {

    /** An answer with its body as JSON, null if it has none. */
    record Reply(int status, JsonNode json, String text, HttpResponse<String> raw) {

        String code() {
            return json.path("errors").path(0).path("code").asText();
        }

        String message() {
            return json.path("errors").path(0).path("message").asText();
        }

        String field() {
            return json.path("errors").path(0).path("field").asText();
        }

        Optional<String> header(String name) {
            return raw.headers().firstValue(name);
        }

        String id() {
            return json.path("id").asText();
        }
    }

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final IntercomSandbox sandbox;
    private final Map<String, String> headers;

    private SandboxClient(IntercomSandbox sandbox, Map<String, String> headers) {
        this.sandbox = sandbox;
        this.headers = headers;
    }

    static SandboxClient of(IntercomSandbox sandbox) {
        return new SandboxClient(sandbox, Map.of("Authorization", "Bearer " + SandboxConfig.DEFAULT_TOKEN,
                "Content-Type", "application/json", "Accept", "application/json", "Intercom-Version", "2.16"));
    }

    /** The same caller with another header, or without it if the value is null. */
    SandboxClient with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.remove(name);
        if (value != null) {
            changed.put(name, value);
        }
        return new SandboxClient(sandbox, changed);
    }

    Reply get(String path) {
        return send("GET", path, null);
    }

    Reply post(String path, String json) {
        return send("POST", path, json);
    }

    Reply put(String path, String json) {
        return send("PUT", path, json);
    }

    Reply delete(String path) {
        return send("DELETE", path, null);
    }

    Reply send(String method, String path, String json) {
        try {
            return sendOrFail(method, path, json);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    Reply sendOrFail(String method, String path, String json) throws IOException {
        try {
            return reply(http.send(request(method, path, json), BodyHandlers.ofString()));
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    CompletableFuture<Reply> sendAsync(String method, String path, String json) {
        return http.sendAsync(request(method, path, json), BodyHandlers.ofString()).thenApply(SandboxClient::reply);
    }

    private HttpRequest request(String method, String path, String json) {
        BodyPublisher body = json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(sandbox.baseUrl() + path))
                .timeout(Duration.ofSeconds(30)).method(method, body);
        headers.forEach(request::header);
        return request.build();
    }

    private static Reply reply(HttpResponse<String> raw) {
        return new Reply(raw.statusCode(), Json.parseOrNull(raw.body()), raw.body(), raw);
    }
}
