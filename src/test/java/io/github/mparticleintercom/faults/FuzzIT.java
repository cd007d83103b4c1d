package io.github.mparticleintercom.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.bundle.Bundle;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever a batch holds, each of its events is delivered, skipped with a reason or kept: the counts add up. */
@ExtendWith(Faults.class)
class FuzzIT {

    /** So that a failure can be run again. */
    private static final long SEED = Long.getLong("faults.seed", ThreadLocalRandom.current().nextLong(1_000_000));

    @Test
    void theCountsAddUp() throws Exception {
        int batches = Faults.times(200, 1000);
        FuzzedBatches fuzzed = new FuzzedBatches(SEED);
        try (IntercomSandbox intercom = IntercomSandbox.start(SandboxConfig.builder().noRateLimit().build());
                Bundle bundle = Bundle.builder().to(intercom).set("throttle.requests-per-window", "100000").start()) {
            int queued = 0;
            for (int number = 0; number < batches; number++) {
                ObjectNode batch = fuzzed.next();
                JsonNode receipt = bundle.send(batch.toString());
                String what = "seed " + SEED + ": " + batch + " " + receipt;
                assertThat(receipt.at("/received/batches").asInt()).as(what).isEqualTo(1);
                int events = receipt.at("/queued/events").asInt();
                assertThat(receipt.at("/received/events").asInt()).as(what).isEqualTo(events + receipt.at("/skipped/events").asInt()
                        + receipt.at("/dead_lettered/events").asInt());
                queued += events;
            }
            try {
                await().atMost(Site.PATIENCE).until(() -> bundle.waiting().isEmpty());
            } catch (ConditionTimeoutException e) {
                // the table says what is missing
            }
            int delivered = intercom.events().size();
            long dead = bundle.dead().stream().filter(FuzzIT::isEvent).count();
            // one that Intercom took for another is gone
            Faults.report(batches + " fuzzed batches, seed " + SEED, new Counts(queued, delivered, dead, queued - delivered - dead, 0, 0));
        }
    }

    /** Whether it was about to be sent; what never got so far is no part of what was queued. */
    private static boolean isEvent(Message letter) {
        try {
            return "event".equals(letter.getStringProperty("operation"));
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }
}
