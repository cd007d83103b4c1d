package io.github.mparticleintercom.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Calls the management API of the running program, whose address and authorization the settings hold. */
final class ManagementClient {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
    private final String address;
    private final String authorization;

    /**
     * A client.
     *
     * @param address       where the API is, such as {@code http://127.0.0.1:9876}
     * @param authorization the whole Authorization header; "" for none
     */
    ManagementClient(String address, String authorization) {
        this.address = address.replaceFirst("/+$", "");
        this.authorization = authorization;
    }

    /**
     * One for the program that runs on these settings.
     *
     * @param url      the address to use in place of theirs; null for theirs
     * @param settings the settings
     * @throws CommandFailure when there is no such address
     */
    static ManagementClient of(String url, ClientSettings settings) {
        String authorization = settings.get("mparticle-intercom.http.authorization", "");
        if (url == null) {
            return new ManagementClient(address(settings), authorization);
        }
        if (!url.matches("https?://[^\\s/?#]+(/[^\\s?#]*)?")) {
            throw new CommandFailure(CommandFailure.WRONG_USAGE, "--url is '" + url + "', which is not an http or https address.");
        }
        return new ManagementClient(url, authorization);
    }

    private static String address(ClientSettings settings) {
        String port = settings.get("camel.management.port", "9876");
        if (!settings.get("camel.management.enabled", "false").equals("true") || port.equals("0")) {
            throw new CommandFailure(CommandFailure.FAILED, "The settings name no management port (camel.management.enabled,"
                    + " camel.management.port); say with --url which program is meant.");
        }
        String host = settings.get("camel.management.host", "0.0.0.0");
        try {
            if (InetAddress.getByName(host).isAnyLocalAddress()) {
                host = InetAddress.getLoopbackAddress().getHostAddress();
            }
        } catch (UnknownHostException e) {
            throw new CommandFailure(CommandFailure.FAILED, "camel.management.host is '" + host + "', which is no known host.");
        }
        boolean tls = settings.get("camel.management.use-global-ssl-context-parameters", "false").equals("true");
        return (tls ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** The answer to a question. */
    JsonNode get(String path) throws IOException, InterruptedException {
        return call("GET", path, null);
    }

    /** The answer to a post; without a body where that is null. */
    JsonNode post(String path, byte[] body) throws IOException, InterruptedException {
        return call("POST", path, body);
    }

    /** The answer to a deletion. */
    JsonNode delete(String path) throws IOException, InterruptedException {
        return call("DELETE", path, null);
    }

    /** A text as it stands in a path or a query. */
    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private JsonNode call(String method, String path, byte[] body) throws IOException, InterruptedException {
        BodyPublisher publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path)).method(method, publisher);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        HttpResponse<byte[]> answer;
        try {
            answer = client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new CommandFailure(CommandFailure.FAILED, "Nothing answers at " + address + ". Is it running? 'mparticle-intercom"
                    + " run --hold' starts it with intake and delivery shut.");
        } catch (SSLException e) {
            throw new CommandFailure(CommandFailure.FAILED, "The certificate at " + address + " is not trusted; name a trust store with"
                    + " JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE.");
        }
        JsonNode json = json(answer);
        if (answer.statusCode() == OK && json.isObject()) {
            return json;
        }
        String message = json.at("/errors/0/message").asText("no answer of mparticle-intercom");
        throw new CommandFailure(exitCode(json.at("/errors/0/reason").asText(), answer.statusCode()),
                message + " (" + answer.statusCode() + " from " + address + ")");
    }

    private static int exitCode(String reason, int status) {
        if (reason.equals("no-such-dead-letter")) {
            return CommandFailure.NOTHING_FOUND;
        }
        return status == BAD_REQUEST ? CommandFailure.WRONG_USAGE : CommandFailure.FAILED;
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        try {
            return Json.MAPPER.readTree(answer.body());
        } catch (IOException e) {
            return Json.object();
        }
    }
}
