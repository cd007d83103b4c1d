package io.github.mparticleintercom.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request is as a message, there and back. */
class RequestMessagesTest {

    private static final String JSON = "{\"user_id\":\"c1\",\"event_name\":\"Paid\"}";

    private final RequestMessages messages = new RequestMessages();
    private final Map<String, Object> headers = new HashMap<>(Map.of("stray", "x"));

    @Test
    void holdsAllThatDeliveryHasToKnow() throws Exception {
        IntercomRequest request = IntercomRequest.stored("event", "ios", "c1", "s1", "b1", "e1", JSON).otherUserKey("email-1").fallbackName("screen_view");
        request.source("HTTP");

        assertThat(messages.write(request, headers)).isEqualTo(JSON);
        Map<String, Object> expected = new HashMap<>(Queued.headers("event"));
        expected.put("_AMQ_DUPL_ID", "s1");
        expected.put("fallbackName", "screen_view");
        assertThat(headers).isEqualTo(expected);

        QueuedRequest read = RequestMessages.read(JSON, headers);
        assertThat(read.operation()).isEqualTo(IntercomRequest.Operation.EVENT);
        assertThat(read).extracting(QueuedRequest::platform, QueuedRequest::userKey, QueuedRequest::stableId, QueuedRequest::batchId,
                QueuedRequest::eventId, QueuedRequest::source, QueuedRequest::otherUserKey, QueuedRequest::original, QueuedRequest::text)
                .containsExactly("ios", "c1", "s1", "b1", "e1", "HTTP", "email-1", JSON, JSON);
        assertThat(read.body().path("event_name").asText()).isEqualTo("Paid");
        assertThat(read.isRetry()).isFalse();
        assertThat(read.replays()).isZero();
        assertThat(read.attempts()).isEqualTo(1);
        assertThat(read.callWord()).isEqualTo("other");
        assertThat(read.isFirstOfConsumer()).isFalse();
    }

    @Test
    void leavesOutWhatThereIsNot() throws Exception {
        messages.write(IntercomRequest.stored("contact", "", "c1", "s1", "b1", null, "{}"), headers);

        assertThat(headers).isEqualTo(new HashMap<>(Map.of("operation", "contact", "stableId", "s1", "batchId", "b1", "JMSXGroupID", "c1",
                "_AMQ_DUPL_ID", "s1")));
        QueuedRequest read = RequestMessages.read("{}".getBytes(StandardCharsets.UTF_8), headers);
        assertThat(read.platform()).isEmpty();
        assertThat(read.body()).isNotNull();
        assertThat(read.otherUserKey()).isNull();
    }

    @Test
    void knowsTheFirstThatAConsumerGetsOfAUser() {
        headers.putAll(Queued.headers("event"));
        headers.put("JMSXGroupFirstForConsumer", true);

        assertThat(RequestMessages.read(JSON, headers).isFirstOfConsumer()).isTrue();
    }

    @Test
    void carriesOverWhatWasTriedToTheRetryQueue() throws Exception {
        headers.putAll(Queued.headers("event"));
        headers.put("replays", 2);
        headers.put("fallbackName", "screen_view");
        QueuedRequest request = RequestMessages.read(JSON, headers);
        request.begin();
        request.begin();
        request.begin();
        request.failed();
        request.failed();
        request.failedAlone();
        request.body().put("event_name", "Changed");
        request.bodyChanged();

        assertThat(messages.defer(request, headers)).as("as it was").isEqualTo(JSON);
        Map<String, Object> expected = new HashMap<>(Queued.headers("event"));
        expected.putAll(Map.of("replays", 2, "fallbackName", "screen_view", "retryAttempts", 3, "retryFailures", 2, "retryFailuresAlone", 1,
                "retryFirstAttemptAt", request.takenAt().toString(), "acceptedAt", request.acceptedAt()));
        assertThat(headers).isEqualTo(expected);

        QueuedRequest retried = RequestMessages.read(JSON, headers);
        assertThat(retried.isRetry()).isTrue();
        assertThat(retried.replays()).isEqualTo(2);
        assertThat(retried.attempts()).isEqualTo(3);
        assertThat(retried.failures()).isEqualTo(2);
        assertThat(retried.failuresAlone()).isEqualTo(1);
        assertThat(retried.takenAt()).isEqualTo(request.takenAt());
    }

    @Test
    void wasAcceptedWhenItsMessageWasSentOrWhenThatSays() throws Exception {
        headers.putAll(Queued.headers("event"));
        headers.put("JMSTimestamp", 100L);
        QueuedRequest request = RequestMessages.read(JSON, headers);
        assertThat(request.acceptedAt()).isEqualTo(100);
        messages.defer(request, headers);
        headers.put("JMSTimestamp", 200L);

        assertThat(RequestMessages.read(JSON, headers).acceptedAt()).isEqualTo(100);
        assertThat(headers).as("it was never replayed").doesNotContainKey("replays");
    }

    @Test
    void mendsAMomentThatIsNone() {
        headers.putAll(Queued.headers("event"));
        headers.putAll(Map.of("retryFirstAttemptAt", "yesterday", "retryAttempts", "many"));
        Instant before = Instant.now();
        QueuedRequest retried = RequestMessages.read(JSON, headers);

        assertThat(retried.takenAt()).isAfterOrEqualTo(before);
        assertThat(retried.attempts()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"operation", "JMSXGroupID", "stableId"})
    void comesWithoutABodyWhereItIsNoneOfOurs(String missing) {
        headers.putAll(Queued.headers("event"));
        headers.remove(missing);
        assertThat(RequestMessages.read(JSON, headers).body()).isNull();
        assertThat(RequestMessages.read(JSON, headers).original()).isEqualTo(JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "[]", "7", "null"})
    void comesWithoutABodyWhereItIsNoObject(String text) {
        assertThat(RequestMessages.read(text, Queued.headers("event")).body()).isNull();
        assertThat(RequestMessages.read(null, Queued.headers("event")).original()).isEqualTo("null");
    }

    @Test
    void writesDownWhatADryRunWouldSend() {
        String line = messages.line(Queued.event(JSON), headers);

        assertThat(line).isEqualTo("{\"operation\":\"event\",\"platform\":\"ios\",\"batch_id\":\"b1\",\"event_id\":\"e1\",\"request\":" + JSON + "}");
        assertThat(headers).isEmpty();
        assertThat(new ArrayList<>(Queued.event(JSON).changes())).isEmpty();
    }
}
