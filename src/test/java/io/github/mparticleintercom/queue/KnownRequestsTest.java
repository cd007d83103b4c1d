package io.github.mparticleintercom.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.TransactionSystemException;

/** Which requests count as known, when, and for how long. */
class KnownRequestsTest {

    @TempDir
    private Path data;
    private KnownRequests requests;

    @BeforeEach
    void open() throws IOException {
        requests = opened();
    }

    @Test
    void knowsWhatWasCommittedAlsoAfterARestart() throws IOException {
        assertThat(requests.add("a")).isTrue();
        assertThat(requests.add("a")).as("twice in one transaction").isFalse();
        assertThat(requests.contains("a")).as("before the commit").isFalse();
        requests.committed();

        assertThat(requests.add("a")).isFalse();
        assertThat(opened().contains("a")).isTrue();
    }

    @Test
    void knowsNothingOfWhatWasRolledBackOrTakenBack() throws IOException {
        requests.add("rolled back");
        requests.ended();
        requests.add("taken back");
        requests.add("kept");
        requests.remove("taken back");
        requests.committed();

        assertThat(requests.add("rolled back")).isTrue();
        assertThat(requests.add("taken back")).isTrue();
        assertThat(opened().contains("rolled back")).isFalse();
        assertThat(opened().contains("kept")).isTrue();
    }

    @Test
    void decidesNothingWhileAnotherTransactionHoldsTheRequest() {
        requests.add("a");

        assertThatThrownBy(() -> CompletableFuture.supplyAsync(() -> requests.add("a")).join())
                .hasCauseInstanceOf(TransactionSystemException.class);
        requests.ended();
        assertThat(CompletableFuture.supplyAsync(() -> requests.add("a")).join()).isTrue();
    }

    @Test
    void letsTheOldestGo() throws IOException {
        IntStream.range(0, 25).forEach(i -> {
            requests.add("id-" + i);
            requests.committed();
        });

        assertThat(requests.contains("id-14")).isFalse();
        assertThat(requests.contains("id-15")).isTrue();
        assertThat(data.resolve("known-requests.txt")).content().hasLineCount(14);
        assertThat(opened().contains("id-14")).isFalse();
        assertThat(opened().contains("id-24")).isTrue();
        assertThat(data.resolve("known-requests.txt")).content().hasLineCount(10);
    }

    @Test
    void getsOverALineThatACrashCutShort() throws IOException {
        requests.add("whole");
        requests.committed();
        Files.writeString(data.resolve("known-requests.txt"), "cut sh", StandardOpenOption.APPEND);

        KnownRequests after = opened();
        after.add("next");
        after.committed();
        KnownRequests later = opened();
        assertThat(later.contains("whole")).isTrue();
        assertThat(later.contains("next")).isTrue();
    }

    private KnownRequests opened() throws IOException {
        KnownRequests known = new KnownRequests(data, 10);
        known.open();
        return known;
    }
}
