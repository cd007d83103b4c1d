package io.github.mparticleintercom.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.Change;
import io.github.mparticleintercom.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As many names as Intercom has room for, over restarts. */
class EventNamesTest {

    @TempDir
    Path folder;
    private EventNames names;
    private final Map<String, Object> variables = new HashMap<>();

    @BeforeEach
    void start() throws IOException {
        names = new EventNames();
        names.setMost(2);
        names.setWarnAt(2);
        names.setData(folder.resolve("data").toString());
    }

    private static QueuedRequest event(String name) {
        return Queued.event("{\"event_name\":\"" + name + "\"}");
    }

    private String prepare(String name) {
        names.prepare(event(name), variables);
        return (String) variables.get("answer");
    }

    @Test
    void beginsAnew() {
        variables.putAll(Map.of("reason", "old", "contactId", "old"));
        QueuedRequest event = event("Paid");
        names.prepare(event, variables);

        assertThat(variables).isEqualTo(Map.of("answer", "send"));
        assertThat(event.tried().attempts()).isEqualTo(1);
    }

    @Test
    void hasRoomForSoManyAndNoMoreAlsoAfterARestart() throws IOException {
        assertThat(prepare("Paid")).isEqualTo("send");
        names.accept(event("Paid"));
        names.accept(event(" PAID "));
        assertThat(prepare("Opened")).isEqualTo("send");
        names.accept(event("Two\\nlines"));
        assertThat(prepare("Opened")).isEqualTo("name-quota");
        assertThat(prepare("paid")).isEqualTo("send");
        assertThat(Files.readAllLines(folder.resolve("data/event-names.txt"))).containsExactly("Paid", "Two lines");

        Files.writeString(folder.resolve("data/event-names.txt"), "Paid\n\n Opened \n");
        start();
        assertThat(prepare("OPENED")).isEqualTo("send");
        assertThat(prepare("Third")).isEqualTo("name-quota");
    }

    @Test
    void doesNotAskAgainForANameThatWasRefused() throws IOException {
        names.accept(event("Paid"));
        QueuedRequest refused = event("paid");
        names.refuse(refused);
        assertThat(prepare("Paid")).as("nobody asked Intercom").isEqualTo("send");
        refused.answered(new IntercomAnswer("name-quota", 400, "", "", "", null, null));
        names.refuse(refused);
        assertThat(prepare("Paid")).isEqualTo("name-quota");
        names.accept(event("Paid"));
        assertThat(prepare("Paid")).as("it is taken again").isEqualTo("send");
    }

    @Test
    void sendsAnEventOfATemplateUnderItsOwnNameWhileThereIsRoom() throws IOException {
        QueuedRequest first = template("Viewed Home");
        names.prepare(first, variables);
        names.prepare(template("viewed home "), variables);
        QueuedRequest second = template("Viewed Basket");
        names.prepare(second, variables);

        assertThat(first.eventName()).isEqualTo("Viewed Home");
        assertThat(second.eventName()).isEqualTo("Viewed Basket");
        assertThat(names.hasRoom("VIEWED home")).as("one that is on its way").isTrue();
        assertThat(names.hasRoom("Viewed Help")).as("two of two are on their way").isFalse();
        QueuedRequest third = template("Viewed Help");
        names.prepare(third, variables);
        assertThat(third.eventName()).isEqualTo("screen_view");
        assertThat(third.text()).contains("screen_view");
        assertThat(third.changes()).containsExactly(new Change(Reason.EVENT_NAME_FALLBACK, "event_name"));
        assertThat(variables).containsEntry("answer", "send");
    }

    @Test
    void makesNoNamesOfTemplatesFromTheWarningOn() throws IOException {
        names.setMost(5);
        names.accept(event("Paid"));
        assertThat(names.hasRoom("Viewed Home")).isTrue();
        names.accept(event("Opened"));
        assertThat(names.hasRoom("Viewed Home")).isFalse();
        assertThat(names.hasRoom("opened")).isTrue();
        assertThat(prepare("Third")).as("others have more").isEqualTo("send");
        names.setMost(1);
        names.setWarnAt(5);
        assertThat(names.hasRoom("Viewed Home")).as("no more than there may be").isFalse();
    }

    @Test
    void keepsRoomForNoNameThatWasTakenOrRefused() throws IOException {
        names.prepare(template("Viewed Home"), variables);
        names.accept(event("Viewed Home"));
        assertThat(names.hasRoom("Viewed Basket")).as("it counts once").isTrue();
        QueuedRequest refused = template("Viewed Basket");
        names.prepare(refused, variables);
        refused.answered(new IntercomAnswer("name-quota", 400, "", "", "", null, null));
        variables.put("answer", "name-quota");
        names.fallBack(refused, variables);

        assertThat(variables).containsEntry("answer", "send");
        assertThat(refused.eventName()).isEqualTo("screen_view");
        assertThat(names.hasRoom("Viewed Basket")).isFalse();
        assertThat(names.hasRoom("Viewed Help")).isTrue();
        variables.put("answer", "name-quota");
        names.fallBack(refused, variables);
        assertThat(variables).as("it has no other name any more").containsEntry("answer", "name-quota");
        names.fallBack(event("Paid"), variables);
        assertThat(variables).containsEntry("answer", "name-quota");
    }

    private static QueuedRequest template(String name) {
        QueuedRequest request = event(name);
        request.fallbackName("screen_view");
        return request;
    }
}
