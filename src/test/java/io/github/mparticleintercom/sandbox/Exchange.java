package io.github.mparticleintercom.sandbox;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** One request and its answer, or whatever a fault puts in its place. Lives on the event loop. */
final class Exchange {

    private final Vertx vertx;
    private final Context context;
    private final SandboxConfig config;
    private final SandboxState state;
    private final RequestProcessor processor;
    private final HttpServerRequest http;
    private final List<String> segments;
    private RequestLog.Entry entry;
    private ApiRequest call;

    Exchange(Vertx vertx, SandboxConfig config, SandboxState state, RequestProcessor processor,
            HttpServerRequest http) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.config = config;
        this.state = state;
        this.processor = processor;
        this.http = http;
        this.segments = UrlPath.segments(http.path());
    }

    void begin(Arrival arrival, String body) {
        RecordedRequest request = record(arrival, body);
        entry = state.log().add(request);
        call = new ApiRequest(segments, UrlPath.parameters(http.query()), request.body());
        try {
            proceed();
        } catch (RuntimeException broken) {
            // Most likely the condition of a fault; a caller left without an answer would be harder to understand.
            answering(new ApiException(500, "server_error", "The sandbox failed: " + broken)
                    .toAnswer(request.requestId())).run();
        }
    }

    private void proceed() {
        ActiveFault fault = state.faults().claim(entry.request());
        if (fault == null) {
            later(Duration.ZERO, answering(process()));
        } else {
            fail(fault);
        }
    }

    private void fail(ActiveFault active) {
        Fault fault = active.fault();
        switch (fault.action()) {
            case STATUS -> later(fault.latency(), answering(processor.refuse(entry.request(), fault)));
            case DELAY -> later(fault.latency(), answering(process()));
            case DROP_BEFORE -> later(fault.latency(), this::drop);
            case DROP_AFTER -> {
                process();
                later(fault.latency(), this::drop);
            }
            case RAW -> later(fault.latency(), () -> sendRaw(fault.body()));
            case HANG -> active.hold(held(fault));
        }
    }

    private ActiveFault.Held held(Fault fault) {
        return new ActiveFault.Held() {
            @Override
            public void proceed() {
                context.runOnContext(nothing -> resume(fault));
            }

            @Override
            public void abandon() {
                context.runOnContext(nothing -> drop());
            }
        };
    }

    private void resume(Fault fault) {
        if (http.response().closed()) {
            note(RecordedRequest.DROPPED); // the caller gave up while the request was hanging
        } else {
            later(fault.latency(), answering(process()));
        }
    }

    private Answer process() {
        return processor.process(entry.request(), call);
    }

    private Runnable answering(Answer answer) {
        return () -> {
            Answer complete = answer.withDefaults(Map.of("X-Request-Id", entry.request().requestId()));
            // Noted first, so that a caller who has its answer also finds it in the records.
            note(complete.status());
            send(http, complete);
        };
    }

    /** Past Vert.x, which would not let anything out that is no HTTP. */
    private void sendRaw(String characters) {
        note(RecordedRequest.DROPPED);
        ((ConnectionBase) http.connection()).channel().pipeline().firstContext()
                .writeAndFlush(Unpooled.copiedBuffer(characters, StandardCharsets.ISO_8859_1))
                .addListener(ChannelFutureListener.CLOSE);
    }

    private void drop() {
        note(RecordedRequest.DROPPED);
        http.connection().close();
    }

    private void note(int status) {
        config.onAnswered().accept(state.log().answered(entry, status));
    }

    private void later(Duration extra, Runnable action) {
        long millis = state.settings().latency().plus(extra).toMillis();
        if (millis <= 0) {
            action.run();
        } else {
            vertx.setTimer(millis, timer -> action.run());
        }
    }

    private RecordedRequest record(Arrival arrival, String body) {
        Map<String, String> headers = new TreeMap<>();
        http.headers().forEach((name, value) ->
                headers.merge(name.toLowerCase(Locale.ROOT), value, (first, next) -> first + ", " + next));
        String token = state.tokens().identify(headers.get("authorization")).name();
        String method = http.method().name();
        return new RecordedRequest(0, arrival.nanoTime(), arrival.time(), method, http.path(), http.query(),
                Map.copyOf(headers), Json.parseOrNull(body), body, token, CallKind.of(method, segments),
                UUID.randomUUID().toString(), RecordedRequest.NOT_ANSWERED);
    }

    static void send(HttpServerRequest http, Answer answer) {
        HttpServerResponse response = http.response();
        if (response.closed() || response.ended()) {
            return; // the caller gave up
        }
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        if (answer.body() == null) {
            response.end();
        } else {
            if (!response.headers().contains("Content-Type")) {
                response.putHeader("Content-Type", "application/json; charset=utf-8");
            }
            response.end(answer.body());
        }
    }
}
