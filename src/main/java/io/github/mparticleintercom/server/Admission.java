package io.github.mparticleintercom.server;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.http.Authorization;
import io.github.mparticleintercom.http.HttpRefusal;
import io.github.mparticleintercom.http.ManagementAccess;
import io.github.mparticleintercom.http.OpenDsr;
import io.github.mparticleintercom.http.Sent;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Supplier;

/**
 * Looks at the head of a request before a byte of its body is kept: whether it can be read in one way only, who sends it, what it
 * is and how long. What passes waits until there is room for its body.
 */
final class Admission implements Handler<RoutingContext> {

    /** Where batches are posted: only who may post them makes us read a body. */
    private static final List<String> INTAKE = List.of("/v2/events", "/v2/bulkevents");
    /** How far deflate can blow up a byte at most (its author's own figure: zlib.net/zlib_tech.html). */
    private static final long MOST_OF_A_PACKED_BYTE = 1032;
    /** Longer than the bodies before it take to be handled. */
    private static final long WAIT_MILLIS = 10_000;

    /**
     * What a client has to keep to.
     *
     * @param authorization the Authorization header of a post
     * @param erasure       the Authorization header of a request to forget a user, without which nobody may send one
     * @param names         the names that the port may be called by while no authorization is asked for
     * @param maxBodyBytes  the largest body, also after unpacking
     * @param timeoutMillis how long a request may take to come in
     */
    record Rules(Authorization authorization, Authorization erasure, ManagementAccess names, long maxBodyBytes, long timeoutMillis) {
    }

    private final Supplier<Rules> current;
    private final BodyBudget budget;

    /**
     * Lets nothing in before it is asked.
     *
     * @param current the rules of the moment
     * @param budget  the room for bodies
     */
    Admission(Supplier<Rules> current, BodyBudget budget) {
        this.current = current;
        this.budget = budget;
    }

    @Override
    public void handle(RoutingContext call) {
        Rules rules = current.get();
        try {
            checkFraming(call);
            if (INTAKE.stream().anyMatch(call.normalizedPath()::startsWith)) {
                if (!rules.authorization().isSet()) {
                    // else a foreign page could post through a browser on this machine, under a name of its own that points here
                    rules.names().checkHost(call.request().absoluteURI());
                }
                rules.authorization().check(call.request().headers().getAll("Authorization"), null);
                checkContentType(call.request());
            }
            if (call.normalizedPath().startsWith(OpenDsr.PATH)) {
                rules.erasure().require(call.request().headers().getAll("Authorization"), null);
                checkContentType(call.request());
            }
            long bytes = bytes(call.request(), rules);
            if (bytes > rules.maxBodyBytes()) {
                throw new HttpRefusal(413, Reason.BODY_TOO_LARGE, "body");
            }
            if (bytes == 0) {
                awaitBody(call, rules);
                call.next();
            } else {
                awaitRoom(call, rules, isPacked(call.request()) ? Math.min(rules.maxBodyBytes(), bytes * MOST_OF_A_PACKED_BYTE) : bytes);
            }
        } catch (HttpRefusal refusal) {
            ErrorAnswers.answer(call, refusal);
        }
    }

    private static void checkContentType(HttpServerRequest request) throws HttpRefusal {
        if (request.method().equals(HttpMethod.POST)) {
            Sent.checkJson(String.join(",", request.headers().getAll(HttpHeaders.CONTENT_TYPE)));
        }
    }

    /** Vert.x takes every coding for chunked as long as that is among them. */
    private static void checkFraming(RoutingContext call) throws HttpRefusal {
        List<String> codings = call.request().headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        if (!codings.isEmpty() && !(codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked"))) {
            call.response().putHeader("Connection", "close");
            // whatever follows may be part of this request or the next
            call.addEndHandler(end -> call.request().connection().close());
            throw new HttpRefusal(400, Reason.BAD_REQUEST, "Transfer-Encoding");
        }
    }

    /** How long the body says it is; as long as it may be where it does not say. */
    private static long bytes(HttpServerRequest request, Rules rules) throws HttpRefusal {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null) {
            try {
                return Long.parseLong(length.strip());
            } catch (NumberFormatException e) {
                throw new HttpRefusal(400, Reason.BAD_REQUEST, "Content-Length");
            }
        }
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING) ? rules.maxBodyBytes() : 0;
    }

    private static boolean isPacked(HttpServerRequest request) {
        String coding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        return coding != null && !coding.isBlank() && !coding.strip().equalsIgnoreCase("identity");
    }

    /** Meanwhile nothing is read, so that the sender waits as well. */
    private void awaitRoom(RoutingContext call, Rules rules, long bytes) {
        call.request().pause();
        Context context = call.vertx().getOrCreateContext();
        BodyBudget.Share share = budget.take(bytes, () -> context.runOnContext(granted -> {
            if (!call.response().ended() && !call.response().closed()) {
                awaitBody(call, rules);
                call.next();
            }
        }));
        long timer = call.vertx().setTimer(Math.min(WAIT_MILLIS, rules.timeoutMillis() / 2), over -> {
            if (share.giveUp()) {
                ErrorAnswers.answer(call, new HttpRefusal(503, Reason.SERVER_BUSY, null));
            }
        });
        call.addEndHandler(end -> {
            call.vertx().cancelTimer(timer);
            share.release();
        });
    }

    /** Every byte keeps a connection from being idle, so that only a deadline ends a trickle. */
    private static void awaitBody(RoutingContext call, Rules rules) {
        long deadline = call.vertx().setTimer(rules.timeoutMillis(), over -> {
            if (!call.request().isEnded()) {
                call.request().connection().close();
            }
        });
        call.addEndHandler(end -> call.vertx().cancelTimer(deadline));
    }
}
