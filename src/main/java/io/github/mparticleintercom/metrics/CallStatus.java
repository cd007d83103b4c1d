package io.github.mparticleintercom.metrics;

import java.util.Set;

/** A bounded label for the status of a call. */
final class CallStatus {

    /** The statuses that mean something of their own (Intercom's pages on HTTP responses, and gateways before it). */
    private static final Set<Integer> KNOWN = Set.of(200, 202, 400, 401, 403, 404, 408, 409, 410, 422, 429, 500, 502, 503, 504);

    private CallStatus() {
    }

    /** A known status, else its class such as {@code 5xx}; {@code none} for 0, a call without an answer. */
    static String label(int status) {
        if (status == 0) {
            return "none";
        }
        return KNOWN.contains(status) ? Integer.toString(status) : status / 100 + "xx";
    }
}
