package io.github.mparticleintercom.mparticle;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import java.nio.charset.StandardCharsets;

/**
 * One batch as it came in, or what came in its place and cannot be one.
 *
 * @param json     the parsed value; null when it could not be parsed
 * @param original the bytes as they came; null where the JSON says the same
 * @param source   where it came from, for a person: a file and line, or null
 * @param reason   why it is no batch; null while nothing is known against it
 */
public record RawBatch(JsonNode json, byte[] original, String source, Reason reason) {

    /** A value that was parsed and may be a batch. */
    public static RawBatch of(JsonNode json, String source) {
        return new RawBatch(json, null, source, null);
    }

    /** Bytes that are no batch, for this reason. */
    public static RawBatch broken(byte[] original, String source, Reason reason) {
        return new RawBatch(null, original, source, reason);
    }

    /** The bytes to keep when it cannot be forwarded. */
    public byte[] bytes() {
        return original != null ? original : json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Parses one value; what is not JSON comes back as broken. */
    public static RawBatch parse(byte[] bytes, String source) {
        try {
            JsonNode json = Json.MAPPER.readTree(bytes);
            return json == null || json.isMissingNode()
                    ? broken(bytes, source, Reason.INVALID_JSON)
                    : of(json, source);
        } catch (java.io.IOException e) {
            return broken(bytes, source, Reason.INVALID_JSON);
        }
    }
}
