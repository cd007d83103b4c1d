package io.github.mparticleintercom.outcome;

import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.QueuedRequest;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import io.github.mparticleintercom.mparticle.MparticleEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * Something that could not be forwarded and is to be kept: a whole batch, an event with its batch around it, or a request.
 *
 * @param id         under which it is found, replayed and discarded
 * @param reason     why
 * @param batch      the batch; null for a request
 * @param event      the event; null for a batch and for what a batch says about its user
 * @param whole      whether all of the batch is meant
 * @param request    the request; null for a batch and an event
 * @param source     where it came from, for people; null if unknown
 * @param origin     the name of the delivery that brought it, which a replay keeps; null for a request
 * @param receivedAt when it came; null for a request
 * @param replays    how often it was replayed before
 */
public record DeadLetter(String id, Reason reason, MparticleBatch batch, MparticleEvent event, boolean whole,
        QueuedRequest request, String source, String origin, Instant receivedAt, int replays) {

    static DeadLetter of(Intake intake, MparticleBatch batch, MparticleEvent event, boolean whole, Reason reason) {
        return new DeadLetter(newId(), reason, batch, event, whole, null, intake.source(batch), batch.raw().origin(),
                Instant.ofEpochMilli(batch.raw().receivedAt()), intake.replays());
    }

    static DeadLetter of(QueuedRequest request, Reason reason) {
        return new DeadLetter(newId(), reason, null, null, false, request, request.source(), null, null, request.replays());
    }

    private static String newId() {
        return UUID.randomUUID().toString();
    }

    /**
     * The same where the same is brought again under the same ids, or by the same delivery, so that the broker knows it again; null where it
     * is kept in any case, which is a request, and what was replayed.
     */
    public String duplicateId() {
        return request != null || replays > 0 ? null
                : Json.fingerprint("dead letter", event == null ? batch.key() : event.stableId(), String.valueOf(whole),
                        event == null ? Json.fingerprint(new String(batch.raw().bytes(), StandardCharsets.ISO_8859_1)) : event.original().toString());
    }

    /** {@code batch}, {@code event} or {@code request}. */
    public String kind() {
        return request != null ? "request" : whole ? "batch" : "event";
    }

    /** Its id and reason. */
    @Override
    public String toString() {
        return "DeadLetter[" + id + ", " + reason + "]";
    }
}
