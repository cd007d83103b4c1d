package io.github.mparticleintercom.mparticle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Reason;

/**
 * One event of a batch.
 *
 * @param type     mParticle's {@code event_type}
 * @param id       {@code event_id}, else {@code source_message_id}, else a name made from its content
 * @param stableId the same for the same event, however often and in whichever batch it comes
 * @param seconds  when it happened, in Unix seconds
 * @param data     the event's {@code data}; empty when there is none
 * @param original the event as it came
 * @param reason   why it cannot be forwarded; null when it can
 * @param field    the field at fault; null without a reason
 */
public record MparticleEvent(String type, String id, String stableId, long seconds, ObjectNode data,
        JsonNode original, Reason reason, String field) {
}
