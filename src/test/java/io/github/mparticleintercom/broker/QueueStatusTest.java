package io.github.mparticleintercom.broker;

import static io.github.mparticleintercom.broker.BrokerInMemory.DEAD_LETTERS;
import static io.github.mparticleintercom.broker.BrokerInMemory.REQUESTS;
import static io.github.mparticleintercom.broker.BrokerInMemory.RETRIES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mparticleintercom.metrics.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.jms.MessageConsumer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of the queues, and when that is enough to take no more. */
class QueueStatusTest {

    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong nanos = new AtomicLong(-7);
    private final QueueStatus status = new QueueStatus(nanos::get);
    private BrokerInMemory artemis;

    @BeforeEach
    void start(@TempDir Path data) throws Exception {
        artemis = new BrokerInMemory(data);
        status.setBroker(artemis.broker());
    }

    @AfterEach
    void stop() throws Exception {
        artemis.close();
    }

    @Test
    void tellsHowManyWaitAndSinceWhen() throws Exception {
        assertThat(status.snapshot()).as("nobody has looked").isNull();
        assertThat(seen()).isEqualTo(new QueueSnapshot(true, 0, 0, 0, 0, 0));
        long first = artemis.put(REQUESTS, "c1");
        artemis.put(REQUESTS, "c2");
        artemis.put(RETRIES, "c3");
        for (int i = 0; i < 3; i++) {
            artemis.put(DEAD_LETTERS, "c4");
        }

        assertThat(seen()).isEqualTo(new QueueSnapshot(true, 3, 1, first, 3, 0));
        artemis.take(REQUESTS);
        artemis.take(REQUESTS);
        try (MessageConsumer consumer = artemis.consumer(REQUESTS)) {
            assertThat(consumer).isNotNull();
            assertThat(seen()).extracting(QueueSnapshot::waiting, QueueSnapshot::retries, QueueSnapshot::consumers).containsExactly(1L, 1L, 1L);
        }
        assertThat(seen().oldestSince()).isGreaterThanOrEqualTo(first);
        assertThat(seen().oldestAgeSeconds()).isBetween(0L, 60L);
    }

    @Test
    void countsTheOldestThatAThreadOfDeliveryHasInHand() throws Exception {
        long inHand = artemis.put(REQUESTS, "c1") - 100_000;
        status.taken(inHand);
        assertThat(seen().oldestSince()).isEqualTo(inHand);
        assertThat(seen().oldestAgeSeconds()).isGreaterThanOrEqualTo(100);
        artemis.take(REQUESTS);
        assertThat(seen().oldestSince()).isZero();
        assertThat(seen().oldestAgeSeconds()).isZero();
        long next = artemis.put(RETRIES, "c1");
        assertThat(seen().oldestSince()).as("what was in hand is done").isEqualTo(next);
    }

    @Test
    void tellsThatTheBrokerIsOutOfReach() {
        List<QueueSnapshot> watched = new ArrayList<>();
        status.onRefresh(watched::add);
        artemis.away(true);
        assertThat(seen()).isEqualTo(QueueSnapshot.UNREACHABLE);
        artemis.away(false);
        assertThat(seen().reachable()).isTrue();
        assertThat(watched).extracting(QueueSnapshot::reachable).containsExactly(false, true);
    }

    @Test
    void believesForAMinuteWhatWasSeen() {
        status.refresh();
        nanos.addAndGet(60 * SECOND);
        assertThat(status.snapshot().reachable()).isTrue();
        nanos.addAndGet(1);
        assertThat(status.snapshot()).isEqualTo(QueueSnapshot.UNREACHABLE);
        status.refresh();
        assertThat(status.snapshot().reachable()).isTrue();
    }

    @Test
    void takesNoMoreWhereAsMuchWaitsAsMay() throws Exception {
        status.setHighWaterMark(2);
        assertThat(status.highWaterMark()).isEqualTo(2);
        artemis.put(REQUESTS, "c1");
        status.checkRoom();
        artemis.put(RETRIES, "c1");
        nanos.addAndGet(SECOND - 1);
        int asked = artemis.asked();
        status.checkRoom();
        assertThat(artemis.asked()).as("it was counted within the last second").isEqualTo(asked);
        nanos.addAndGet(1);
        assertThatThrownBy(status::checkRoom).isInstanceOf(NoRoom.class);
        artemis.away(true);
        nanos.addAndGet(SECOND);
        status.checkRoom();
    }

    @Test
    void measuresWhatWasSeen() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Metrics metrics = new Metrics();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.getRegistry().bind("metricsRegistry", registry);
            metrics.setCamelContext(context);
            status.gauges(metrics);
            assertThat(gauge(registry, "queue.depth")).isNaN();
            artemis.put(REQUESTS, "c1");
            artemis.put(DEAD_LETTERS, "c1");
            artemis.put(DEAD_LETTERS, "c1");
            status.taken(System.currentTimeMillis() - 100_000);
            status.refresh();
            assertThat(gauge(registry, "queue.depth")).isEqualTo(1);
            assertThat(gauge(registry, "dead.letter.queue.depth")).isEqualTo(2);
            assertThat(gauge(registry, "queue.oldest.age.seconds")).isBetween(100.0, 160.0);
            artemis.away(true);
            status.refresh();
            assertThat(gauge(registry, "queue.depth")).isNaN();
        }
    }

    private static double gauge(SimpleMeterRegistry registry, String name) {
        return registry.get("mparticle.intercom." + name).gauge().value();
    }

    private QueueSnapshot seen() {
        status.refresh();
        return status.snapshot();
    }
}
