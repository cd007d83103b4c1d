package io.github.mparticleintercom.broker;

import static io.github.mparticleintercom.broker.BrokerInMemory.REQUESTS;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.jms.MessageConsumer;
import java.nio.file.Path;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When consumers give back what they took ahead. */
class NewcomersTest {

    private final QueueStatus status = new QueueStatus();
    private final Newcomers newcomers = new Newcomers();
    private BrokerInMemory artemis;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        artemis = new BrokerInMemory(data);
        status.setBroker(artemis.broker());
        newcomers.setStatus(status);
        newcomers.setOwnConsumers(1);
        newcomers.start();
        newcomers.giveBack();
    }

    @AfterEach
    void stop() throws Exception {
        artemis.close();
    }

    @Test
    void onceForEachThatJoins() throws Exception {
        artemis.consumer(REQUESTS);
        status.refresh();
        newcomers.giveBack();
        MessageConsumer second = artemis.consumer(REQUESTS);
        status.refresh();
        assertGivesBackOnce();
        status.refresh();
        newcomers.giveBack();

        second.close();
        status.refresh();
        newcomers.giveBack();
        artemis.consumer(REQUESTS);
        status.refresh();
        assertGivesBackOnce();
    }

    @Test
    void notBecauseTheBrokerWasOutOfReach() throws Exception {
        artemis.consumer(REQUESTS);
        artemis.consumer(REQUESTS);
        status.refresh();
        assertGivesBackOnce();
        artemis.away(true);
        status.refresh();
        artemis.away(false);
        status.refresh();
        newcomers.giveBack();
    }

    private void assertGivesBackOnce() {
        assertThatThrownBy(newcomers::giveBack).isInstanceOf(RejectedExecutionException.class);
        newcomers.giveBack();
    }
}
