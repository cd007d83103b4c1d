package io.github.mparticleintercom.mparticle;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import java.util.Locale;
import java.util.Map;

/**
 * The identities of a user that Intercom can use. Blank ones are null.
 *
 * @param customerId    mParticle's Customer ID
 * @param email         an email address
 * @param mobileNumber  a phone number
 * @param emailRejected whether an email was given that is none
 * @param key           orders this user's requests: the Customer ID, or a fingerprint where that would show an email address or
 *                      is too long to be a key; "" for nobody
 * @param emailKey      the key that the same user has where only the email is known; null where that is the key, or there is no
 *                      email
 */
public record Identities(String customerId, String email, String mobileNumber, boolean emailRejected, String key,
        String emailKey) {

    /** Nobody. */
    public static final Identities NONE = new Identities(null, null, null, false);

    private static final int MAX_KEY_CHARS = 200;

    /** These identities under the key that follows from them. */
    public Identities(String customerId, String email, String mobileNumber, boolean emailRejected) {
        this(customerId, email, mobileNumber, emailRejected, keyOf(customerId, email),
                customerId != null && email != null ? emailKeyOf(email) : null);
    }

    /**
     * Reads {@code user_identities} in any of mParticle's three shapes: a map of type to value (Events API), an array of
     * {@code identity_type} and {@code identity} (outbound), and an array of {@code type}, {@code encoding} and
     * {@code value} (Firehose), whose hashed values do not count. Of several identities of a type the one with the latest
     * {@code timestamp_unixtime_ms} counts, else the first.
     */
    public static Identities read(JsonNode node) {
        Latest found = new Latest();
        if (node != null && node.isArray()) {
            for (JsonNode entry : node) {
                String encoding = Json.text(entry.get("encoding"));
                if (encoding == null || encoding.equalsIgnoreCase("raw")) {
                    found.put(Json.text(firstOf(entry, "identity_type", "type")), Json.id(firstOf(entry, "identity", "value")),
                            entry.get("timestamp_unixtime_ms"));
                }
            }
        } else if (node != null && node.isObject()) {
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                found.put(entry.getKey(), Json.id(entry.getValue()), null);
            }
        }
        return found.customerId == null && found.email == null && found.mobileNumber == null && !found.emailRejected ? NONE
                : new Identities(found.customerId, found.email, found.mobileNumber, found.emailRejected);
    }

    /** Whether the user can be named to Intercom at all. */
    public boolean known() {
        return customerId != null || email != null;
    }

    /** Whether this can be an email address: something, an @, something, and no white space. */
    public static boolean isAddress(String email) {
        int at = email.indexOf('@');
        if (at < 1 || at == email.length() - 1) {
            return false;
        }
        for (int i = 0; i < email.length(); i++) {
            if (Character.isWhitespace(email.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static String keyOf(String customerId, String email) {
        if (customerId == null) {
            return email == null ? "" : emailKeyOf(email);
        }
        return customerId.indexOf('@') < 0 && customerId.length() <= MAX_KEY_CHARS
                ? customerId : "user-" + Json.fingerprint(customerId);
    }

    private static String emailKeyOf(String email) {
        return "email-" + Json.fingerprint(email.toLowerCase(Locale.ROOT));
    }

    private static JsonNode firstOf(JsonNode entry, String name, String other) {
        JsonNode first = entry.get(name);
        return first != null ? first : entry.get(other);
    }

    /** The key alone. */
    @Override
    public String toString() {
        return "Identities[" + key + "]";
    }

    /** What was found so far, and of when it is. */
    private static final class Latest {
        private String customerId;
        private String email;
        private String mobileNumber;
        private boolean emailRejected;
        private long customerIdTime = -1;
        private long emailTime = -1;
        private long mobileNumberTime = -1;

        void put(String type, String value, JsonNode time) {
            if (type == null || value == null) {
                return;
            }
            long millis = Math.max(0, Times.millis(time));
            switch (type.toLowerCase(Locale.ROOT)) {
                case "customer_id", "customerid", "customer" -> {
                    if (millis > customerIdTime) {
                        customerId = value;
                        customerIdTime = millis;
                    }
                }
                case "email" -> {
                    if (!isAddress(value)) {
                        emailRejected = true;
                    } else if (millis > emailTime) {
                        email = value;
                        emailTime = millis;
                    }
                }
                case "mobile_number" -> {
                    if (millis > mobileNumberTime) {
                        mobileNumber = value;
                        mobileNumberTime = millis;
                    }
                }
                default -> {
                    // the other types mean nothing to Intercom
                }
            }
        }
    }
}
