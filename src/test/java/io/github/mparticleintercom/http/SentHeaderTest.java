package io.github.mparticleintercom.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SentHeaderTest {

    @Test
    void isTheHeaderWhereThereIsNoQuery() {
        assertThat(SentHeader.read("gzip", "Content-Encoding", null)).isEqualTo("gzip");
        assertThat(SentHeader.read(null, "Content-Encoding", null)).isNull();
    }

    @Test
    void leavesOutWhatTheQueryAdded() {
        assertThat(SentHeader.read(List.of("own", "added"), "Authorization", "a=b&Authorization=added")).isEqualTo("own");
        assertThat(SentHeader.read(List.of("own", "1", "2"), "Authorization", "authorization=1;%41uthorization=2"))
                .isEqualTo("own");
        assertThat(SentHeader.read("added", "Authorization", "Authorization=added")).isNull();
    }

    @Test
    void keepsAHeaderThatTheQueryDoesNotName() {
        assertThat(SentHeader.read("own", "Authorization", "X-Authorization=1&%zz=2")).isEqualTo("own");
    }

    @Test
    void joinsAHeaderThatWasSentTwice() {
        assertThat(SentHeader.read(List.of("a", "b"), "Authorization", null)).isEqualTo("a,b");
    }
}
