package io.github.mparticleintercom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.math.BigInteger;
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
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"12|12", "12.0|12", "1e3|1000", "12.50|12.5", "-0.0|0",
        "-9223372036854775807|-9223372036854775807", "\" a \"|a", "\"1e3\"|1e3"})
    void readsAnIdInOneSpelling(String json, String id) throws Exception {
        assertThat(Json.id(parse(json))).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false", "null", "\"\"", "[1]", "{\"a\":1}", "1e400", "1e-400", "1e2147483647", "0e2147483647"})
    void readsNoIdFromTheRest(String json) throws Exception {
        assertThat(Json.id(parse(json))).isNull();
        assertThat(Json.id(null)).isNull();
        assertThat(Json.id(DoubleNode.valueOf(Double.NaN))).isNull();
        assertThat(Json.id(BigIntegerNode.valueOf(BigInteger.TEN.pow(200)))).isNull();
        assertThat(Json.id(new POJONode(null))).isNull();
        assertThat(Json.text(new POJONode(null))).isNull();
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
