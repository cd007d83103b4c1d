package io.github.mparticleintercom.mparticle;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * One batch as it came in, or what came in its place and cannot be one.
 *
 * @param json       the parsed value; null when it could not be parsed
 * @param original   the bytes as they came; null where the JSON says the same
 * @param source     where it came from, for a person: a file and line, or null
 * @param origin     names this very delivery, and is the same when the transport delivers the same again: the id of a message or
 *                   a request, a file and the place in it. Never made from content
 * @param receivedAt when it came, in Unix milliseconds: the time of events that bring none, fixed once
 * @param reason     why it is no batch; null while nothing is known against it
 */
public record RawBatch(JsonNode json, byte[] original, String source, String origin, long receivedAt, Reason reason) {

    /** A value that was parsed and may be a batch. */
    public static RawBatch of(JsonNode json, String source, String origin, long receivedAt) {
        return new RawBatch(json, null, source, origin, receivedAt, null);
    }

    /** Bytes that are no batch, for this reason. */
    public static RawBatch broken(byte[] original, String source, String origin, long receivedAt, Reason reason) {
        return new RawBatch(null, original, source, origin, receivedAt, reason);
    }

    /**
     * Parses one value; what is not JSON comes back as broken. Numbers and nestings that Java cannot hold break nothing but
     * themselves.
     */
    public static RawBatch parse(byte[] bytes, String source, String origin, long receivedAt) {
        JsonNode json;
        try {
            json = Json.MAPPER.readTree(bytes);
            if (json != null && !json.isMissingNode()) {
                return of(json, source, origin, receivedAt);
            }
        } catch (JsonParseException e) {
            return broken(bytes, source, origin, receivedAt, Reason.INVALID_JSON);
        } catch (IOException | RuntimeException e) {
            json = readTolerantly(bytes);
        }
        return json == null || json.isMissingNode()
                ? broken(bytes, source, origin, receivedAt, Reason.INVALID_JSON)
                : new RawBatch(json, bytes, source, origin, receivedAt, null);
    }

    private static JsonNode readTolerantly(byte[] bytes) {
        try {
            return TolerantJson.read(bytes);
        } catch (JsonParseException e) {
            return null;
        } catch (IOException | RuntimeException e) {
            return TolerantJson.UNREADABLE;
        }
    }

    /** The bytes to keep when it cannot be forwarded. */
    public byte[] bytes() {
        return original != null ? original : json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Where it came from, and nothing of what it says. */
    @Override
    public String toString() {
        return "RawBatch[" + origin + (reason == null ? "" : ", " + reason) + "]";
    }

    /** Each is itself only: Camel keys caches by it, and the JSON in it would be hashed at every look. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
