package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP intake, with delivery stopped so that what it queues stays to be seen. */
class HttpIntakeTest {

    private static final String SECRET = "Basic a2V5OnNlY3JldA==";
    private static final int MAX_BYTES = 200_000;
    private static final List<String> OWN_HEADERS = List.of("content-type", "content-length", "transfer-encoding",
            "x-request-id");
    private static Bundle bundle;

    private int waiting;
    private int dead;

    @BeforeAll
    static void start() throws Exception {
        bundle = Bundle.builder().set("http.enabled", "true").set("http.authorization", SECRET)
                .set("http.max-body-bytes", String.valueOf(MAX_BYTES)).set("dry-run", "true").start();
        bundle.context().getRouteController().stopRoute("mparticle-intercom-deliver");
    }

    @AfterAll
    static void stop() throws Exception {
        bundle.close();
    }

    @BeforeEach
    void count() {
        waiting = bundle.waiting().size();
        dead = bundle.dead().size();
    }

    @AfterEach
    void nothingIsQueuedBehindTheSendersBack() {
        // whatever a test queues it has counted; see queued()
        assertThat(bundle.waiting()).hasSize(waiting);
    }

    private List<Message> queued(int expected) {
        List<Message> all = bundle.waiting();
        assertThat(all).hasSize(waiting + expected);
        List<Message> fresh = all.subList(waiting, all.size());
        waiting = all.size();
        return fresh;
    }

    private static Post events() {
        return Post.to(bundle, "/v2/events").with("Authorization", SECRET);
    }

    private static Post bulk() {
        return Post.to(bundle, "/v2/bulkevents").with("Authorization", SECRET);
    }

