package io.github.mparticleintercom.ratelimit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateReportTest {

    @Test
    void readsTheHeaders() {
        assertThat(RateReport.of("1666", "1600", "1700000010", "Tue, 14 Nov 2023 22:13:20 GMT"))
                .isEqualTo(new RateReport(1666, 1600, 1_700_000_010_000_000_000L, 1_700_000_000_000_000_000L));
        assertThat(RateReport.of("1666", "1600", "1700000010", "yesterday").date()).isNull();
        assertThat(RateReport.of("1666", "5000", "1700000010", null).remaining()).isEqualTo(1666);
    }

    @ParameterizedTest
    @CsvSource({", 1, 1700000010", "10, , 1700000010", "10, 1, ", "0, 0, 1700000010", "10, -1, 1700000010",
            "ten, 1, 1700000010", "10, 1, 1700000010000", "10, 1, 9999999999"})
    void takesNoHalfReportAndNoNonsense(String limit, String remaining, String reset) {
        assertThat(RateReport.of(limit, remaining, reset, null)).isNull();
    }
}
