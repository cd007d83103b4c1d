package io.github.mparticleintercom.mparticle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import java.util.List;
import java.util.Locale;

/**
 * One mParticle batch: who it is about, what is known of them, and what they did.
 *
 * @param id                {@code batch_id}, else {@code source_request_id}, else a name made from its content
 * @param development       whether mParticle's environment is {@code development}
 * @param platform          {@code web}, {@code ios}, {@code android}, {@code tvos} or another in this spelling; "" if unknown
 * @param user              the identities
 * @param userAttributes    as they came; empty when there are none
 * @param deletedAttributes names of attributes to forget
 * @param events            in the order they came
 * @param raw               where it came from
 * @param reason            why it cannot be read; null when it can
 * @param field             the field at fault; null without a reason
 */
public record MparticleBatch(String id, boolean development, String platform, Identities user,
        ObjectNode userAttributes, List<String> deletedAttributes, List<MparticleEvent> events,
        RawBatch raw, Reason reason, String field) {

    static MparticleBatch unreadable(RawBatch raw, Reason reason, String field) {
        return new MparticleBatch(null, false, "", Identities.NONE, Json.object(), List.of(), List.of(),
                raw, reason, field);
    }

    /** mParticle spells platforms in several ways ({@code iOS}, {@code FireTV}, {@code fire_tv}); this is ours. */
    static String platformName(String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT).replace("_", "");
    }
}
