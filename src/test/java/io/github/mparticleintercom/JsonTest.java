package io.github.mparticleintercom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void keepsEveryDigit() throws Exception {
        String text = "{\"id\":-9223372036854775807,\"price\":1234567890.123456789012345600,\"small\":0.00000000012}";

        assertThat(Json.write(parse(text))).isEqualTo(text);
    }

    @Test
    void neverQuotesWhatItCannotRead() {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> parse("{\"email\":\"nora@example.com\",]")))
                .isInstanceOf(JsonProcessingException.class).hasMessageNotContaining("nora");
    }

    @ParameterizedTest
    @CsvSource({"' a ', a", "12, 12", "-9223372036854775807, -9223372036854775807", "true, true", "12.50, 12.50"})
    void readsTextFromValues(String json, String text) throws Exception {
        assertThat(Json.text(parse(json.startsWith(" ") ? "\"" + json + "\"" : json))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\" \\t\"", "[\"a\"]", "{\"a\":1}"})
    void readsNoTextFromTheRest(String json) throws Exception {
        assertThat(Json.text(parse(json))).isNull();
        assertThat(Json.text(null)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1714550400250, 1714550400250", "'\"1714550400250\"', 1714550400250", "1714550400250.0, 1714550400250",
        "12.9, 12", "9223372036854775807, 9223372036854775807", "1e3, 1000"})
    void readsPositiveNumbers(String json, long number) throws Exception {
        assertThat(Json.positive(parse(json))).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "0.9", "9223372036854775808", "18446744073709551617", "\"1e2147483647\"",
        "\"1e-2147483647\"", "\"soon\"", "\"\"", "null", "true", "[1]"})
    void takesNothingElseForAPositiveNumber(String json) throws Exception {
        assertThat(Json.positive(parse(json))).isNull();
    }

    @Test
    void givesTheSameTextsTheSameFingerprintAndOthersAnother() {
        assertThat(Json.fingerprint("a", "b")).isEqualTo(Json.fingerprint("a", "b")).matches("[0-9a-f]{32}");
        assertThat(java.util.List.of(Json.fingerprint("a", "b"), Json.fingerprint("ab"), Json.fingerprint("ab", ""),
                Json.fingerprint("", "ab"), Json.fingerprint("b", "a"), Json.fingerprint("a", "b", null)))
                .doesNotHaveDuplicates();
    }

    private static JsonNode parse(String json) throws JsonProcessingException {
        return Json.MAPPER.readTree(json);
    }
}
