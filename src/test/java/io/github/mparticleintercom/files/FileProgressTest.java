package io.github.mparticleintercom.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.mparticle.MparticleBatches;
import io.github.mparticleintercom.mparticle.RawBatch;
import io.github.mparticleintercom.mparticle.Intake;
import io.github.mparticleintercom.queue.Receipt;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FileProgressTest {

    private final AtomicLong nanos = new AtomicLong(-7);
    private final FileProgress progress = new FileProgress(nanos::get);

    @Test
    void isDueEveryFewSeconds() {
        assertThat(progress.isDue()).isFalse();
        nanos.addAndGet(5_000_000_000L);
        assertThat(progress.isDue()).isTrue();
        assertThat(progress.isDue()).isFalse();
        nanos.addAndGet(4_999_999_999L);
        assertThat(progress.isDue()).isFalse();
        nanos.addAndGet(1);
        assertThat(progress.isDue()).isTrue();
    }

    @Test
    void tellsBatchesEventsAndRate() {
        Receipt receipt = new Receipt();
        RawBatch raw = RawBatch.parse("""
                {"events": [{"event_type": "custom_event", "data": {}}, {"event_type": "custom_event", "data": {}}]}
                """.getBytes(StandardCharsets.UTF_8), null);
        for (int batch = 0; batch < 30; batch++) {
            receipt.received(new MparticleBatches().read(raw, new Intake(List.of(raw), 1)));
        }
        progress.add(receipt);
        progress.add(receipt);
        nanos.addAndGet(6_000_000_000L);

        assertThat(progress.line()).isEqualTo("60 batches, 120 events, 10 batches a second");
    }
}
