package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.deadletter.DeadLetterQueue;
import io.github.mparticleintercom.sandbox.CallKind;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters are sent again, fixed or as they are, and thrown away only when asked for. */
class DeadLetterReplayTest extends WithIntercom {

    @Test
    void deliversARequestOnceItsCauseIsFixed() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).start()) {
            deadLetter(bundle, "c1", 1);
            Message first = bundle.dead().get(0);
            intercom.fault(Fault.status(422).on(CallKind.EVENT));

            assertThat(replay(bundle, id(first), null)).isEqualTo(answer(1, 0));
            await().untilAsserted(() -> assertThat(bundle.dead()).extracting(DeadLetterReplayTest::id)
                    .doesNotContain(id(first)).hasSize(1));
            Message second = bundle.dead().get(0);
            assertThat(second.getIntProperty("replays")).isEqualTo(1);
            for (String name : List.of("stableId", "userKey", "operation", "batchId", "eventId")) {
                assertThat(second.getStringProperty(name)).isEqualTo(first.getStringProperty(name)).isNotBlank();
            }
            assertThat(second.getBody(String.class)).isEqualTo(first.getBody(String.class));

            replay(bundle, id(second), null);
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));
            await().untilAsserted(() -> assertThat(bundle.waiting()).isEmpty());
            assertThat(bundle.dead()).isEmpty();
        }
    }

    @Test
    void waitsOnTheQueueInItsUsersGroup() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).start()) {
            deadLetter(bundle, "c1", 1);
            Message deadLetter = bundle.dead().get(0);
            bundle.context().getRouteController().stopRoute("mparticle-intercom-deliver");

            replay(bundle, id(deadLetter), null);
            Message waiting = bundle.waiting().get(0);
            assertThat(waiting.getStringProperty("JMSXGroupID")).isEqualTo("c1");
            assertThat(waiting.getStringProperty("stableId")).isEqualTo(deadLetter.getStringProperty("stableId"));
            assertThat(waiting.getStringProperty("_AMQ_DUPL_ID")).contains(id(deadLetter));
            assertThat(waiting.propertyExists("reason")).as("what is said of the letter stays behind").isFalse();
            assertThat(waiting.propertyExists("intercomMessage")).isFalse();
        }
    }

    @Test
    void keepsTheOrderOfEveryUserWhenItReplaysByReason() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).start()) {
            var refusal = intercom.fault(Fault.status(422).on(CallKind.EVENT).always());
            for (int user = 0; user < 5; user++) {
                bundle.send(Batches.of("user-" + user, 6));
            }
            await().untilAsserted(() -> assertThat(bundle.dead()).hasSize(30));
            refusal.remove();
            bundle.send("{no json");

            assertThat(replayAll(bundle, "intercom-refused")).isEqualTo(answer(30, 0));
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(30));
            for (int user = 0; user < 5; user++) {
                List<Long> times = intercom.events(intercom.contactByExternalId("user-" + user).orElseThrow().id())
                        .stream().map(event -> event.createdAt()).toList();
                assertThat(times).hasSize(6).isSorted();
            }
            assertThat(bundle.dead()).extracting(deadLetter -> deadLetter.getStringProperty("reason"))
                    .containsExactly("invalid-json");
            assertThat(replayAll(bundle, "all")).as("ends, though the letter is dead-lettered again").isEqualTo(answer(1, 1));
            assertThat(bundle.dead()).hasSize(1);
        }
    }

    @Test
    void takesAnEditedBody() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).start()) {
            deadLetter(bundle, "c1", 1);
            Message deadLetter = bundle.dead().get(0);
            assertThat(bundle.dead()).hasSize(1);

            ObjectNode edited = (ObjectNode) Json.MAPPER.readTree(deadLetter.getBody(String.class));
            replay(bundle, id(deadLetter), edited.put("event_name", "Fixed").toString());
            await().untilAsserted(() -> assertThat(intercom.events()).extracting(event -> event.name())
                    .containsExactly("Fixed"));
            assertThat(bundle.dead()).isEmpty();
        }
    }

    @Test
    void sendsAFixedEventThroughTheEntryWithoutItsUser() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).start()) {
            ObjectNode batch = Batches.of("c1", 1);
            batch.withArray("events").addObject().put("event_type", "custom_event").putObject("data").put("event_id", 7);
            bundle.send(batch);
            Message deadLetter = bundle.dead().get(0);
            assertThat(replay(bundle, id(deadLetter), null)).isEqualTo(answer(1, 1));
            Message again = bundle.dead().get(0);
            assertThat(id(again)).isNotEqualTo(id(deadLetter));
            assertThat(again.getIntProperty("replays")).isEqualTo(1);

            ObjectNode fixed = (ObjectNode) Json.MAPPER.readTree(again.getBody(byte[].class));
            ((ObjectNode) fixed.at("/events/0/data")).put("event_name", "Fixed");
            assertThat(replay(bundle, id(again), fixed.toString())).isEqualTo(answer(1, 0));
            await().untilAsserted(() -> assertThat(intercom.events()).extracting(event -> event.name())
                    .containsExactlyInAnyOrder("Event 0", "Fixed"));
            assertThat(intercom.calls(CallKind.CONTACT_CREATE)).isEqualTo(1);
            assertThat(bundle.dead()).isEmpty();
        }
    }

    @Test
    void replaysABatchOfWhichSomebodySentAPartMeanwhile(@TempDir Path folder) throws Exception {
        ObjectNode batch = Batches.of("c1", 3);
        batch.putObject("device_info").put("platform", "web");
        try (Bundle bundle = withoutWeb().in(folder).start()) {
            bundle.send(batch);
            assertThat(bundle.dead()).hasSize(1);
        }
        try (Bundle bundle = withoutWeb().set("platform.web.api-key", SandboxConfig.DEFAULT_TOKEN).in(folder).start()) {
            ObjectNode part = batch.deepCopy();
            part.withArray("events").remove(2);
            bundle.send(part);

            assertThat(replayAll(bundle, "no-credential")).isEqualTo(answer(1, 0));
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(3));
            await().untilAsserted(() -> assertThat(bundle.waiting()).isEmpty());
            assertThat(intercom.swallowedEvents()).isEmpty();
            assertThat(bundle.dead()).isEmpty();
        }
    }

    @Test
    void leavesTheDeadLetterWhereItIsWhenTheBrokerRefuses() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).start(); Connection connection = bundle.connect()) {
            deadLetter(bundle, "c1", 1);
            Message deadLetter = bundle.dead().get(0);
            Session session = connection.createSession();
            Message rival = session.createTextMessage("{}");
            rival.setStringProperty("_AMQ_DUPL_ID", deadLetter.getStringProperty("stableId") + "-" + id(deadLetter));
            bundle.context().getRouteController().stopRoute("mparticle-intercom-deliver");
            session.createProducer(session.createQueue("mparticle-intercom.requests")).send(rival);

            assertThatThrownBy(() -> replay(bundle, id(deadLetter), null)).isInstanceOf(Exception.class);
            assertThat(bundle.dead()).extracting(DeadLetterReplayTest::id).containsExactly(id(deadLetter));
            assertThat(bundle.waiting()).hasSize(1);
        }
    }

    @Test
    void discardsOnlyWhatIsAskedFor() throws Exception {
        try (Bundle bundle = Bundle.builder().to(intercom).start()) {
            deadLetter(bundle, "c1", 2);
            bundle.send("{no json");
            bundle.send("7");
            List<Message> deadLetters = bundle.dead();
            assertThat(bundle.deadLetters("discarded", List.of(), null))
                    .isEqualTo(Json.object().put("discarded", 0));
            assertThat(bundle.dead()).hasSize(4);

            assertThat(bundle.deadLetters("discarded", List.of(id(deadLetters.get(0)), UUID.randomUUID().toString()), null))
                    .isEqualTo(Json.object().put("discarded", 1));
            assertThat(bundle.dead()).extracting(DeadLetterReplayTest::id)
                    .containsExactlyElementsOf(deadLetters.subList(1, 4).stream().map(DeadLetterReplayTest::id).toList());
            assertThat(bundle.waiting()).isEmpty();
        }
    }

    private Bundle.Builder withoutWeb() {
        return Bundle.builder().to(intercom).set("intercom.access-token", "").set("platform.ios.api-key", "a")
                .set("platform.android.api-key", "a").set("platform.tvos.api-key", "a");
    }

    /** Dead-letters so many events of a user. */
    private void deadLetter(Bundle bundle, String user, int events) {
        intercom.seed().user(user, null);
        var refusal = intercom.fault(Fault.status(422).on(CallKind.EVENT).always());
        IntStream.range(0, events).forEach(i -> bundle.send(Batches.event(user, "Event " + i)));
        await().untilAsserted(() -> assertThat(bundle.dead()).hasSize(events));
        refusal.remove();
    }

    private static JsonNode replay(Bundle bundle, String id, String body) throws Exception {
        return bundle.deadLetters("replayed", List.of(id), body);
    }

    private static JsonNode replayAll(Bundle bundle, String reason) throws Exception {
        return bundle.deadLetters("replayed", bundle.bean("mparticleIntercomDeadLetterQueue", DeadLetterQueue.class)
                .ids(reason.equals("all") ? null : reason, null).orElseThrow(), null);
    }

    private static ObjectNode answer(int replayed, int again) {
        return Json.object().put("replayed", replayed).put("dead_lettered_again", again);
    }

    private static String id(Message deadLetter) {
        try {
            return deadLetter.getStringProperty("deadLetterId");
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }
}
