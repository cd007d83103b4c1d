package io.github.mparticleintercom.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/** The dead letters of a running bundle, through its HTTP door. */
final class RemoteDeadDesk implements DeadDesk {

    private final HttpClient client;
    private final String address;
    private final String authorization;

    private RemoteDeadDesk(HttpClient client, String address, String authorization) {
        this.client = client;
        this.address = address;
        this.authorization = authorization;
    }

    /** The desk of the bundle that these settings belong to; null when none answers. */
    static RemoteDeadDesk find(StoredSettings settings) throws IOException, InterruptedException {
        if (!settings.get("http.enabled").equals("true") || settings.get("http.port").equals("0")) {
            return null;
        }
        String host = settings.get("http.host");
        if (InetAddress.getByName(host).isAnyLocalAddress()) {
            host = InetAddress.getLoopbackAddress().getHostAddress();
        }
        boolean tls = settings.get("http.tls.enabled").equals("true");
        RemoteDeadDesk desk = new RemoteDeadDesk(tls ? trusting(settings) : HttpClient.newHttpClient(),
                (tls ? "https" : "http") + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":"
                + settings.get("http.port"), settings.get("http.authorization"));
        try {
            desk.list(null, 1);
            return desk;
        } catch (ConnectException e) {
            return null;
        }
    }

    private static HttpClient trusting(StoredSettings settings) throws IOException {
        try {
            return HttpClient.newBuilder().sslContext(ServerCertificate.read("http", settings::get).trust()).build();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    @Override
    public JsonNode list(String reason, int limit) throws IOException, InterruptedException {
        return call("GET", "/dead?limit=" + limit + (reason == null ? "" : "&reason=" + encode(reason)), null);
    }

    @Override
    public JsonNode show(String id) throws IOException, InterruptedException {
        return call("GET", "/dead/" + encode(id), null);
    }

    @Override
    public JsonNode replay(String id, String body) throws IOException, InterruptedException {
        return call("POST", "/dead/" + encode(id) + "/replay", body);
    }

    @Override
    public JsonNode replayAll(String reason) throws IOException, InterruptedException {
        return call("POST", "/dead/replay?reason=" + encode(reason), null);
    }

    @Override
    public JsonNode discard(String id) throws IOException, InterruptedException {
        return call("DELETE", "/dead/" + encode(id), null);
    }

    @Override
    public JsonNode discardAll(String reason) throws IOException, InterruptedException {
        return call("DELETE", "/dead?reason=" + encode(reason), null);
    }

    @Override
    public void close() {
        // the client holds nothing that must be given back
    }

    private JsonNode call(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        JsonNode json;
        try {
            json = Json.MAPPER.readTree(answer.body());
        } catch (IOException e) {
            json = Json.object();
        }
        if (answer.statusCode() == 200) {
            return json;
        }
        String message = json.at("/errors/0/message").asText("no answer of mparticle-intercom");
        int code = switch (json.at("/errors/0/reason").asText()) {
            case "no-such-letter" -> CommandFailure.NOTHING_FOUND;
            case "invalid-parameter", "invalid-json" -> CommandFailure.WRONG_USAGE;
            default -> CommandFailure.FAILED;
        };
        throw new CommandFailure(code, message + " (" + answer.statusCode() + " from " + address + ")");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
