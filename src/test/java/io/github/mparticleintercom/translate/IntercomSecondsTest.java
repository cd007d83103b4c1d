package io.github.mparticleintercom.translate;

import static io.github.mparticleintercom.translate.Requests.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.mparticleintercom.Change;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class IntercomSecondsTest {

    private final IntercomSeconds seconds = new IntercomSeconds();
    private final Places intake = new Places();

    @Test
    void shiftsTheLaterEventAndSaysSo() {
        assertThat(seconds.shift(event("c1", "Paid", 100, "e1"), intake).changes()).isEmpty();
        IntercomRequest shifted = seconds.shift(event("c1", "PAID", 100, "e2"), intake);

        assertThat(second(shifted)).isEqualTo(101);
        assertThat(shifted.changes()).containsExactly(new Change(Reason.SAME_SECOND, "created_at"));
    }

    @Test
    void leavesOtherUsersNamesAndSecondsAlone() {
        for (IntercomRequest apart : List.of(event("c1", "Paid", 100, "e1"), event("c2", "Paid", 100, "e2"),
                event("c1", "Searched", 100, "e3"), event("c1", "Paid", 101, "e4"))) {
            long before = second(apart);
            assertThat(second(seconds.shift(apart, intake))).isEqualTo(before);
        }
    }

    @Test
    void givesTheSameEventTheSameSecondAgain() {
        for (int time = 0; time < 2; time++) {
            assertThat(second(seconds.shift(event("c1", "Paid", 100, "e1"), intake))).isEqualTo(100);
            assertThat(second(seconds.shift(event("c1", "Paid", 100, "e2"), intake))).isEqualTo(101);
            seconds.remember(intake);
        }
    }

    @Test
    void remembersNothingOfAnIntakeThatIsNotStored() {
        seconds.shift(event("c1", "Paid", 100, "e1"), intake);

        assertThat(second(seconds.shift(event("c1", "Paid", 100, "e2"), new Places()))).isEqualTo(100);
        seconds.remember(intake);
        assertThat(second(seconds.shift(event("c1", "Paid", 100, "e2"), new Places()))).isEqualTo(101);
    }

    @Test
    void knowsAUserByCustomerIdAndByEmailAlone() {
        IntercomRequest both = event("c1", "Paid", 100, "e1").otherUserKey("email-1");
        IntercomRequest email = event("email-1", "Paid", 100, "e2");

        assertThat(second(seconds.shift(both, intake))).isEqualTo(100);
        assertThat(second(seconds.shift(email, intake))).isEqualTo(101);
        assertThat(second(seconds.shift(event("c1", "Paid", 100, "e3").otherUserKey("email-1"), intake))).isEqualTo(102);
    }

    @Test
    void knowsAUserByBothNamesAtDeliveryToo() {
        IntercomRequest both = event("c1", "Paid", 100, "e1").otherUserKey("email-1");
        IntercomRequest email = event("email-1", "Paid", 100, "e2");
        IntercomRequest another = event("c2", "Paid", 101, "e3").otherUserKey("email-1");

        assertThat(seconds.shiftDelivered(both)).isFalse();
        assertThat(seconds.shiftDelivered(email)).isTrue();
        assertThat(seconds.shiftDelivered(another)).isTrue();
        assertThat(List.of(second(both), second(email), second(another))).containsExactly(100L, 101L, 102L);
    }

    @Test
    void keepsEventsApartThatOtherInstancesTookIn() {
        for (int time = 0; time < 2; time++) {
            IntercomRequest first = event("c1", "Paid", 100, "e1");
            IntercomRequest second = event("c1", "Paid", 100, "e2");
            assertThat(seconds.shiftDelivered(first)).isFalse();
            assertThat(seconds.shiftDelivered(second)).isTrue();
            assertThat(second(first)).isEqualTo(100);
            assertThat(second(second)).isEqualTo(101);
        }
    }

    @Test
    void leavesContactsAlone() {
        IntercomRequest contact = Requests.contact(Requests.json("{'created_at':1}"));

        assertThat(seconds.shiftDelivered(contact)).isFalse();
        assertThat(seconds.shift(contact, intake).changes()).isEmpty();
        assertThat(intake).isEmpty();
    }

    @Test
    void leavesAllAsItIsWhenSwitchedOff() {
        seconds.setEnabled(false);
        seconds.shift(event("c1", "Paid", 100, "e1"), intake);

        assertThat(second(seconds.shift(event("c1", "Paid", 100, "e2"), intake))).isEqualTo(100);
    }

    @Test
    void forgetsTheSecondsOfUsers() {
        seconds.shift(event("c1", "Paid", 100, "e1"), intake);
        seconds.shift(event("c2", "Paid", 100, "e1"), intake);
        seconds.remember(intake);
        seconds.forgetUsers(Set.of("c1")::contains);

        assertThat(second(seconds.shift(event("c1", "Paid", 100, "e2"), new Places()))).isEqualTo(100);
        assertThat(second(seconds.shift(event("c2", "Paid", 100, "e2"), new Places()))).isEqualTo(101);
    }

    @Test
    void refusesAMemoryOfLessThanNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> seconds.setMemory(-1)).withMessageContaining("remembered-seconds");
    }

    /** Thousands of events of one user, name and second, as a careless import makes them. */
    @Test
    void findsASecondForEachOfThousandsWithoutTryingAllOfThem() {
        Set<Long> taken = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            taken.add(second(seconds.shift(event("c1", "Paid", 100, "event-" + i), intake)));
        }

        assertThat(taken).hasSize(20_000);
        assertThat(intake.questions).isLessThan(20_000 * 150);
        assertThat(second(seconds.shift(event("c1", "Paid", 100, "event-7000"), intake)))
                .isEqualTo(second(seconds.shift(event("c1", "Paid", 100, "event-7000"), intake)));
    }

    @Property
    void givesEveryEventASecondOfItsOwnAndKeepsTheOrder(@ForAll @Size(max = 30) List<@IntRange(max = 10) Integer> times) {
        Places fresh = new Places();
        List<Long> taken = new ArrayList<>();
        List<Integer> sorted = times.stream().sorted().toList();
        for (int i = 0; i < sorted.size(); i++) {
            taken.add(second(new IntercomSeconds().shift(event("c1", "Paid", sorted.get(i), "e" + i), fresh)));
            assertThat(taken.get(i)).isGreaterThanOrEqualTo(sorted.get(i).longValue());
        }

        assertThat(taken).doesNotHaveDuplicates().isSorted();
    }

    private static long second(IntercomRequest request) {
        return request.body().get("created_at").asLong();
    }

    /** What an intake has taken. */
    private static final class Places extends HashMap<String, String> implements IntercomSeconds.TakenSeconds {
        private int questions;

        @Override
        public boolean take(String place, String stableId) {
            questions++;
            String holder = putIfAbsent(place, stableId);
            return holder == null || holder.equals(stableId);
        }
    }
}
