package io.github.mparticleintercom.translate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"1714550390|1714550390", "'1714550390'|1714550390",
        "1714550390999|1714550390", "'1714550390999'|1714550390", "'2024-06-01'|1717200000",
        "'2024-05-01T08:00:00Z'|1714550400", "'2024-05-01T08:00:00.999Z'|1714550400", "'2024-05-01T10:00:00+02:00'|1714550400",
        "' 2024-06-01 '|1717200000"})
    void makesWholeSeconds(String json, long seconds) {
        assertThat(Times.seconds(Requests.json("{'v':" + json + "}").get("v")).isIntegralNumber()).isTrue();
        assertThat(Times.seconds(Requests.json("{'v':" + json + "}").get("v")).asLong()).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'soon'", "'next tuesday'", "''", "'2024-13-01'", "'2024-05-01T08:00:00'", "'1965-03-02'", "0", "-5", "true",
        "null", "['2024-06-01']", "{'a':1}", "18446744073709551617"})
    void takesNothingElseForATime(String json) {
        assertThat(Times.seconds(Requests.json("{'v':" + json + "}").get("v"))).isNull();
    }
}
