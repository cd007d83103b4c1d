package io.github.mparticleintercom.translate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommerceTest {

    @ParameterizedTest
    @CsvSource({"149.99, USD, 14999", "149.99, usd, 14999", "1, USD, 100", "14999, JPY, 14999", "14.999, KWD, 14999",
        "0.005, USD, 1", "19.995, USD, 2000", "19.994, USD, 1999", "1500.5, JPY, 1501", "1e2, EUR, 10000",
        "999999999999999, USD, 99999999999999900", "0.10, USD, 10", "12, XXX, 12"})
    void countsInTheSmallestUnitOfTheCurrency(String amount, String currency, long units) {
        assertThat(Commerce.minorUnits(amount, currency)).isEqualTo(units);
    }

    @ParameterizedTest
    @CsvSource({"0, USD", "0.004, USD", "-149.99, USD", "12, ", "12, POINTS", "12, ''", "free, USD", "1e2147483647, USD",
        "1e-2147483647, USD", "1000000000000000, USD", "9e999, JPY"})
    void makesNoPriceOfTheRest(String amount, String currency) {
        assertThat(Commerce.minorUnits(amount, currency)).isNull();
    }
}
