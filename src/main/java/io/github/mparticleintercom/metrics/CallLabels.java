package io.github.mparticleintercom.metrics;

import java.util.Set;

/** Bounded labels for calls, whose paths hold ids. */
final class CallLabels {

    /** The statuses that mean something of their own (Intercom's pages on HTTP responses, and gateways before it). */
    private static final Set<Integer> KNOWN = Set.of(200, 202, 400, 401, 403, 404, 408, 409, 410, 422, 429, 500, 502, 503, 504);

    private CallLabels() {
    }

    /** What a call is for. */
    static String operation(String method, String path) {
        if (path.startsWith("/contacts/") && path.endsWith("/unarchive")) {
            return "contact-unarchive";
        }
        if (path.startsWith("/contacts")) {
            return switch (method) {
                case "PUT" -> "contact-update";
                case "GET" -> "contact-lookup";
                default -> "contact-create";
            };
        }
        return switch (path) {
            case "/events" -> "event";
            case "/data_attributes" -> "attribute-create";
            case "/me" -> "check";
            default -> "other";
        };
    }

    /** A known status, else its class such as {@code 5xx}; {@code none} without an answer. */
    static String status(Integer status) {
        if (status == null) {
            return "none";
        }
        return KNOWN.contains(status) ? status.toString() : status / 100 + "xx";
    }
}
