package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.sandbox.CallKind;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import jakarta.jms.Connection;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The dead letters over the management API. */
class DeadLettersApiTest {

    private static final String SECRET = "Bearer for-the-engineer";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private IntercomSandbox intercom;
    private Bundle bundle;

    @BeforeEach
    void start() throws Exception {
        intercom = IntercomSandbox.start();
        bundle = Bundle.builder().to(intercom).watched().set("http.authorization", SECRET).start();
    }

    @AfterEach
    void stop() throws Exception {
        bundle.close();
        intercom.close();
    }

    @Test
    void listsTheNewestLastAndShowsEverything() throws Exception {
        ObjectNode batch = deadLetter("c1");
        bundle.send("{no json");
        bundle.send("[[7]]");

        JsonNode all = json(call("GET", "/dead-letters", null));
        assertThat(all.get("total").asInt()).isEqualTo(3);
        assertThat(all.get("dead_letters")).extracting(deadLetter -> deadLetter.get("reason").asText())
                .containsExactly("intercom-refused", "invalid-json", "not-a-batch");
        assertThat(all.get("dead_letters")).allSatisfy(deadLetter -> assertThat(deadLetter.has("body")).isFalse());
        JsonNode last = json(call("GET", "/dead-letters?limit=1", null));
        assertThat(last.get("total").asInt()).isEqualTo(3);
        assertThat(last.get("dead_letters")).containsExactly(all.at("/dead_letters/2"));
        JsonNode older = json(call("GET", "/dead-letters?limit=1&before=" + last.at("/dead_letters/0/id").asText(), null));
        assertThat(older.get("dead_letters")).containsExactly(all.at("/dead_letters/1"));
        assertThat(json(call("GET", "/dead-letters?reason=invalid-json", null)).get("dead_letters"))
                .containsExactly(all.at("/dead_letters/1"));

        JsonNode deadLetter = json(call("GET", "/dead-letters/" + all.at("/dead_letters/0/id").asText(), null));
        assertThat(deadLetter.at("/body/event_name").asText()).isEqualTo("Opened");
        assertThat(deadLetter.get("advice").asText()).isEqualTo(Reason.INTERCOM_REFUSED.advice());
        assertThat(deadLetter.get("status").asInt()).isEqualTo(422);
        assertThat(deadLetter.get("attempts").asInt()).isEqualTo(1);
        assertThat(deadLetter.get("batch_id").asText()).isEqualTo(batch.get("batch_id").asText());
        assertThat(json(call("GET", "/dead-letters/" + all.at("/dead_letters/1/id").asText(), null)).get("body_text").asText())
                .isEqualTo("{no json");
    }

    @Test
    void aBodyThatNamesAnotherUserIsThatUsersRequest() throws Exception {
        deadLetter("c1");
        ObjectNode edited = (ObjectNode) json(call("GET", "/dead-letters/" + onlyId(), null)).get("body");
        edited.put("user_id", "c2").put("email", "c2@example.com");
        intercom.seed().user("c2", null);
        intercom.fault(Fault.status(422).on(CallKind.EVENT));
        assertThat(call("POST", "/dead-letters/" + onlyId() + "/replay", edited.toString()).statusCode()).isEqualTo(200);

        await().untilAsserted(() -> assertThat(bundle.dead()).singleElement()
                .satisfies(again -> assertThat(again.getStringProperty("userKey")).isEqualTo("c2"))
                .satisfies(again -> assertThat(again.getStringProperty("otherUserKey")).startsWith("email-")));
    }

