package io.github.mparticleintercom.bundle;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** One post to the HTTP intake as any client would send it. */
public final class Post {

    /** An answer. */
    public record Reply(HttpResponse<String> raw) {

        public int status() {
            return raw.statusCode();
        }

        JsonNode json() {
            try {
                return Json.MAPPER.readTree(raw.body());
            } catch (IOException e) {
                throw new AssertionError("Not JSON: " + raw.body(), e);
            }
        }

        /** The only error in mParticle's shape. */
        JsonNode error() {
            JsonNode errors = json().path("errors");
            if (!errors.isArray() || errors.size() != 1 || !errors.get(0).path("message").isTextual()) {
                throw new AssertionError("Not in mParticle's error shape: " + raw.body());
            }
            return errors.get(0);
        }

        String reason() {
            return error().path("reason").asText();
        }

        String field() {
            return error().path("field").asText(null);
        }

        String header(String name) {
            return raw.headers().firstValue(name).orElse(null);
        }
    }

    private static final HttpClient HTTP = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String url;
    private final Map<String, String> headers = new LinkedHashMap<>(Map.of("Content-Type", "application/json"));
    private String method = "POST";
    private boolean chunked;

    private Post(String url) {
        this.url = url;
    }

    public static Post to(Bundle bundle, String path) {
        return new Post(bundle.url() + path);
    }

    /** To the management port. */
    static Post toManagement(Bundle bundle, String path) {
        return new Post(bundle.managementUrl() + path);
    }

    /** Another header; none with a null value. */
    Post with(String name, String value) {
        headers.remove(name);
        if (value != null) {
            headers.put(name, value);
        }
        return this;
    }

    Post as(String anotherMethod) {
        method = anotherMethod;
        return this;
    }

    /** Without telling the length first. */
    Post chunked() {
        chunked = true;
        return this;
    }

    public Reply send(String body) {
        return send(body.getBytes(StandardCharsets.UTF_8));
    }

    Reply send(byte[] body) {
        HttpRequest.BodyPublisher bytes = BodyPublishers.ofByteArray(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .method(method, chunked ? BodyPublishers.fromPublisher(bytes) : bytes);
        headers.forEach(request::header);
        try {
            return new Reply(HTTP.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(packed)) {
            stream.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return packed.toByteArray();
    }
}
