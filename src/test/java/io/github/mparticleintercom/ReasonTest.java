package io.github.mparticleintercom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonTest {

    @Test
    void findsItsOwnByTheirCodes() {
        assertThat(Reason.known()).contains(Reason.NO_IDENTITY, Reason.BROKER_UNAVAILABLE).allSatisfy(reason -> {
            assertThat(Reason.of(reason.code())).isSameAs(reason);
            assertThat(reason.isKnown()).isTrue();
            assertThat(reason.sentence()).isNotBlank().doesNotEndWith(".");
            assertThat(reason.advice()).isNotBlank().doesNotEndWith(".");
            assertThat(reason).hasToString(reason.code());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"vip-only", "x", "2nd-try", "a-1-b"})
    void takesAnyOtherCodeOfAnEngineers(String code) {
        assertThat(Reason.of(code)).isEqualTo(Reason.of(code)).hasSameHashCodeAs(Reason.of(code)).hasToString(code);
        assertThat(Reason.of(code).isKnown()).isFalse();
        assertThat(Reason.of(code).sentence()).isNotBlank();
        assertThat(Reason.of(code)).isNotEqualTo(Reason.NO_IDENTITY);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "-", "a-", "-a", "a--b", "No-Consent", "no consent", "a_b", "a.b", "é", "a\n",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
    void refusesWhatIsNoCode(String code) {
        assertThatIllegalArgumentException().isThrownBy(() -> Reason.of(code)).withMessageContaining("no-consent");
    }
}