    @Test
    void acceptsOneBatchWithAReceipt() {
        Post.Reply reply = events().send(Batches.signup("http-one"));

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.json().at("/queued/contacts").asInt()).isEqualTo(1);
        assertThat(reply.json().at("/queued/events").asInt()).isEqualTo(1);
        queued(2);
    }

    @Test
    void acceptsAnArrayAndReportsEachThatIsSkippedOrTruncated() {
        String many = """
                {"batch_id": "http-truncated", "user_identities": {"customer_id": "http-truncated"}, "events": [
                  {"event_type": "custom_event", "data": {"event_id": 1, "event_name": "Truncated",
                   "custom_attributes": {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5, "f": 6}}},
                  {"event_type": "session_start", "data": {"event_id": 2}}]}""";
        String nobody = "{\"batch_id\": \"http-nobody\", \"events\": []}";

        Post.Reply reply = bulk().send("[" + Batches.signup("http-many") + "," + many + "," + nobody + ", 5]");

        assertThat(reply.status()).isEqualTo(202);
        JsonNode receipt = reply.json();
        assertThat(receipt.at("/received/batches").asInt()).isEqualTo(4);
        assertThat(receipt.at("/skipped/reasons/event-type-off").asInt()).isEqualTo(1);
        assertThat(receipt.at("/skipped/reasons/no-identity").asInt()).isEqualTo(1);
        assertThat(receipt.at("/changed/too-many-attributes").asInt()).isEqualTo(1);
        assertThat(receipt.at("/dead_lettered/reasons/not-a-batch").asInt()).isEqualTo(1);
        assertThat(receipt.at("/details").findValuesAsText("field")).contains("metadata.f");
        queued(3);
        assertThat(bundle.dead()).hasSize(dead + 1);
    }

    @Test
    void understandsGzip() {
        Post.Reply reply = events().with("Content-Encoding", "gzip")
                .send(Post.gzip(Batches.signup("http-gzip").getBytes(java.nio.charset.StandardCharsets.UTF_8)));

        assertThat(reply.status()).isEqualTo(202);
        queued(2);
    }

    @Test
    void takesAContentTypeWithACharset() {
        assertThat(events().with("Content-Type", "Application/JSON; charset=utf-8").send(Batches.signup("http-charset"))
                .status()).isEqualTo(202);
        queued(2);
    }

    @Test
    void refusesWhoDoesNotKnowTheSecret() {
        Post.Reply missing = events().with("Authorization", null).send(Batches.signup("http-401"));
        Post.Reply wrong = events().with("Authorization", SECRET + "x").send(Batches.signup("http-403"));

        assertThat(missing.status()).isEqualTo(401);
        assertThat(missing.header("WWW-Authenticate")).isNotNull();
        assertThat(missing.reason()).isEqualTo("missing-authorization");
        assertThat(missing.field()).isEqualTo("Authorization");
        assertThat(missing.error().get("code").asText()).isEqualTo("UNAUTHORIZED");
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(wrong.reason()).isEqualTo("wrong-authorization");
        assertThat(wrong.field()).isEqualTo("Authorization");
    }

    @Test
    void hasNothingButIntakeAndTheMessengersSettings() {
        for (String path : List.of("/dead-letters", "/status", "/preview", "/delivery/resume", "/")) {
            assertThat(Post.to(bundle, path).with("Authorization", SECRET).send("{}").status()).as(path).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "/v2/events     | {\"events\":            | invalid-json  | body",
        "/v2/events     | not json                | invalid-json  | body",
        "/v2/events     | ``                      | invalid-json  | body",
        "/v2/events     | {} {}                   | invalid-json  | body",
        "/v2/events     | []                      | not-a-batch   | body",
        "/v2/events     | 5                       | not-a-batch   | body",
        "/v2/events     | {\"some\": \"thing\"}   | not-a-batch   | body",
        "/v2/events     | {\"events\": 5}         | invalid-field | events",
        "/v2/events     | {\"user_identities\": 5} | invalid-field | user_identities",
        "/v2/bulkevents | {\"events\": []}        | not-a-batch   | body",
        "/v2/bulkevents | [{\"events\":           | invalid-json  | body"})
    void refusesWhatIsNoBatch(String path, String body, String reason, String field) {
        Post.Reply reply = Post.to(bundle, path).with("Authorization", SECRET).send(body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.reason()).isEqualTo(reason);
        assertThat(reply.field()).isEqualTo(field);
        assertThat(reply.error().get("code").asText()).isEqualTo("BAD_REQUEST");
    }

    @Test
    void refusesMoreThanAHundredBatches() {
        List<String> batches = Collections.nCopies(101, "{\"events\": []}");

        Post.Reply reply = bulk().send(batches.toString());

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.reason()).isEqualTo("too-many-batches");
        assertThat(bulk().send(batches.subList(0, 100).toString()).status()).isEqualTo(202);
    }

    @Test
    void refusesABodyBeyondTheLimit() {
        String large = Batches.signup("http-large").strip() + " ".repeat(MAX_BYTES);

        assertTooLarge(events().send(large));
        assertTooLarge(events().chunked().send(large));
        assertTooLarge(events().send(" ".repeat(20_000_000)));
    }

    @Test
    void refusesABodyThatUnpacksBeyondTheLimit() {
        assertTooLarge(events().with("Content-Encoding", "gzip").send(Post.gzip(new byte[MAX_BYTES + 1])));
    }

    private static void assertTooLarge(Post.Reply reply) {
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.reason()).isEqualTo("body-too-large");
        assertThat(reply.field()).isEqualTo("body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x",
        "application/jsonx"})
    void refusesOtherContentTypes(String type) {
        Post.Reply reply = events().with("Content-Type", type).send(Batches.signup("http-415"));

        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.reason()).isEqualTo("unsupported-media-type");
        assertThat(reply.field()).isEqualTo("Content-Type");
    }

    @Test
    void refusesWithoutAContentTypeOrWithAnotherEncoding() {
        assertThat(events().with("Content-Type", null).send(Batches.signup("http-415")).status()).isEqualTo(415);
        Post.Reply reply = events().with("Content-Encoding", "br").send(Batches.signup("http-415"));
        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.field()).isEqualTo("Content-Encoding");
        Post.Reply broken = events().with("Content-Encoding", "gzip").send(Batches.signup("http-415"));
        assertThat(broken.status()).isEqualTo(400);
        assertThat(broken.reason()).isEqualTo("invalid-gzip");
    }

    @Test
    void answersOtherAddressesAndMethodsInTheSameShape() {
        Post.Reply elsewhere = Post.to(bundle, "/v2/other").send("{}");
        Post.Reply method = events().as("GET").send("");

        assertThat(elsewhere.status()).isEqualTo(404);
        assertThat(elsewhere.reason()).isEqualTo("not-found");
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.header("Allow")).isEqualTo("POST");
        assertThat(method.reason()).isEqualTo("method-not-allowed");
        assertThat(Post.to(bundle, "/messenger/ios.json").as("PUT").send("").header("Allow")).isEqualTo("GET");
    }

    @Test
    void isNeitherSteeredByNorEchoesHeadersAndQuery() throws JMSException {
        Post.Reply reply = Post.to(bundle, "/v2/events?Content-Encoding=gzip&content-type=text/plain&CamelHttpPath=/x"
                + "&Authorization=nonsense&X-Query=1&mparticleIntercomExpected=array&JMSXGroupID=evil&operation=evil")
                .with("Authorization", SECRET).with("X-Anything", "1").with("CamelHttpResponseCode", "500")
                .with("CamelHttpUri", "http://127.0.0.1:1/").with("CamelJmsDestinationName", "evil")
                .with("JMSXGroupID", "evil").with("_AMQ_DUPL_ID", "evil").with("operation", "evil")
                .with("Cookie", "a=b").with("X-Request-Id", "evil").send(Batches.signup("http-steer"));

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.raw().headers().map().keySet()).isSubsetOf(OWN_HEADERS);
        assertThat(reply.header("X-Request-Id")).isNotEqualTo("evil");
        for (Message message : queued(2)) {
            assertThat(message.getStringProperty("JMSXGroupID")).doesNotContain("evil");
            assertThat(message.getStringProperty("operation")).isNotEqualTo("evil");
            assertThat(Collections.list(message.getPropertyNames())).asString()
                    .doesNotContainIgnoringCase("anything", "camel", "query", "cookie", "authorization");
            assertThat(((TextMessage) message).getText()).doesNotContain("evil");
        }
    }

    @Test
    void takesNoSecretFromTheQuery() {
        Post.Reply reply = Post.to(bundle, "/v2/events?Authorization=Basic%20a2V5OnNlY3JldA%3D%3D")
                .send(Batches.signup("http-query"));

        assertThat(reply.status()).isEqualTo(401);
    }

    @Test
    void echoesNothingOfWhatIsRefused() {
        Post.Reply reply = events().with("X-Anything", "1").with("X-Request-Id", "evil").send("{\"events\": \"private words\"}");

        assertThat(reply.raw().headers().map().keySet()).isSubsetOf(OWN_HEADERS);
        assertThat(reply.header("X-Request-Id")).isNotEqualTo("evil");
        assertThat(reply.raw().body()).doesNotContain("private words");
    }

    @Test
    void queuesARepeatedPostOnce() {
        events().send(Batches.signup("http-twice"));
        queued(2);

        Post.Reply reply = events().send(Batches.signup("http-twice"));

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().at("/skipped/events").asInt()).isEqualTo(1);
        assertThat(reply.json().at("/skipped/contacts").asInt()).isEqualTo(1);
        assertThat(reply.json().at("/skipped/reasons/duplicate").asInt()).isEqualTo(2);
        queued(0);
    }

    @Test
    void queuesAPostWithoutIdsAsOftenAsItComes() {
        String nameless = "{\"user_identities\": {\"customer_id\": \"http-nameless\"}, \"events\": ["
                + "{\"event_type\": \"custom_event\", \"data\": {\"event_name\": \"Opened\"}}]}";

        assertThat(events().send(nameless).json().at("/queued/events").asInt()).isEqualTo(1);
        assertThat(events().send(nameless).json().at("/queued/events").asInt()).isEqualTo(1);
        queued(2);
    }

    @Test
    void listensOnLoopbackByDefault() throws Exception {
        try (Bundle open = Bundle.builder().set("http.enabled", "true").start()) {
            String host = open.context().resolvePropertyPlaceholders("{{camel.server.host}}");
            assertThat(InetAddress.getByName(host).isLoopbackAddress()).isTrue();
            assertThat(Post.to(open, "/v2/events").send(Batches.signup("open")).status()).isEqualTo(202);
        }
    }

    @Test
    void putsSendersOffWhileTheQueueIsOverItsMark() throws Exception {
        try (Bundle small = Bundle.builder().set("http.enabled", "true").set("dry-run", "true")
                .set("broker.high-water-mark", "2").start()) {
            small.context().getRouteController().stopRoute("mparticle-intercom-deliver");
            assertThat(Post.to(small, "/v2/events").send(Batches.signup("first")).status()).isEqualTo(202);

            // the depth is looked up once a second
            await().until(() -> Post.to(small, "/v2/events").send(Batches.signup("first")).status() == 429);
            Post.Reply reply = Post.to(small, "/v2/events").send(Batches.signup("second"));

            assertThat(reply.status()).isEqualTo(429);
            assertThat(Integer.parseInt(reply.header("Retry-After"))).isPositive();
            assertThat(reply.reason()).isEqualTo("queue-full");
            assertThat(small.waiting()).hasSize(2);

            small.context().getRouteController().startRoute("mparticle-intercom-deliver");
            await().untilAsserted(() -> assertThat(Post.to(small, "/v2/events").send(Batches.signup("second")).status())
                    .isEqualTo(202));
        }
    }

    @Test
    void asksSendersToKeepTheirBatchesWhileTheBrokerIsUnavailable(@TempDir Path data) throws Exception {
        try (ExternalBroker broker = ExternalBroker.start(data); Bundle remote = Bundle.builder()
                .set("http.enabled", "true").set("dry-run", "true").set("broker.url", broker.url()).start()) {
            remote.context().getRouteController().stopRoute("mparticle-intercom-deliver");
            assertThat(Post.to(remote, "/v2/events").send(Batches.signup("before")).status()).isEqualTo(202);

            broker.becomeUnavailable();
            Post.Reply reply = Post.to(remote, "/v2/events").send(Batches.signup("unavailable"));
            broker.comeBack();

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.header("Retry-After")).isNotNull();
            assertThat(reply.reason()).isEqualTo("broker-unavailable");
            await().until(() -> Post.to(remote, "/v2/events").send(Batches.signup("after")).status() == 202);
            assertThat(remote.waiting()).extracting(message -> message.getStringProperty("batchId"))
                    .containsExactlyInAnyOrder("before", "before", "after", "after");
        }
    }
}
