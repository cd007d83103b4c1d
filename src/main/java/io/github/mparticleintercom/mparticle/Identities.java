package io.github.mparticleintercom.mparticle;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The identities of a user that Intercom can use. Blank ones are null.
 *
 * @param customerId    mParticle's Customer ID
 * @param email         an email address
 * @param mobileNumber  a phone number
 * @param emailRejected whether an email was given that is none
 */
public record Identities(String customerId, String email, String mobileNumber, boolean emailRejected) {

    /** Nobody. */
    public static final Identities NONE = new Identities(null, null, null, false);

    /**
     * Reads {@code user_identities} in any of mParticle's three shapes: a map of type to value (Events API), an array of
     * {@code identity_type} and {@code identity} (outbound), and an array of {@code type}, {@code encoding} and
     * {@code value} (Firehose), whose hashed values do not count.
     */
    static Identities read(JsonNode node) {
        Map<String, String> found = new HashMap<>();
        if (node != null && node.isArray()) {
            for (JsonNode entry : node) {
                String encoding = Json.text(entry.get("encoding"));
                if (encoding == null || encoding.equalsIgnoreCase("raw")) {
                    put(found, Json.text(firstOf(entry, "identity_type", "type")),
                            Json.text(firstOf(entry, "identity", "value")));
                }
            }
        } else if (node != null && node.isObject()) {
            node.properties().forEach(entry -> put(found, entry.getKey(), Json.text(entry.getValue())));
        }
        String email = found.get("email");
        boolean isAddress = email != null && isAddress(email);
        return new Identities(found.get("customer"), isAddress ? email : null, found.get("mobile"),
                email != null && !isAddress);
    }

    /** Whether the user can be named to Intercom at all. */
    public boolean known() {
        return customerId != null || email != null;
    }

    /**
     * The key that orders this user's requests: the Customer ID, or a fingerprint where that would show an email
     * address.
     */
    public String key() {
        if (customerId != null && !customerId.contains("@")) {
            return customerId;
        }
        return customerId != null
                ? "user-" + Json.fingerprint(customerId)
                : "email-" + Json.fingerprint(email.toLowerCase(Locale.ROOT));
    }

    /** Whether this can be an email address: something, an @, something, and no white space. */
    public static boolean isAddress(String email) {
        int at = email.indexOf('@');
        return at > 0 && at < email.length() - 1 && email.chars().noneMatch(Character::isWhitespace);
    }

    private static JsonNode firstOf(JsonNode entry, String name, String other) {
        return entry.has(name) ? entry.get(name) : entry.get(other);
    }

    private static void put(Map<String, String> found, String type, String value) {
        if (type == null || value == null) {
            return;
        }
        switch (type.toLowerCase(Locale.ROOT)) {
            case "customer_id", "customerid", "customer" -> found.putIfAbsent("customer", value);
            case "email" -> found.putIfAbsent("email", value);
            case "mobile_number" -> found.putIfAbsent("mobile", value);
            default -> {
                // the other types mean nothing to Intercom
            }
        }
    }
}
