package io.github.mparticleintercom.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;

/** Takes a request through authentication, rate limit, header checks and its endpoint. */
final class RequestProcessor {

    private final SandboxState state;
    private final ApiRouter router;

    RequestProcessor(SandboxConfig config, SandboxState state) {
        this.state = state;
        this.router = new ApiRouter(config, state);
    }

    Answer process(RecordedRequest request, ApiRequest call) {
        return guarded(request, () -> {
            ApiRouter.Endpoint endpoint = router.find(request.method(), call.segments());
            HeaderChecks.version(request);
            if (endpoint == null) {
                throw ApiException.notFound("The requested resource was not found");
            }
            HeaderChecks.content(request);
            return endpoint.handle(call);
        });
    }

    /** The answer of a status fault; the call still counts against the rate limit, as it reached the service. */
    Answer refuse(RecordedRequest request, Fault fault) {
        Answer answer = FaultAnswer.of(fault, request.requestId());
        boolean authenticated = token(request).isAuthenticated();
        return authenticated ? answer.withDefaults(state.rateLimit().take().headers()) : answer;
    }

    private Answer guarded(RecordedRequest request, Step endpoint) {
        Map<String, String> headers = new LinkedHashMap<>();
        try {
            TokenRegistry.Use token = token(request);
            if (!token.isAuthenticated()) {
                throw new ApiException(401, "unauthorized", "Access Token Invalid");
            }
            RateLimitWindow.Grant grant = state.rateLimit().take();
            headers.putAll(grant.headers());
            if (!grant.allowed()) {
                throw new ApiException(429, "rate_limit_exceeded", grant.refusal());
            }
            if (token.state() == TokenRegistry.State.FORBIDDEN) {
                throw new ApiException(403, "forbidden", "The access token lacks the permission");
            }
            return endpoint.answer().withDefaults(headers);
        } catch (ApiException refusal) {
            return refusal.toAnswer(request.requestId()).withDefaults(headers);
        }
    }

    private TokenRegistry.Use token(RecordedRequest request) {
        return state.tokens().identify(request.header("Authorization"));
    }

    @FunctionalInterface
    private interface Step {
        Answer answer();
    }
}
