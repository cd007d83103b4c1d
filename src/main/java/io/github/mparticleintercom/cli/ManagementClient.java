package io.github.mparticleintercom.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.server.Installation;
import io.github.mparticleintercom.settings.SettingsException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a command has that calls the management API of the running program, whose address and authorization the settings hold. */
final class ManagementClient {

    private static final Duration CONNECT = Duration.ofSeconds(10);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;
    @Option(names = "--url", paramLabel = "URL", description = "Where its management API is. By default the settings say it, and"
            + " the authorization in any case.")
    private String url;
    private HttpClient client;
    private String address;
    private String authorization;

    CommandSpec command() {
        return command;
    }

    /** Where the answer goes. */
    PrintWriter out() {
        return command.commandLine().getOut();
    }

    /** Where the program is, once it was called. */
    String address() {
        return address;
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

    /** A file as the person means it: from the folder in which the command was given, which the start script leaves. */
    static Path file(String name) {
        return Path.of(System.getProperty("mparticle-intercom.from", "")).resolve(name);
    }

    /**
     * What is in such a file.
     *
     * @throws CommandFailure when it cannot be read
     */
    static byte[] read(String name) {
        byte[] content;
        try {
            content = Files.readAllBytes(file(name));
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.WRONG_USAGE, "Cannot read " + file(name));
        }
        if (content.length == 0) {
            // the API would take it for none
            throw new CommandFailure(CommandFailure.WRONG_USAGE, file(name) + " is empty");
        }
        return content;
    }

    private JsonNode call(String method, String path, byte[] body) throws IOException, InterruptedException {
        connect();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
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
        if (answer.statusCode() == 200 && json.isObject()) {
            return json;
        }
        String message = json.at("/errors/0/message").asText("no answer of mparticle-intercom");
        int exitCode = json.at("/errors/0/reason").asText().equals("no-such-dead-letter") ? CommandFailure.NOTHING_FOUND
                : answer.statusCode() == 400 ? CommandFailure.WRONG_USAGE : CommandFailure.FAILED;
        throw new CommandFailure(exitCode, message + " (" + answer.statusCode() + " from " + address + ")");
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        try {
            return Json.MAPPER.readTree(answer.body());
        } catch (IOException e) {
            return Json.object();
        }
    }

    private void connect() {
        if (client != null) {
            return;
        }
        if (url != null && !url.matches("https?://[^\\s/?#]+(/[^\\s?#]*)?")) {
            throw new CommandFailure(CommandFailure.WRONG_USAGE, "--url is '" + url + "', which is not an http or https address.");
        }
        try (DefaultCamelContext settings = Installation.settings()) {
            authorization = Installation.setting(settings, "http.authorization");
            address = url == null ? address(settings) : url.replaceFirst("/+$", "");
        } catch (IllegalArgumentException e) {
            throw new SettingsException("The settings cannot be read; 'mparticle-intercom check' says why.");
        } catch (IOException e) {
            throw new CommandFailure(CommandFailure.FAILED, e.getMessage());
        }
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
    }

    private static String address(CamelContext settings) {
        String port = setting(settings, "camel.management.port", "9876");
        if (!setting(settings, "camel.management.enabled", "false").equals("true") || port.equals("0")) {
            throw new CommandFailure(CommandFailure.FAILED, "The settings name no management port (camel.management.enabled,"
                    + " camel.management.port); say with --url which program is meant.");
        }
        String host = setting(settings, "camel.management.host", "0.0.0.0");
        try {
            if (InetAddress.getByName(host).isAnyLocalAddress()) {
                host = InetAddress.getLoopbackAddress().getHostAddress();
            }
        } catch (UnknownHostException e) {
            throw new CommandFailure(CommandFailure.FAILED, "camel.management.host is '" + host + "', which is no known host.");
        }
        boolean tls = setting(settings, "camel.management.use-global-ssl-context-parameters", "false").equals("true");
        return (tls ? "https://" : "http://") + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static String setting(CamelContext settings, String key, String otherwise) {
        return settings.resolvePropertyPlaceholders("{{" + key + ":" + otherwise + "}}").strip();
    }
}