    @Test
    void replaysOneAsItIsAndOneEdited() throws Exception {
        deadLetter("c1");
        String id = onlyId();
        HttpResponse<String> answer = call("POST", "/dead-letters/" + id + "/replay", null);
        assertThat(json(answer)).isEqualTo(Json.object().put("replayed", 1).put("dead_lettered_again", 0));
        await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));

        deadLetter("c2");
        ObjectNode edited = (ObjectNode) json(call("GET", "/dead-letters/" + onlyId(), null)).get("body");
        String second = "/dead-letters/" + onlyId() + "/replay";
        error(call("POST", second, "{"), 400, "invalid-json", "body");
        error(send(request("POST", second, "event_name=Fixed").header("Content-Type", "application/x-www-form-urlencoded")),
                415, "unsupported-media-type", "Content-Type");
        assertThat(bundle.dead()).hasSize(1);
        assertThat(call("POST", second, edited.put("event_name", "Fixed").toString()).statusCode()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(intercom.events()).extracting(event -> event.name())
                .containsExactly("Opened", "Fixed"));
        assertThat(bundle.dead()).isEmpty();
    }

    @Test
    void keepsWhatIsReplayedWithABodyOfAnotherKind() throws Exception {
        deadLetter("c1");
        String event = onlyId();
        bundle.send("{no json");
        String batch = json(call("GET", "/dead-letters?reason=invalid-json", null)).at("/dead_letters/0/id").asText();

        for (String body : List.of("[]", "[1]", "5", "null", "true", "\"text\"")) {
            error(call("POST", "/dead-letters/" + event + "/replay", body), 400, "invalid-field", "body");
            error(call("POST", "/dead-letters/" + batch + "/replay", body), 400, "not-a-batch", "body");
        }
        error(call("POST", "/dead-letters/" + event + "/replay", "{\"event_name\":\"Fixed\",\"created_at\":1790000000}"), 400, "invalid-field", "user_id");
        error(call("POST", "/dead-letters/" + batch + "/replay", "{}"), 400, "empty-object", "body");
        error(call("POST", "/dead-letters/" + UUID.randomUUID() + "/replay", "{}"), 404, "no-such-dead-letter", "id");
        assertThat(json(call("GET", "/dead-letters", null)).get("dead_letters")).extracting(deadLetter -> deadLetter.get("id").asText())
                .containsExactly(event, batch);
    }

    @Test
    void keepsAnArrayWithoutBatchesThatIsReplayed() throws Exception {
        bundle.send("[[]]");

        assertThat(json(call("POST", "/dead-letters/" + onlyId() + "/replay", null)))
                .isEqualTo(Json.object().put("replayed", 1).put("dead_lettered_again", 1));
        assertThat(json(call("GET", "/dead-letters/" + onlyId(), null)).get("body")).isEqualTo(Json.MAPPER.createArrayNode());
        assertThat(bundle.dead().get(0).getStringProperty("reason")).isEqualTo("not-a-batch");
    }

    @Test
    void replaysAndDiscardsByReason() throws Exception {
        deadLetter("c1");
        bundle.send("{no json");
        bundle.send("{no json either");

        assertThat(json(call("POST", "/dead-letters/replay?reason=intercom-refused", null)).get("replayed").asInt()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));
        assertThat(json(call("DELETE", "/dead-letters/" + json(call("GET", "/dead-letters", null)).at("/dead_letters/0/id").asText(), null)))
                .isEqualTo(Json.object().put("discarded", 1));
        assertThat(bundle.dead()).hasSize(1);
        assertThat(json(call("DELETE", "/dead-letters?reason=invalid-json", null)).get("discarded").asInt()).isEqualTo(1);
        assertThat(json(call("DELETE", "/dead-letters?reason=all", null)).get("discarded").asInt()).isZero();
        assertThat(bundle.dead()).isEmpty();
    }

    @Test
    void askedUnclearlyItTouchesNothing() throws Exception {
        bundle.send("{no json");
        for (String request : List.of("DELETE /dead-letters", "POST /dead-letters/replay", "DELETE /dead-letters?reason=", "DELETE /dead-letters?reason=No-Such",
                "POST /dead-letters/replay?reason=ALL%27%20OR%201=1", "GET /dead-letters?reason=no_such")) {
            error(call(request), 400, "invalid-parameter", "reason");
        }
        error(call("GET /dead-letters?limit=0"), 400, "invalid-parameter", "limit");
        error(call("GET /dead-letters?limit=many"), 400, "invalid-parameter", "limit");
        error(call("GET /dead-letters?before=" + UUID.randomUUID()), 404, "no-such-dead-letter", "before");
        assertThat(json(call("DELETE /dead-letters?reason=of-an-engineer")).get("discarded").asInt()).isZero();
        assertThat(bundle.dead()).hasSize(1);
    }

    @Test
    void answersOtherMethodsInTheSameShape() throws Exception {
        HttpResponse<String> answer = call("PUT /dead-letters");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(Json.MAPPER.readTree(answer.body()).at("/errors/0/reason").asText()).isEqualTo("method-not-allowed");
    }

    @Test
    void takesTheReasonFromTheQueryOnlyAndTheIdFromTheAddressOnly() throws Exception {
        bundle.send("{no json");
        String id = onlyId();

        error(send(request("DELETE", "/dead-letters", null).header("reason", "all")), 400, "invalid-parameter", "reason");
        error(send(request("DELETE", "/dead-letters/" + UUID.randomUUID() + "?id=" + id, null).header("id", id)), 404,
                "no-such-dead-letter", "id");
        assertThat(bundle.dead()).hasSize(1);
    }

    @Test
    void doesNotKnowAStrangersId() throws Exception {
        bundle.send("{no json");
        for (String id : List.of(UUID.randomUUID().toString(), "x%27%20OR%20%27a%27=%27a")) {
            for (String request : List.of("GET /dead-letters/" + id, "DELETE /dead-letters/" + id, "POST /dead-letters/" + id + "/replay")) {
                error(call(request), 404, "no-such-dead-letter", "id");
            }
        }
        assertThat(bundle.dead()).hasSize(1);
    }

    @Test
    void listsMoreThanTheBrokerKeepsInMemoryAndSaysSoWhenOneIsOutOfReach() throws Exception {
        String half = UUID.randomUUID().toString().substring(8);
        try (Connection connection = bundle.connect()) {
            Session session = connection.createSession(true, Session.SESSION_TRANSACTED);
            MessageProducer producer = session.createProducer(session.createQueue("mparticle-intercom.dead-letters"));
            for (int i = 0; i < 1000; i++) {
                Message deadLetter = session.createTextMessage("x".repeat(45_000));
                deadLetter.setStringProperty("deadLetterId", "%08d".formatted(i) + half);
                deadLetter.setStringProperty("reason", "internal-error");
                producer.send(deadLetter);
            }
            session.commit();
        }

        JsonNode list = json(call("GET", "/dead-letters?limit=2&reason=internal-error", null));
        assertThat(list.get("total").asInt()).isEqualTo(1000);
        assertThat(list.at("/dead_letters/1/id").asText()).isEqualTo("00000999" + half);
        error(call("DELETE", "/dead-letters/00000999" + half, null), 409, "dead-letter-out-of-reach", "id");
        assertThat(json(call("DELETE", "/dead-letters/00000000" + half, null)).get("discarded").asInt()).isEqualTo(1);
        assertThat(json(call("GET", "/dead-letters", null)).get("total").asInt()).isEqualTo(999);
        assertThat(json(call("DELETE", "/dead-letters?reason=internal-error", null)).get("discarded").asInt()).isEqualTo(999);
    }

    @Test
    void showsAndTouchesNothingWithoutTheAuthorization() throws Exception {
        bundle.send("{no json");
        String id = onlyId();
        for (String request : List.of("GET /dead-letters", "GET /dead-letters/" + id, "POST /dead-letters/" + id + "/replay", "POST /dead-letters/replay?reason=all",
                "DELETE /dead-letters/" + id, "DELETE /dead-letters?reason=all")) {
            String[] words = request.split(" ");
            HttpRequest.Builder anonymous = HttpRequest.newBuilder(URI.create(bundle.managementUrl() + words[1]))
                    .method(words[0], BodyPublishers.noBody());
            error(send(anonymous), 401, "missing-authorization", "Authorization");
            error(send(anonymous.header("Authorization", "Bearer guessed")), 403, "wrong-authorization", "Authorization");
        }
        assertThat(bundle.dead()).hasSize(1);
    }

    /** Dead-letters an event of a user. */
    private ObjectNode deadLetter(String user) {
        intercom.seed().user(user, null);
        intercom.fault(Fault.status(422).on(CallKind.EVENT));
        ObjectNode batch = Batches.event(user, "Opened");
        bundle.send(batch);
        await().untilAsserted(() -> assertThat(bundle.dead()).hasSize(1));
        return batch;
    }

    private String onlyId() throws Exception {
        assertThat(bundle.dead()).hasSize(1);
        return bundle.dead().get(0).getStringProperty("deadLetterId");
    }

    /** A method and a path, without a body. */
    private HttpResponse<String> call(String request) throws Exception {
        String[] words = request.split(" ");
        return call(words[0], words[1], null);
    }

    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        HttpRequest.Builder request = request(method, path, body);
        return send(body == null ? request : request.header("Content-Type", "application/json"));
    }

    private HttpRequest.Builder request(String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create(bundle.managementUrl() + path)).header("Authorization", SECRET)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        return Json.MAPPER.readTree(answer.body());
    }

    private static void error(HttpResponse<String> answer, int status, String reason, String field) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode error = Json.MAPPER.readTree(answer.body()).at("/errors/0");
        assertThat(error.get("reason").asText()).isEqualTo(reason);
        assertThat(error.get("field").asText()).isEqualTo(field);
    }
}
