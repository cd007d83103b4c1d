package io.github.mparticleintercom.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodyBudgetTest {

    private final BodyBudget budget = new BodyBudget(10);
    private final List<String> granted = new ArrayList<>();

    private BodyBudget.Share take(String name, long bytes) {
        return budget.take(bytes, () -> granted.add(name));
    }

    @Test
    void grantsInOrderAsRoomComesBack() {
        BodyBudget.Share first = take("first", 6);
        take("second", 6);
        take("small, and behind", 1);

        assertThat(granted).containsExactly("first");
        first.release();
        assertThat(granted).containsExactly("first", "second", "small, and behind");
        assertThat(budget.used()).isEqualTo(7);
    }

    @Test
    void whatIsLargerThanAllOfItGoesAlone() {
        BodyBudget.Share small = take("small", 1);
        BodyBudget.Share large = take("large", 100);
        take("next", 1);

        assertThat(granted).containsExactly("small");
        small.release();
        assertThat(granted).containsExactly("small", "large");
        large.release();
        assertThat(granted).containsExactly("small", "large", "next");
    }

    @Test
    void whoGivesUpMakesWayForWhoStandsBehind() {
        take("first", 6);
        BodyBudget.Share second = take("second", 6);
        take("third", 4);

        assertThat(second.giveUp()).isTrue();
        assertThat(second.giveUp()).isFalse();
        assertThat(granted).containsExactly("first", "third");
    }

    @Test
    void givesBackOnce() {
        BodyBudget.Share first = take("first", 6);
        take("second", 4);

        first.release();
        first.release();
        assertThat(first.giveUp()).isFalse();
        assertThat(budget.used()).isEqualTo(4);
    }
}
