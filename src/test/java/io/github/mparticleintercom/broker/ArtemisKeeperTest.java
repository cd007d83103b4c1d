package io.github.mparticleintercom.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that could not write stops itself; another one takes its place. */
class ArtemisKeeperTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int TIMES = 3;

    @TempDir
    Path folder;

    @Test
    void makesAnotherBrokerAsOftenAsOneStopsItself() throws Exception {
        AtomicInteger made = new AtomicInteger();
        try (ArtemisKeeper keeper = new ArtemisKeeper(() -> broker(made), folder)) {
            keeper.start();
            for (int time = 1; time <= TIMES; time++) {
                ActiveMQServer before = keeper.server();
                before.getIoCriticalErrorListener().onIOException(new IOException("No space left on device"), "journal", null);
                // several threads fail at once
                before.getIoCriticalErrorListener().onIOException(new IOException("No space left on device"), "journal", null);

                await().atMost(PATIENCE).until(() -> keeper.server() != before && keeper.isRunning());
                assertThat(before.isActive()).isFalse();
                assertThat(keeper.outage()).isEmpty();
                assertThat(made).hasValue(time + 1);
            }
        }
    }

    @Test
    void isGivenUpWhenNoneCanBeMadeForLongAlthoughThereIsRoom() throws Exception {
        AtomicLong now = new AtomicLong(1);
        AtomicInteger made = new AtomicInteger();
        AtomicBoolean fails = new AtomicBoolean();
        try (ArtemisKeeper keeper = new ArtemisKeeper(() -> {
            if (fails.get()) {
                made.incrementAndGet();
                throw new IOException("it cannot be made");
            }
            return broker(made);
        }, folder, now::get)) {
            keeper.start();
            fails.set(true);
            keeper.server().getIoCriticalErrorListener().onIOException(new IOException("No space left on device"), "journal", null);
            await().atMost(PATIENCE).until(() -> made.get() > 2);
            assertThat(keeper.isRunning()).isFalse();
            assertThat(keeper.outage()).isEqualTo("the broker cannot start on " + folder + ": it cannot be made");
            assertThat(keeper.isGivenUp()).isFalse();

            now.addAndGet(Duration.ofMinutes(3).toNanos());
            assertThat(keeper.isGivenUp()).isTrue();

            fails.set(false);
            await().atMost(PATIENCE).until(keeper::isRunning);
            assertThat(keeper.isGivenUp()).isFalse();
        }
    }

    @Test
    void staysStoppedOnceItIsClosed() throws Exception {
        AtomicInteger made = new AtomicInteger();
        ArtemisKeeper keeper = new ArtemisKeeper(() -> broker(made), folder);
        keeper.start();
        ActiveMQServer server = keeper.server();
        keeper.close();
        server.getIoCriticalErrorListener().onIOException(new IOException("late"), "journal", null);

        assertThat(keeper.isRunning()).isFalse();
        assertThat(made).hasValue(1);
    }

    private EmbeddedActiveMQ broker(AtomicInteger made) throws Exception {
        made.incrementAndGet();
        return new EmbeddedActiveMQ().setConfiguration(new ConfigurationImpl().setSecurityEnabled(false).setJMXManagementEnabled(false)
                .setJournalDirectory(folder.resolve("journal").toString()).setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .addAcceptorConfiguration("in-vm", "vm://" + (90_000 + folder.hashCode() % 10_000)));
    }
}
