package io.github.mparticleintercom.sandbox;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The HTTP side: accepts connections and hands complete requests to an {@link Exchange}. */
final class SandboxServer {

    private static final long PATIENCE_SECONDS = 30;

    private final AtomicInteger connections = new AtomicInteger();
    private final Vertx vertx;
    private final HttpServer server;

    private SandboxServer(SandboxConfig config) {
        // One event loop serves everything; waiting is done by timers, never by a thread.
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1).setWorkerPoolSize(1).setInternalBlockingPoolSize(1)
                .setFileSystemOptions(new FileSystemOptions()
                        .setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
        server = vertx.createHttpServer(new HttpServerOptions()
                .setHost("127.0.0.1").setPort(config.port())
                .setAcceptBacklog(1024)
                .setHandle100ContinueAutomatically(true)
                .setMaxInitialLineLength(16 * 1024) // external ids are part of the path
                .setHttp2ClearTextEnabled(false)); // one request per connection, so that dropping one is clear-cut
    }

    static SandboxServer start(SandboxConfig config, SandboxState state, Runnable reset) {
        SandboxServer sandbox = new SandboxServer(config);
        RequestProcessor processor = new RequestProcessor(config, state);
        ControlApi control = config.control() ? new ControlApi(state, reset) : null;
        sandbox.server.connectionHandler(connection -> sandbox.connections.incrementAndGet());
        sandbox.server.requestHandler(request -> {
            Arrival arrival = new Arrival(System.nanoTime(), config.clock().instant());
            request.body().onSuccess(body -> {
                String text = body.toString();
                if (control != null && request.path().startsWith(ControlApi.PREFIX)) {
                    Exchange.send(request, control.handle(request.method().name(), request.path(), text));
                } else {
                    new Exchange(sandbox.vertx, config, state, processor, request).begin(arrival, text);
                }
            });
        });
        try {
            sandbox.server.listen().toCompletionStage().toCompletableFuture()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception failure) {
            sandbox.close();
            throw new IllegalStateException("The sandbox can not listen on port " + config.port(), failure);
        }
        return sandbox;
    }

    int port() {
        return server.actualPort();
    }

    int connections() {
        return connections.get();
    }

    void resetConnections() {
        connections.set(0);
    }

    void close() {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            throw new IllegalStateException("The sandbox did not close", failure);
        }
    }
}
