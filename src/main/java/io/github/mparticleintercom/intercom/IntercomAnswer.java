package io.github.mparticleintercom.intercom;

/**
 * What Intercom answered to one call.
 *
 * @param word        what it means for delivery
 * @param status      the HTTP status
 * @param code        Intercom's error code; "" if there is none
 * @param message     Intercom's error message, which may quote what was sent; "" if there is none
 * @param requestId   Intercom's id for the call; "" if it gave none
 * @param attribute   the custom attribute that Intercom does not know; null if that is not what is wrong
 * @param body        the parsed body of the answer to a check, or about a user who is to be forgotten; null for any other call
 */
public record IntercomAnswer(String word, int status, String code, String message, String requestId, String attribute,
        com.fasterxml.jackson.databind.JsonNode body) {

    /** Ids and codes only. */
    @Override
    public String toString() {
        return "IntercomAnswer[" + word + ", status " + status + ", request id " + requestId + "]";
    }
}
