package io.github.mparticleintercom.broker;

import static io.github.mparticleintercom.broker.BrokerInMemory.RETRIES;
import static io.github.mparticleintercom.broker.BrokerInMemory.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mparticleintercom.intercom.RequestMessages;
import jakarta.jms.JMSException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose requests follow those that lie on the retry queue. */
class RetryQueueTest {

    private final QueueStatus status = new QueueStatus();
    private final RetryQueue retries = new RetryQueue();
    private BrokerInMemory artemis;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        artemis = new BrokerInMemory(data);
        status.setBroker(artemis.broker());
        retries.setBroker(artemis.broker());
        retries.setStatus(status);
    }

    @AfterEach
    void stop() throws Exception {
        artemis.close();
    }

    @Test
    void areThoseOfTheUsersWhoAreThereAtTheStart() throws Exception {
        artemis.put(RETRIES, "c1");
        artemis.put(RETRIES, null);
        retries.start();

        assertThat(follows("c1")).isTrue();
        assertThat(follows("c2")).isFalse();
        Map<String, Object> variables = new HashMap<>();
        retries.check(RequestMessages.read("no JSON", Map.of("operation", "event", "stableId", "s1", "JMSXGroupID", "c1")), variables);
        assertThat(variables).as("what is no request goes its own way").isEmpty();
    }

    @Test
    void areThoseOfAUserUntilTheLastIsDone() throws Exception {
        retries.start();
        retries.add(request("c1", false));
        retries.add(request("c1", false));
        retries.remove(request("c1", false));
        assertThat(follows("c1")).isTrue();
        retries.remove(request("c1", false));
        assertThat(follows("c1")).isFalse();
        retries.remove(request("c1", false));
        retries.remove(RequestMessages.read("{}", Map.of()));
        assertThat(follows("c1")).isFalse();
    }

    @Test
    void waitWhereNobodyCanTell() throws Exception {
        artemis.put(RETRIES, "c1");
        artemis.away(true);
        retries.start();
        assertThatThrownBy(() -> follows("c1")).isInstanceOf(JMSException.class);
        assertThatThrownBy(() -> retries.add(request("c2", false))).isInstanceOf(JMSException.class);
        assertThatThrownBy(() -> retries.remove(request("c2", false))).isInstanceOf(JMSException.class);
        artemis.away(false);
        assertThat(follows("c1")).isTrue();
    }

    @Test
    void areLookedForWhereAUserComesFromAnotherInstance() throws Exception {
        retries.start();
        artemis.put(RETRIES, "c1");
        artemis.put(RETRIES, "c1");
        assertThat(follows("c1")).as("nobody has looked").isFalse();
        Map<String, Object> variables = new HashMap<>();
        retries.check(request("c1", true), variables);
        assertThat(variables).isEqualTo(Map.of("outcome", "deferred"));
        retries.remove(request("c1", false));
        assertThat(follows("c1")).as("there were two").isTrue();
        retries.check(request("c1", true), variables);
        retries.remove(request("c1", false));
        assertThat(follows("c1")).as("looked for again").isTrue();
    }

    @Test
    void areThoseThatAnotherInstancePutThereAsTheQueueGrows() throws Exception {
        retries.start();
        artemis.put(RETRIES, "c1");
        status.refresh();
        assertThat(follows("c1")).isTrue();
        artemis.put(RETRIES, "c2");
        status.refresh();
        assertThat(follows("c2")).isTrue();
        int asked = artemis.asked();
        status.refresh();
        assertThat(artemis.asked()).as("it looks only where more are there than it knows of").isEqualTo(asked + 1);
    }

    @Test
    void areForgottenOnceTheQueueIsSeenEmptyTwice() throws Exception {
        retries.start();
        retries.add(request("rolled back", false));
        status.refresh();
        assertThat(follows("rolled back")).isTrue();
        retries.add(request("just now", false));
        status.refresh();
        assertThat(follows("rolled back")).as("another one came in between").isTrue();
        artemis.put(RETRIES, "just now");
        status.refresh();
        artemis.take(RETRIES);
        status.refresh();
        assertThat(follows("rolled back")).as("it was not empty in between").isTrue();
        artemis.away(true);
        status.refresh();
        artemis.away(false);
        status.refresh();
        assertThat(follows("rolled back")).as("nobody could see it in between").isTrue();
        status.refresh();
        assertThat(follows("rolled back")).isFalse();
        assertThat(follows("just now")).isFalse();
    }

    private boolean follows(String user) throws JMSException {
        Map<String, Object> variables = new HashMap<>();
        retries.check(request(user, false), variables);
        return "deferred".equals(variables.get("outcome"));
    }
}
