package io.github.mparticleintercom.intercom;

/**
 * What Intercom answered to one call.
 *
 * @param kind        what it means for delivery
 * @param status      the HTTP status
 * @param code        Intercom's error code; "" if there is none
 * @param message     Intercom's error message, which may quote what was sent; "" if there is none
 * @param requestId   Intercom's id for the call; "" if it gave none
 * @param contactId   the contact that the answer names; null if it names none
 * @param attribute   the custom attribute that Intercom does not know; null if that is not what is wrong
 * @param retryMillis how long to wait before another try, in milliseconds; 0 if not told
 */
public record IntercomAnswer(String kind, int status, String code, String message, String requestId, String contactId,
        String attribute, long retryMillis) {
}
