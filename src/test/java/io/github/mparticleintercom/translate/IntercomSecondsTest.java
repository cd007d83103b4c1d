package io.github.mparticleintercom.translate;

import static io.github.mparticleintercom.translate.Requests.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.Change;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.queue.Receipt;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class IntercomSecondsTest {

    private final IntercomSeconds seconds = new IntercomSeconds(true);
    private final Receipt receipt = new Receipt();

    @Test
    void movesTheLaterEventOnAndSaysSo() {
        assertThat(seconds.keepApart(event("c1", "Paid", 100, "e1"), receipt).changes()).isEmpty();
        IntercomRequest moved = seconds.keepApart(event("c1", "PAID", 100, "e2"), receipt);

        assertThat(second(moved)).isEqualTo(101);
        assertThat(moved.changes()).containsExactly(new Change(Reason.SAME_SECOND, "created_at"));
    }

    @Test
    void leavesOtherUsersNamesAndSecondsAlone() {
        List<IntercomRequest> apart = List.of(event("c1", "Paid", 100, "e1"), event("c2", "Paid", 100, "e2"),
                event("c1", "Searched", 100, "e3"), event("c1", "Paid", 101, "e4"));

        assertThat(apart).allSatisfy(request -> assertThat(seconds.keepApart(request, receipt)).isEqualTo(request));
    }

    @Test
    void givesTheSameEventTheSameSecondAgain() {
        seconds.keepApart(event("c1", "Paid", 100, "e1"), receipt);
        seconds.keepApart(event("c1", "Paid", 100, "e2"), receipt);

        assertThat(second(seconds.keepApart(event("c1", "Paid", 100, "e1"), receipt))).isEqualTo(100);
        assertThat(second(seconds.keepApart(event("c1", "Paid", 100, "e2"), receipt))).isEqualTo(101);
    }

    @Test
    void leavesAllAsItIsWhenSwitchedOff() {
        IntercomSeconds off = new IntercomSeconds(false);
        off.keepApart(event("c1", "Paid", 100, "e1"), receipt);

        assertThat(second(off.keepApart(event("c1", "Paid", 100, "e2"), receipt))).isEqualTo(100);
    }

    @Property
    void givesEveryEventASecondOfItsOwnAndKeepsTheOrder(@ForAll @Size(max = 30) List<@IntRange(max = 10) Integer> times) {
        Receipt fresh = new Receipt();
        List<Long> taken = new ArrayList<>();
        List<Integer> sorted = times.stream().sorted().toList();
        for (int i = 0; i < sorted.size(); i++) {
            taken.add(second(seconds.keepApart(event("c1", "Paid", sorted.get(i), "e" + i), fresh)));
            assertThat(taken.get(i)).isGreaterThanOrEqualTo(sorted.get(i).longValue());
        }

        assertThat(taken).doesNotHaveDuplicates().isSorted();
    }

    private static long second(IntercomRequest request) {
        return request.body().get("created_at").asLong();
    }
}
