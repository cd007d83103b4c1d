package io.github.mparticleintercom.mparticle;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One mParticle batch: who it is about, what is known of them, and what they did.
 *
 * @param id                {@code batch_id}, else {@code source_request_id}, else a short name made from its origin
 * @param key               distinguishes this batch from others where it counts: its id in full, else its origin
 * @param environment       mParticle's environment in lower case; "" if none is given
 * @param platform          {@code web}, {@code ios}, {@code android}, {@code tvos} or another in this spelling; "" if unknown
 * @param user              the identities
 * @param userAttributes    as they came; empty when there are none
 * @param deletedAttributes names of attributes to forget
 * @param events            in the order they came
 * @param consents          what the user has consented to: GDPR purposes by their names in lower case, and
 *                          {@code ccpa_data_sale_opt_out}, whose true means that the user has <em>opted out</em>. What is not
 *                          said is not there
 * @param raw               where it came from
 * @param reason            why it goes no further as it is; null when it can
 * @param field             the field at fault; null where there is none
 */
public record MparticleBatch(String id, String key, String environment, String platform, Identities user,
        ObjectNode userAttributes, List<String> deletedAttributes, List<MparticleEvent> events,
        Map<String, Boolean> consents, RawBatch raw, Reason reason, String field) {

    /** What CCPA asks for: other than a purpose of GDPR it is an objection, and holds for nobody who has not made it. */
    public static final String DATA_SALE_OPT_OUT = "ccpa_data_sale_opt_out";

    private static final int MAX_PLATFORM_CHARS = 40;

    static MparticleBatch unreadable(String id, String key, RawBatch raw, Reason reason, String field) {
        return new MparticleBatch(id, key, "", "", Identities.NONE, Json.object(), List.of(), List.of(), Map.of(),
                raw, reason, field);
    }

    /** Whether mParticle's environment is {@code development}. */
    public boolean development() {
        return environment.equals("development");
    }

    /** Whether the user has consented to all of these purposes, of which {@link #DATA_SALE_OPT_OUT} is that they have not opted out. */
    public boolean grants(List<String> purposes) {
        for (String purpose : purposes) {
            boolean said = consents.getOrDefault(purpose, false);
            if (said == purpose.equalsIgnoreCase(DATA_SALE_OPT_OUT)) {
                return false;
            }
        }
        return true;
    }

    /** mParticle spells platforms in several ways ({@code iOS}, {@code FireTV}, {@code fire_tv}); this is ours. */
    static String platformName(String text) {
        if (text == null) {
            return "";
        }
        String name = text.toLowerCase(Locale.ROOT).replace("_", "");
        return name.length() > MAX_PLATFORM_CHARS ? name.substring(0, MAX_PLATFORM_CHARS) : name;
    }

    /** Its id, and nothing of what it says. */
    @Override
    public String toString() {
        return "MparticleBatch[" + id + (reason == null ? "" : ", " + reason) + "]";
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
