package io.github.mparticleintercom.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.mparticleintercom.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Intercom's {@code GET /me}: whose token it is. */
final class IntercomMe {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private IntercomMe() {
    }

    /**
     * What came back.
     *
     * @param status  the HTTP status; 0 where there was no answer
     * @param body    the JSON of a 200
     * @param trouble why there is none, without a secret
     */
    record Answer(int status, JsonNode body, String trouble) {
    }

    /** Asks once. */
    static Answer ask(String address, String token, String version) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/me")).timeout(PATIENCE)
                    .header("Authorization", "Bearer " + token).header("Intercom-Version", version)
                    .header("Accept", "application/json").build();
            HttpResponse<String> response = HttpClient.newBuilder().connectTimeout(PATIENCE).build()
                    .send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200
                    ? new Answer(200, Json.MAPPER.readTree(response.body()), "")
                    : new Answer(response.statusCode(), MissingNode.getInstance(), "it answered " + response.statusCode());
        } catch (IllegalArgumentException e) {
            // its message would repeat the token
            return new Answer(0, MissingNode.getInstance(), "the address or the token holds characters that cannot be sent");
        } catch (IOException e) {
            return new Answer(0, MissingNode.getInstance(), e.getClass().getSimpleName()
                    + (e.getMessage() == null ? "" : " " + e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(0, MissingNode.getInstance(), "interrupted");
        }
    }
}
