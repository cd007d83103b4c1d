package io.github.mparticleintercom.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.intercom.ErasedUsers.Since;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose requests go nowhere any more. */
class ErasedUsersTest {

    private static final Since AT_100 = new Since("d1", 100, true);

    private final ErasedUsers users = new ErasedUsers();

    @Test
    void coversWhatWasAcceptedBefore() {
        assertThat(users.covers(event(99))).as("nobody asked to be forgotten").isFalse();
        users.set(Map.of(ErasedUsers.name("c1"), AT_100));

        assertThat(users.since(event(99))).isEqualTo(AT_100);
        assertThat(users.covers(event(99))).isTrue();
        assertThat(users.covers(event(100))).isFalse();
        users.set(Map.of());
        assertThat(users.covers(event(99))).isFalse();
    }

    @Test
    void leavesOthersAndItsOwnRequestsAlone() {
        users.set(Map.of(ErasedUsers.name("c1"), AT_100));
        QueuedRequest erasure = Queued.request("erasure", "{}");
        erasure.acceptedAt(99);
        QueuedRequest foreign = RequestMessages.read("x", Map.of());
        foreign.acceptedAt(99);

        assertThat(users.covers(erasure)).isFalse();
        assertThat(users.covers(foreign)).isFalse();
        users.set(Map.of(ErasedUsers.name("c2"), AT_100));
        assertThat(users.covers(event(99))).isFalse();
        assertThat(ErasedUsers.name("c1")).doesNotContain("c1");
    }

    @Test
    void coversUsersOfAnEmailThatIsToBeForgotten() {
        users.set(Map.of(ErasedUsers.name("email-1"), AT_100));
        assertThat(users.since(event(99))).isEqualTo(AT_100);
        assertThat(users.covers(event(100))).isFalse();
        QueuedRequest withoutEmail = event(99);
        withoutEmail.otherUserKey(null);
        assertThat(users.covers(withoutEmail)).isFalse();

        users.set(Map.of(ErasedUsers.name("email-1"), new Since("d1", 100, false)));
        assertThat(users.covers(event(99))).as("not by email").isFalse();
        users.set(Map.of(ErasedUsers.name("c1"), new Since("d0", 50, false), ErasedUsers.name("email-1"), AT_100));
        assertThat(users.since(event(99))).as("the later of two").isEqualTo(AT_100);
    }

    @Test
    void tellsOnceWhatIntercomTookTooLate() {
        users.set(Map.of(ErasedUsers.name("email-1"), AT_100));
        QueuedRequest late = event(99);
        users.delivered(late);
        users.delivered(event(100));
        assertThat(users.late()).isSameAs(late);
        assertThat(users.late()).isNull();

        users.set(Map.of(ErasedUsers.name("c1"), AT_100));
        users.delivered(event(99));
        assertThat(users.late()).as("it stands in the order of its own").isNull();
    }

    private static QueuedRequest event(long acceptedAt) {
        QueuedRequest event = Queued.event("{}");
        event.acceptedAt(acceptedAt);
        return event;
    }
}
