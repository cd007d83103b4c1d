package io.github.mparticleintercom.server;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Makes the HTTP servers of this process within limits. Camel has no options for them, and takes the Vert.x that it
 * finds in the registry.
 */
final class ServerVertx extends VertxWrapper {

    private final int idleMillis;
    private final int maxConnections;
    private final Predicate<SocketAddress> waits;
    private final List<BoundedHttpServer> servers = new CopyOnWriteArrayList<>();

    /**
     * Runs of its own, until it is {@link #end() ended}.
     *
     * @param idleMillis     how long a connection may do nothing
     * @param maxConnections how many connections a server has at most
     * @param waits          which address is listened at only after {@link #open()}
     */
    ServerVertx(int idleMillis, int maxConnections, Predicate<SocketAddress> waits) {
        super((VertxInternal) Vertx.vertx());
        this.idleMillis = idleMillis;
        this.maxConnections = maxConnections;
        this.waits = waits;
    }

    @Override
    public HttpServer createHttpServer(HttpServerOptions options) {
        // HTTP/1.1 alone, as with TLS: where HTTP/2 may be meant, the decoder at work cannot be exchanged
        options.setIdleTimeoutUnit(TimeUnit.MILLISECONDS).setIdleTimeout(idleMillis).setHttp2ClearTextEnabled(false);
        BoundedHttpServer server = new BoundedHttpServer(delegate, options, maxConnections, waits);
        servers.add(server);
        return server;
    }

    /** Listens everywhere from now on; fails when an address cannot be had. */
    Future<?> open() {
        return Future.all(servers.stream().map(BoundedHttpServer::open).toList());
    }

    /** Does nothing: of several servers on it, the first that stops would take it away from the others. */
    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    @Override
    public void close(Handler<AsyncResult<Void>> done) {
        done.handle(Future.succeededFuture());
    }

    /** Ends all that runs on it. */
    void end() {
        super.close();
    }
}
