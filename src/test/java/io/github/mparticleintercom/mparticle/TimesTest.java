package io.github.mparticleintercom.mparticle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import io.github.mparticleintercom.Json;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"1714550390|1714550390", "'1714550390'|1714550390",
        "1714550390999|1714550390", "'1714550390999'|1714550390", "1714550390999123|1714550390", "1714550390999123456|1714550390",
        "'1714550390999123456'|1714550390", "1714550390.999|1714550390", "1.714550390999e12|1714550390", "'1714550390.25'|1714550390",
        "1|1", "99999999999|99999999999", "100000000000|100000000", "'2024-06-01'|1717200000", "' 2024-06-01 '|1717200000",
        "'2024-05-01T08:00:00Z'|1714550400", "'2024-05-01T08:00:00.999Z'|1714550400", "'2024-05-01t08:00:00z'|1714550400",
        "'2024-05-01T10:00:00+02:00'|1714550400", "'2024-05-01T10:00:00+0200'|1714550400", "'2024-05-01T10:00:00+02'|1714550400",
        "'2024-05-01T02:30:00-05:30'|1714550400", "'2024-05-01T08:00:00'|1714550400", "'2024-05-01T08:00'|1714550400",
        "'2024-05-01 08:00:00.123456'|1714550400", "'2024-05-01 08:00:00.123456+00:00'|1714550400",
        "'2024-05-01T08:00:00,5'|1714550400", "'2024-05-01 08:00:00 UTC'|1714550400", "'2024-05-01T07:59:60Z'|1714550399",
        "'9999-12-31'|253402214400"})
    void makesWholeSeconds(String json, long seconds) throws IOException {
        assertThat(Times.seconds(value(json))).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"1714550390999|1714550390999", "1714550390|1714550390000",
        "1714550390.5|1714550390500", "1714550390999123|1714550390999", "'2024-05-01T08:00:00.5Z'|1714550400500",
        "'2024-05-01T08:00:00.25'|1714550400250", "'2024-05-01T08:00:00.123456'|1714550400123"})
    void keepsMilliseconds(String json, long millis) throws IOException {
        assertThat(Times.millis(value(json))).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'soon'", "'next tuesday'", "''", "' '", "'2024-13-01'", "'2024-02-30'", "'2024-05-01T25:00:00'",
        "'2024-05-01T08:00:00+25:00'", "'2024-05-01T08:00:00 Mars'", "'2024-05-01T'", "'2024-05-01T08'", "'2024-05-01T08:00:'",
        "'2024-05-01T08:00:00.'", "'2024-05-01T08:00:00+2'", "'2024-5-1'", "'20240501T080000Z'", "'1965-03-02'", "'1.2.3'", "'-5'",
        "0", "-5", "-1714550390999", "0.5", "true", "null", "['2024-06-01']", "{'a':1}", "18446744073709551617", "1e400",
        "'99999999999999999999'", "'2024-05-01T08:00:00.0000000000000000000000000000000000Z'"})
    void takesNothingElseForATime(String json) throws IOException {
        assertThat(Times.seconds(value(json))).isEqualTo(Times.NONE);
    }

    @Test
    void takesNoNumberThatIsNoneForATime() {
        assertThat(Times.millis(DoubleNode.valueOf(Double.NaN))).isEqualTo(Times.NONE);
        assertThat(Times.millis(DoubleNode.valueOf(Double.POSITIVE_INFINITY))).isEqualTo(Times.NONE);
        assertThat(Times.millis(null)).isEqualTo(Times.NONE);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"1714550390999|true", "1714550390999.0|true", "100000000000|true",
        "99999999999999|true", "1714550390|false", "1714550390999123|false", "'1714550390999'|false", "null|false", "true|false"})
    void knowsWhatMparticleDocuments(String json, boolean millis) throws IOException {
        assertThat(Times.isMillis(value(json))).isEqualTo(millis);
    }

    @Property
    void readsWhatJavaWrites(@ForAll @LongRange(min = 1_000, max = 253_402_300_799_999L) long millis,
            @ForAll @LongRange(min = -18, max = 18) long hours) throws IOException {
        Instant time = Instant.ofEpochMilli(millis);
        OffsetDateTime local = time.atOffset(ZoneOffset.ofHours((int) hours));

        assertThat(Times.millis(value("'" + time + "'"))).isEqualTo(millis);
        if (local.getYear() > 1969 && local.getYear() < 10_000) {
            assertThat(Times.millis(value("'" + local + "'"))).isEqualTo(millis);
        }
    }

    private static JsonNode value(String json) throws IOException {
        return Json.MAPPER.readTree(json.replace('\'', '"'));
    }
}
