package io.github.mparticleintercom.files;

import static org.assertj.core.api.Assertions.assertThat;

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
    void reportsBatchesEventsAndRate() {
        progress.add(30, 60);
        progress.add(30, 60);
        nanos.addAndGet(6_000_000_000L);

        assertThat(progress.line()).isEqualTo("60 batches, 120 events, 10 batches a second");
    }
}
