package io.github.mparticleintercom.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.intercom.IntercomConnection;
import io.github.mparticleintercom.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Asks Intercom whether it knows the credentials, and whether they are those of the App ID and the region that are set. */
public final class OnlineCheck {

    private static final List<String> CREDENTIALS = List.of("intercom.access-token", "platform.web.api-key",
            "platform.ios.api-key", "platform.android.api-key", "platform.tvos.api-key");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final UnaryOperator<String> settings;
    private final Map<String, String> hosts;

    /**
     * What came back.
     *
     * @param status  the HTTP status; 0 where there was no answer
     * @param body    the JSON of a 200
     * @param trouble why there is none, without a secret
     */
    private record Answer(int status, JsonNode body, String trouble) {

        private static Answer none(String trouble) {
            return new Answer(0, MissingNode.getInstance(), trouble);
        }
    }

    /**
     * A check of these settings.
     *
     * @param settings gives the value of a key without the prefix; "" where it is not set
     */
    public OnlineCheck(UnaryOperator<String> settings) {
        this(settings, IntercomConnection.hosts());
    }

    OnlineCheck(UnaryOperator<String> settings, Map<String, String> hosts) {
        this.settings = settings;
        this.hosts = hosts;
    }

    /** Everything that is wrong; empty if all is well. */
    public List<Problem> problems() {
        Map<String, String> keysByToken = new LinkedHashMap<>();
        CREDENTIALS.stream().filter(key -> !settings.apply(key).isEmpty()).forEach(key ->
                keysByToken.merge(settings.apply(key), Settings.PREFIX + key, (one, other) -> one + " and " + other));
        if (keysByToken.isEmpty()) {
            return List.of(Problem.of("There is no credential to ask Intercom with: set " + Settings.PREFIX
                    + "intercom.access-token."));
        }
        return keysByToken.entrySet().stream().flatMap(token -> check(token.getValue(), token.getKey()).stream()).map(Problem::of).toList();
    }

    private List<String> check(String keys, String token) {
        String set = settings.apply("intercom.base-url");
        String address = set.isEmpty() ? hosts.getOrDefault(settings.apply("intercom.region"), "") : set.replaceAll("/+$", "");
        Answer answer = ask(address, token);
        return switch (answer.status()) {
            case 200 -> compare(keys, answer.body().path("app"));
            case 401 -> List.of(keys + ": Intercom does not know this token (401) at " + address + "."
                    + (set.isEmpty() ? elsewhere(token) : ""));
            case 403 -> List.of(keys + ": Intercom's answer is 403: the token lacks a permission.");
            default -> List.of(keys + ": " + address + " cannot be asked: " + answer.trouble() + ".");
        };
    }

    private List<String> compare(String keys, JsonNode app) {
        List<String> problems = new ArrayList<>();
        String id = app.path("id_code").asText("");
        String region = app.path("region").asText("").toLowerCase(Locale.ROOT);
        String wanted = settings.apply("intercom.app-id");
        if (!wanted.isEmpty() && !wanted.equals(id)) {
            problems.add(keys + " belongs to " + (id.isEmpty() ? "no workspace" : "the workspace " + id) + ", but "
                    + Settings.PREFIX + "intercom.app-id is '" + wanted + "'.");
        }
        if (!region.isEmpty() && !region.equals(settings.apply("intercom.region"))) {
            problems.add(keys + " belongs to a workspace in the region " + region + ", but " + Settings.PREFIX
                    + "intercom.region is '" + settings.apply("intercom.region") + "'.");
        }
        return problems;
    }

    /** A token of another region is no more than unknown, so the others are asked for it. */
    private String elsewhere(String token) {
        return hosts.entrySet().stream().filter(host -> !host.getKey().equals(settings.apply("intercom.region")))
                .filter(host -> ask(host.getValue(), token).status() == 200).map(host -> " It is one of the region "
                        + host.getKey() + ": set " + Settings.PREFIX + "intercom.region to that.").collect(Collectors.joining());
    }

    /** Asks once. */
    private Answer ask(String address, String token) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/me")).timeout(PATIENCE)
                    .header("Authorization", "Bearer " + token).header("Intercom-Version", settings.apply("intercom.api-version"))
                    .header("Accept", "application/json").build();
            HttpResponse<String> response = HttpClient.newBuilder().connectTimeout(PATIENCE).build()
                    .send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.statusCode() == 200 ? Json.MAPPER.readTree(response.body())
                    : MissingNode.getInstance(), "it answered " + response.statusCode());
        } catch (IllegalArgumentException e) {
            // its message would repeat the token
            return Answer.none("the address or the token holds characters that cannot be sent");
        } catch (IOException e) {
            return Answer.none(e.getClass().getSimpleName() + (e.getMessage() == null ? "" : " " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.none("interrupted");
        }
    }
}
