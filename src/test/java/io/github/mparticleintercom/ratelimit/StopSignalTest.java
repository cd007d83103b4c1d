package io.github.mparticleintercom.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class StopSignalTest {

    @Test
    void endsWaitsWhenTheContextBeginsToStop() throws Exception {
        StopSignal signal = new StopSignal();
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            signal.setCamelContext(context);
            signal.sleep(1);
            assertThat(signal.isStopping()).isFalse();
            CompletableFuture<Void> waits = CompletableFuture.runAsync(() -> {
                try {
                    signal.sleep(Long.MAX_VALUE);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            });
            context.stop();

            assertThatThrownBy(waits::join).hasCauseInstanceOf(RejectedExecutionException.class);
            assertThat(signal.isStopping()).isTrue();
        }
    }
}
