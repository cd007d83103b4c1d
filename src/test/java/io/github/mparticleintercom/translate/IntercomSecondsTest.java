package io.github.mparticleintercom.translate;

import static io.github.mparticleintercom.translate.Requests.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.Change;
import io.github.mparticleintercom.intercom.IntercomRequest;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class IntercomSecondsTest {

    private final IntercomSeconds seconds = new IntercomSeconds(true, 1000);

    @Test
    void movesTheLaterEventOnAndSaysSo() {
        assertThat(seconds.keepApart(event("c1", "Paid", 100, "e1")).changes()).isEmpty();
        IntercomRequest moved = seconds.keepApart(event("c1", "PAID", 100, "e2"));

        assertThat(second(moved)).isEqualTo(101);
        assertThat(moved.changes()).containsExactly(new Change(Reason.SAME_SECOND, "created_at"));
    }

    @Test
    void leavesOtherUsersNamesAndSecondsAlone() {
        List<IntercomRequest> apart = List.of(event("c1", "Paid", 100, "e1"), event("c2", "Paid", 100, "e2"),
                event("c1", "Searched", 100, "e3"), event("c1", "Paid", 101, "e4"));

        assertThat(apart).allSatisfy(request -> assertThat(seconds.keepApart(request)).isEqualTo(request));
    }

    @Test
    void givesTheSameEventTheSameSecondAgain() {
        seconds.keepApart(event("c1", "Paid", 100, "e1"));
        seconds.keepApart(event("c1", "Paid", 100, "e2"));

        assertThat(second(seconds.keepApart(event("c1", "Paid", 100, "e1")))).isEqualTo(100);
        assertThat(second(seconds.keepApart(event("c1", "Paid", 100, "e2")))).isEqualTo(101);
    }

    @Test
    void keepsEventsApartThatOtherInstancesTookIn() throws Exception {
        String paid = "{\"user_id\":\"c1\",\"event_name\":\"Paid\",\"created_at\":100}";

        assertThat(seconds.keepDeliveredApart(paid, "c1", "e1")).isEqualTo(paid);
        assertThat(seconds.keepDeliveredApart(paid, "c1", "e2")).contains("\"created_at\":101");
        assertThat(seconds.keepDeliveredApart(paid, "c1", "e2")).contains("\"created_at\":101");
        assertThat(seconds.keepDeliveredApart(paid, "c1", "e1")).isEqualTo(paid);
    }

    @Test
    void leavesAllAsItIsWhenSwitchedOff() {
        IntercomSeconds off = new IntercomSeconds(false, 1000);
        off.keepApart(event("c1", "Paid", 100, "e1"));

        assertThat(second(off.keepApart(event("c1", "Paid", 100, "e2")))).isEqualTo(100);
    }

    @Property
    void givesEveryEventASecondOfItsOwnAndKeepsTheOrder(@ForAll @Size(max = 30) List<@IntRange(max = 10) Integer> times) {
        IntercomSeconds fresh = new IntercomSeconds(true, 1000);
        List<Long> taken = new ArrayList<>();
        List<Integer> sorted = times.stream().sorted().toList();
        for (int i = 0; i < sorted.size(); i++) {
            taken.add(second(fresh.keepApart(event("c1", "Paid", sorted.get(i), "e" + i))));
            assertThat(taken.get(i)).isGreaterThanOrEqualTo(sorted.get(i).longValue());
        }

        assertThat(taken).doesNotHaveDuplicates().isSorted();
    }

    private static long second(IntercomRequest request) {
        return request.body().get("created_at").asLong();
    }
}
