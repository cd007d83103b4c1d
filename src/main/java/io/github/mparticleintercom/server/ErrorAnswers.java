package io.github.mparticleintercom.server;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.http.HttpRefusal;
import io.github.mparticleintercom.http.OpenDsr;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

/** What the servers themselves answer, before a route sees the request: JSON in the shape of mParticle's errors. */
final class ErrorAnswers {

    /** When to come again; a restart takes about as long. */
    static final String RETRY_SECONDS = "5";
    /** How long the rest of a refused body is thrown away. A connection that is cut at once takes the answer with it. */
    private static final long LINGER_MILLIS = 2000;

    private ErrorAnswers() {
    }

    /**
     * Answers, unless an answer is on its way. The rest of the request is thrown away as it comes, and the connection closed where
     * there is more of it than a moment brings.
     */
    static void answer(RoutingContext call, HttpRefusal refusal) {
        HttpServerResponse response = call.response();
        if (response.ended() || response.headWritten()) {
            return;
        }
        if (!call.request().isEnded()) {
            discard(call, call.request());
        }
        refusal.headers(RETRY_SECONDS).forEach(response::putHeader);
        // as it was sent: not every path can be normalized
        response.setStatusCode(refusal.status()).end(
                call.request().path().startsWith(OpenDsr.PATH) ? refusal.openDsrBody() : refusal.body());
    }

    private static void discard(RoutingContext call, HttpServerRequest request) {
        long timer = call.vertx().setTimer(LINGER_MILLIS, over -> request.connection().close());
        request.exceptionHandler(broken -> call.vertx().cancelTimer(timer));
        request.handler(bytes -> { });
        request.endHandler(end -> call.vertx().cancelTimer(timer));
        request.resume();
    }

    /** Answers that this is no moment for it, and that the next call should go elsewhere. */
    static void notNow(RoutingContext call) {
        if (!call.response().headWritten()) {
            call.response().putHeader("Connection", "close");
        }
        answer(call, new HttpRefusal(503, Reason.SERVER_NOT_READY, null));
    }
}
