package io.github.mparticleintercom.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListsTest {

    @Test
    void readsNamesInTheirOrder() {
        assertThat(Lists.names(" b, a b ,,c,")).containsExactly("b", "a b", "c");
        assertThat(Lists.names("")).isEmpty();
        assertThat(Lists.names(null)).isEmpty();
    }

    @Test
    void readsPairs() {
        assertThat(Lists.pairs("a=b, $City = town,x=y=z")).containsExactly(entry("a", "b"), entry("$City", "town"), entry("x", "y=z"));
        assertThat(Lists.pairs("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "=b", "a=", "a=b,c"})
    void refusesWhatIsNoPair(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Lists.pairs(text)).withMessageContaining("old=new");
    }

    @Test
    void refusesTwoNewNamesForOne() {
        assertThatIllegalArgumentException().isThrownBy(() -> Lists.pairs("a=b,a=c")).withMessageContaining("'a' has two new names");
    }
}
