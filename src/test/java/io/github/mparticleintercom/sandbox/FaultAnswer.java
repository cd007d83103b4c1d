package io.github.mparticleintercom.sandbox;

/** The answer a status fault gives: its own body, or an error list with the code that usually goes with the status. */
final class FaultAnswer {

    private FaultAnswer() {
    }

    static Answer of(Fault fault, String requestId) {
        String body = fault.body();
        if (body == null && fault.status() >= 400) {
            body = Json.write(ApiException.envelope(requestId, code(fault.status()), "Fault made on demand", null));
        }
        return new Answer(fault.status(), body, fault.headers());
    }

    private static String code(int status) {
        return switch (status) {
            case 400 -> "parameter_invalid";
            case 401 -> "unauthorized";
            case 402 -> "api_plan_restricted";
            case 403 -> "forbidden";
            case 404 -> "not_found";
            case 408 -> "request_timeout";
            case 409 -> "conflict";
            case 422 -> "unprocessable_entity";
            case 429 -> "rate_limit_exceeded";
            case 503 -> "service_unavailable";
            default -> status >= 500 ? "server_error" : "client_error";
        };
    }
}
