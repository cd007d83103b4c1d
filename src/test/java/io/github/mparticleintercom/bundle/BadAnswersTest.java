package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.faults.Counts;
import io.github.mparticleintercom.faults.Faults;
import io.github.mparticleintercom.sandbox.ActiveFault;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.FaultJson;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import io.github.mparticleintercom.sandbox.StoredEvent;
import jakarta.jms.Message;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is answered in Intercom's place to every call: nothing is lost, and delivery goes on by itself. */
@ExtendWith(Faults.class)
class BadAnswersTest {

    private static final int USERS = 8;
    private static final int MOST_REFUSED = 5;
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static IntercomSandbox intercom;
    private static Bundle bundle;
    private static int kinds;

    @BeforeAll
    static void start() throws Exception {
        intercom = IntercomSandbox.start(SandboxConfig.builder().noRateLimit().build());
        bundle = Bundle.builder().to(intercom).set("throttle.requests-per-window", "100000")
                .set("throttle.window-millis", "1000").set("deliver.max-retry-delay-millis", "100")
                .set("intercom.response-timeout-millis", "2000").start();
    }

    @AfterEach
    void heal() {
        intercom.clearFaults();
    }

    @AfterAll
    static void stop() throws IOException {
        // each kind was counted as it came; what was refused before everything was is replayed
        Faults.report(kinds + " kinds of answers in Intercom's place", new Counts(2L * USERS * kinds, 2L * USERS * kinds, 0, 0, 0, 0));
        bundle.close();
        intercom.close();
    }

    static Stream<Named<JsonNode>> answers() throws IOException {
        try (InputStream data = BadAnswersTest.class.getResourceAsStream("/faults/bad-answers.json")) {
            List<Named<JsonNode>> answers = new ArrayList<>();
            Json.MAPPER.readTree(data).forEach(answer -> answers.add(Named.of(answer.path("name").asText(), answer)));
            return answers.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("answers")
    void losesNothing(JsonNode answer) throws Exception {
        int dead = bundle.dead().size();
        ObjectNode described = answer.path("fault").deepCopy();
        described.put("body", described.path("body").asText().replace("@HUGE@", "x".repeat(300_000)));
        String users = "u" + NEXT.incrementAndGet() + "-";
        ActiveFault fault = intercom.fault(FaultJson.parse(described).always());
        for (int user = 0; user < USERS; user++) {
            bundle.send(Batches.of(users + user, 2));
        }
        // after a 429 one call asks in a window, and the others wait for its answer
        int calls = answer.path("calls").asInt(4 * USERS);
        await().pollInterval(Duration.ofMillis(20)).until(() -> fault.hits() > calls);

        assertThat(bundle.dead().size() - dead).isLessThanOrEqualTo(MOST_REFUSED);
        assertThat(delivered(users)).isZero();
        switch (answer.path("expect").asText()) {
            case "unexpected" -> assertThat(health()).contains("unexpected-answer")
                    .contains("status " + described.path("status").asInt());
            case "refused" -> assertThat(health()).contains("everything-refused")
                    .contains("status " + described.path("status").asInt());
            default -> {
                // nothing that could be said of an answer
            }
        }
        fault.remove();

        List<Message> letters = settledWith(users, dead);
        bundle.deadLetters("replayed", letters.stream().map(BadAnswersTest::id).toList(), null);
        await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> assertThat(delivered(users)).isEqualTo(2 * USERS));
        await().untilAsserted(() -> assertThat(health()).isEmpty());
        for (int user = 0; user < USERS && letters.isEmpty(); user++) {
            String id = intercom.contactByExternalId(users + user).orElseThrow().id();
            assertThat(intercom.events(id)).extracting(StoredEvent::createdAt).isSorted();
        }
        await().untilAsserted(() -> assertThat(bundle.waiting()).isEmpty());
        kinds++;
    }

    /** What was refused before it looked as if everything were is all that is not delivered by itself. */
    private static List<Message> settledWith(String users, int dead) {
        await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> {
            long letters = bundle.dead().stream().skip(dead).filter(BadAnswersTest::isEvent).count();
            assertThat(delivered(users) + letters).isEqualTo(2L * USERS);
        });
        List<Message> letters = bundle.dead();
        assertThat(letters.size() - dead).isLessThanOrEqualTo(MOST_REFUSED);
        return letters.subList(dead, letters.size());
    }

    @Test
    void deadLettersWhatIsRefusedOfOneKind() throws Exception {
        int dead = bundle.dead().size();
        ActiveFault refusals = intercom.fault(Fault.status(413).on("POST", "/events").always());
        for (int user = 0; user < 4 * USERS; user++) {
            bundle.send(Batches.of("one-kind-" + user, 1));
        }
        await().untilAsserted(() -> assertThat(bundle.dead()).hasSize(dead + 4 * USERS));
        refusals.remove();
        assertThat(bundle.dead()).extracting(letter -> letter.getStringProperty("reason")).endsWith("intercom-refused");
        await().untilAsserted(() -> assertThat(bundle.waiting()).isEmpty());
    }

    /** How many events of these users Intercom has. */
    private static int delivered(String users) {
        int events = 0;
        for (int user = 0; user < USERS; user++) {
            events += intercom.contactByExternalId(users + user).map(contact -> intercom.events(contact.id()).size()).orElse(0);
        }
        return events;
    }

    private static boolean isEvent(Message letter) {
        try {
            return letter.getStringProperty("operation").equals("event");
        } catch (jakarta.jms.JMSException e) {
            throw new AssertionError(e);
        }
    }

    private static String id(Message letter) {
        try {
            return letter.getStringProperty("deadLetterId");
        } catch (jakarta.jms.JMSException e) {
            throw new AssertionError(e);
        }
    }

    /** What is wrong with Intercom, if anything is. */
    private static String health() {
        Optional<HealthCheck.Result> result = HealthCheckHelper.invoke(bundle.context()).stream()
                .filter(one -> one.getCheck().getId().equals("mparticle-intercom-intercom"))
                .filter(one -> one.getState() == HealthCheck.State.DOWN).findFirst();
        return result.flatMap(HealthCheck.Result::getMessage).orElse("");
    }
}
