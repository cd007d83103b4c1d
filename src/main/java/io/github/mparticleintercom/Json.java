package io.github.mparticleintercom;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** How JSON is read and written here: 64-bit ids stay whole and decimals keep every digit. */
public final class Json {

    /** One value, nothing behind it. Error texts never quote the source, which may hold personal data. */
    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
            // names are the senders' and without end: nothing to keep for the life of the process
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
            .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .build();

    /** More digits than any id or amount has, and few enough to be written out. */
    private static final int MAX_DIGITS = 100;
    private static final int MAX_BITS = 332;

    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Json::sha256);

    private Json() {
    }

    /** An empty object. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The JSON text of a value. */
    public static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The trimmed text of a string, number or boolean; null for anything else and for blank text. */
    public static String text(JsonNode node) {
        if (node == null || !node.isTextual() && !node.isNumber() && !node.isBoolean()) {
            return null;
        }
        String text = node.asText().strip();
        return text.isEmpty() ? null : text;
    }

    /**
     * What names something: a text that is not blank, trimmed, or a number, whose spellings {@code 1e5}, {@code 100000} and
     * {@code 100000.0} are one. Null for anything else.
     */
    public static String id(JsonNode node) {
        if (node == null || node.isBoolean()) {
            return null;
        }
        if (!node.isFloatingPointNumber()) {
            return node.isBigInteger() && !isReasonable(node) ? null : text(node);
        }
        if (!isReasonable(node)) {
            return null;
        }
        BigDecimal number = node.decimalValue();
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    /** Whether a number has so few digits, before and behind its point, that it can be written out. */
    public static boolean isReasonable(JsonNode node) {
        if (node.isIntegralNumber()) {
            return !node.isBigInteger() || node.bigIntegerValue().bitLength() < MAX_BITS;
        }
        if (!node.isNumber() || !node.isBigDecimal() && !Double.isFinite(node.doubleValue())) {
            return false;
        }
        BigDecimal number = node.decimalValue();
        return number.precision() < MAX_DIGITS && Math.abs((long) number.precision() - number.scale()) < MAX_DIGITS;
    }

    /** A name for these texts in 32 hexadecimal digits: the same texts give the same name, others another. */
    public static String fingerprint(String... texts) {
        MessageDigest digest = DIGEST.get();
        digest.reset();
        for (String text : texts) {
            digest.update(String.valueOf(text).getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 16);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
