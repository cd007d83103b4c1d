package io.github.mparticleintercom.erasure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.http.HttpRefusal;
import io.github.mparticleintercom.intercom.ErasedUsers;
import io.github.mparticleintercom.mparticle.Identities;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A request to forget a user, as OpenDSR 2.0 writes one (specification of opengdpr/OpenDSR, section 7).
 *
 * @param id         {@code subject_request_id}, in lower case
 * @param identities whom to forget, by user key
 * @param callbacks  {@code status_callback_urls}, as they came
 * @param body       the whole request, as it came
 */
record ErasureRequest(String id, Map<String, Identity> identities, List<String> callbacks, byte[] body) {

    private static final Pattern UUID_4 = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    private static final int MOST = 100;
    private static final String ID = "subject_request_id";
    private static final String TYPE = "subject_request_type";
    private static final String IDENTITIES = "subject_identities";
    private static final String CALLBACKS = "status_callback_urls";

    /**
     * One name of a user.
     *
     * @param type  {@link #CUSTOMER_ID} or {@link #EMAIL}
     * @param value the Customer ID or the email address
     */
    record Identity(String type, String value) {

        static final String CUSTOMER_ID = "controller_customer_id";
        static final String EMAIL = "email";

        boolean isEmail() {
            return type.equals(EMAIL);
        }

        /** The key that orders the requests of this user. */
        String userKey() {
            return isEmail() ? new Identities(null, value, null, false).key() : new Identities(value, null, null, false).key();
        }

        /** The name that its user is known by where nothing else must be. */
        String name() {
            return ErasedUsers.name(userKey());
        }

        @Override
        public String toString() {
            return "Identity[" + type + "]";
        }
    }

    /**
     * Reads a request.
     *
     * @throws HttpRefusal with the first field that is wrong
     */
    static ErasureRequest read(byte[] body) throws HttpRefusal {
        JsonNode json;
        try {
            json = Json.MAPPER.readTree(body);
        } catch (IOException e) {
            throw new HttpRefusal(400, Reason.INVALID_JSON, null);
        }
        if (!(json instanceof ObjectNode)) {
            throw invalid("body");
        }
        String id = text(json, ID).toLowerCase(Locale.ROOT);
        if (!UUID_4.matcher(id).matches()) {
            throw invalid(ID);
        }
        if (!text(json, TYPE).equals("erasure")) {
            throw new HttpRefusal(400, Reason.UNSUPPORTED_REQUEST_TYPE, TYPE);
        }
        if (json.hasNonNull("submitted_time")) {
            try {
                OffsetDateTime.parse(text(json, "submitted_time"));
            } catch (DateTimeException e) {
                throw invalid("submitted_time");
            }
        }
        return new ErasureRequest(id, identities(json.path(IDENTITIES)), callbacks(json.path(CALLBACKS)), body);
    }

    private static Map<String, Identity> identities(JsonNode list) throws HttpRefusal {
        if (!list.isArray() || list.isEmpty() || list.size() > MOST) {
            throw invalid(IDENTITIES);
        }
        Map<String, Identity> identities = new LinkedHashMap<>();
        for (int i = 0; i < list.size(); i++) {
            String field = IDENTITIES + "[" + i + "].";
            JsonNode one = list.get(i);
            String type = Json.text(one.get("identity_type"));
            if (!Identity.CUSTOMER_ID.equals(type) && !Identity.EMAIL.equals(type)) {
                throw new HttpRefusal(400, Reason.UNSUPPORTED_IDENTITY, field + "identity_type");
            }
            if (!"raw".equals(Json.text(one.get("identity_format")))) {
                throw new HttpRefusal(400, Reason.UNSUPPORTED_IDENTITY, field + "identity_format");
            }
            String value = Json.id(one.get("identity_value"));
            if (value == null || type.equals(Identity.EMAIL) && !Identities.isAddress(value)) {
                throw invalid(field + "identity_value");
            }
            Identity identity = new Identity(type, value);
            identities.put(identity.userKey(), identity);
        }
        return identities;
    }

    private static List<String> callbacks(JsonNode list) throws HttpRefusal {
        List<String> callbacks = new ArrayList<>();
        if (!list.isMissingNode() && !list.isNull() && !list.isArray() || list.size() > MOST) {
            throw invalid(CALLBACKS);
        }
        for (JsonNode url : list) {
            if (!url.isTextual()) {
                throw invalid(CALLBACKS);
            }
            callbacks.add(url.textValue());
        }
        return callbacks;
    }

    private static String text(JsonNode json, String field) throws HttpRefusal {
        if (!json.path(field).isTextual()) {
            throw invalid(field);
        }
        return json.get(field).textValue();
    }

    private static HttpRefusal invalid(String field) {
        return new HttpRefusal(400, Reason.INVALID_ERASURE, field);
    }

    /** Its id. */
    @Override
    public String toString() {
        return "ErasureRequest[" + id + "]";
    }
}
