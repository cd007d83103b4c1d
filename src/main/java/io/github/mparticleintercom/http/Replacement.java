package io.github.mparticleintercom.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomRequest.Operation;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import io.github.mparticleintercom.mparticle.MparticleBatches;
import io.github.mparticleintercom.mparticle.RawBatch;

/**
 * What may be sent in place of a dead letter's own body: something of the same kind. Anything else would take the dead letter away
 * and put nothing in its place that could ever reach Intercom.
 */
final class Replacement {

    private static final String BODY = "body";
    private static final String EMAIL = "email";

    private final JsonNode json;

    Replacement(JsonNode json) {
        this.json = json;
    }

    /**
     * Refuses it where it cannot stand in for the body of this dead letter.
     *
     * @param deadLetter everything about one, with its body, as the API shows it
     * @throws HttpRefusal 400, with the field at fault
     */
    void checkFor(JsonNode deadLetter) throws HttpRefusal {
        if (deadLetter.path("kind").asText().equals("request")) {
            checkRequest(Operation.of(deadLetter.path("operation").asText()), deadLetter.path(BODY));
        } else {
            checkBatches(isArray(deadLetter));
        }
    }

    private void checkRequest(Operation operation, JsonNode own) throws HttpRefusal {
        if (operation == Operation.ERASURE) {
            // only its own body says who is to be forgotten
            throw new HttpRefusal(400, Reason.ERASURE_NOT_REPLACEABLE, BODY);
        }
        check(json.isObject(), BODY);
        if (operation == null) {
            return;
        }
        checkUser(operation.customerIdField());
        switch (operation) {
            case EVENT -> {
                check(isName("event_name"), "event_name");
                check(json.path("created_at").isIntegralNumber(), "created_at");
            }
            case COMPANY -> check(isName("company_id") || !json.has("company_id") && !own.has("company_id"), "company_id");
            case TAGS -> {
                check(json.path("tags").isObject(), "tags");
                for (JsonNode wanted : json.path("tags")) {
                    check(wanted.isBoolean(), "tags");
                }
            }
            default -> { }
        }
    }

    /** By Customer ID or email, or both; which of them may differ from its own, since it may have been refused for that. */
    private void checkUser(String customerId) throws HttpRefusal {
        check(isName(customerId) || !json.has(customerId) && json.has(EMAIL), customerId);
        check(isName(EMAIL) || !json.has(EMAIL), EMAIL);
    }

    private boolean isName(String field) {
        return json.path(field).isTextual() && !json.path(field).asText().isBlank();
    }

    private static void check(boolean right, String field) throws HttpRefusal {
        if (!right) {
            throw new HttpRefusal(400, Reason.INVALID_FIELD, field);
        }
    }

    /** An array only in place of an array: what is to be fixed is one batch otherwise. */
    private void checkBatches(boolean mayBeArray) throws HttpRefusal {
        if (!json.isArray()) {
            checkBatch(json);
            return;
        }
        if (!mayBeArray || json.isEmpty()) {
            throw new HttpRefusal(400, Reason.NOT_A_BATCH, BODY);
        }
        for (JsonNode batch : json) {
            checkBatch(batch);
        }
    }

    private static void checkBatch(JsonNode json) throws HttpRefusal {
        MparticleBatch batch = new MparticleBatches().read(RawBatch.of(json, null, BODY, System.currentTimeMillis()));
        if (batch.reason() != null) {
            throw new HttpRefusal(400, batch.reason(), batch.field() == null ? BODY : batch.field());
        }
    }

    private static boolean isArray(JsonNode deadLetter) {
        return deadLetter.path(BODY).isArray() || deadLetter.path("body_text").asText().stripLeading().startsWith("[");
    }
}
