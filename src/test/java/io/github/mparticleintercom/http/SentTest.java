package io.github.mparticleintercom.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SentTest {

    @Test
    void isTheHeaderWhereThereIsNoQuery() {
        assertThat(Sent.header("gzip", "Content-Encoding", null)).isEqualTo("gzip");
        assertThat(Sent.header(null, "Content-Encoding", null)).isNull();
    }

    @Test
    void leavesOutWhatTheQueryAdded() {
        assertThat(Sent.header(List.of("own", "added"), "Authorization", "a=b&Authorization=added")).isEqualTo("own");
        assertThat(Sent.header(List.of("own", "1", "2"), "Authorization", "authorization=1;%41uthorization=2"))
                .isEqualTo("own");
        assertThat(Sent.header("added", "Authorization", "Authorization=added")).isNull();
    }

    @Test
    void keepsAHeaderThatTheQueryDoesNotName() {
        assertThat(Sent.header("own", "Authorization", "X-Authorization=1&%zz=2")).isEqualTo("own");
    }

    @Test
    void joinsAHeaderThatWasSentTwice() {
        assertThat(Sent.header(List.of("a", "b"), "Authorization", null)).isEqualTo("a,b");
    }
}
