package io.github.mparticleintercom.intercom;

import static org.assertj.core.api.Assertions.assertThat;

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
}
