package io.github.mparticleintercom.standalone;

import com.fasterxml.jackson.databind.JsonNode;

/** Where dead letters are dealt with: in the running bundle, or on its data while it does not run. Answers are those of HTTP. */
interface DeadDesk extends AutoCloseable {

    /** The newest letters, newest last, with their total; only those with this reason unless it is null. */
    JsonNode list(String reason, int limit) throws Exception;

    /** Everything about one. */
    JsonNode show(String id) throws Exception;

    /** Replays one, with this body unless it is null. */
    JsonNode replay(String id, String body) throws Exception;

    /** Replays all with this reason. */
    JsonNode replayAll(String reason) throws Exception;

    /** Discards one. */
    JsonNode discard(String id) throws Exception;

    /** Discards all with this reason. */
    JsonNode discardAll(String reason) throws Exception;

    @Override
    void close() throws Exception;
}
