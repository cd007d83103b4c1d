package io.github.mparticleintercom.server;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.http.HttpRefusal;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.traffic.GlobalTrafficShapingHandler;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerImpl;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.SslChannelProvider;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    /** A server with at most so many connections, which reads requests strictly, and may wait with listening until it is told to. */
    private static final class BoundedHttpServer extends HttpServerImpl {

        /** Under which Vert.x keeps its decoder in the pipeline of an HTTP/1 connection. */
        private static final String DECODER = "httpDecoder";
        private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.start");

        private final HttpServerOptions options;
        private final int maxConnections;
        private final Predicate<SocketAddress> waits;
        private final AtomicInteger connections = new AtomicInteger();
        private SocketAddress address;
        private volatile boolean failed;

        /**
         * Not listening yet.
         *
         * @param vertx          what it runs on
         * @param options        Vert.x' own
         * @param maxConnections further ones are closed as they come
         * @param waits          whether what shall listen at this address waits for {@link #open()}
         */
        BoundedHttpServer(VertxInternal vertx, HttpServerOptions options, int maxConnections, Predicate<SocketAddress> waits) {
            super(vertx, options);
            this.options = options;
            this.maxConnections = maxConnections;
            this.waits = waits;
            connectionHandler(this::connected);
        }

        /** Counts from the first moment: a connection that has said nothing yet is none to Vert.x. */
        @Override
        protected BiConsumer<Channel, SslChannelProvider> childHandler(ContextInternal context, SocketAddress where,
                GlobalTrafficShapingHandler shaping) {
            BiConsumer<Channel, SslChannelProvider> accept = super.childHandler(context, where, shaping);
            return (channel, ssl) -> {
                channel.closeFuture().addListener(closed -> connections.decrementAndGet());
                if (connections.incrementAndGet() > maxConnections) {
                    channel.close();
                } else {
                    accept.accept(channel, ssl);
                }
            };
        }

        private void connected(HttpConnection connection) {
            ChannelPipeline pipeline = ((ConnectionBase) connection).channelHandlerContext().pipeline();
            pipeline.replace(DECODER, DECODER, new StrictRequestDecoder(options));
        }

        /**
         * Refuses a request that tells its length in two ways. Netty's own decoder drops the length and goes on, as RFC 9112 (6.3)
         * allows; a proxy before us may have gone by the length, and would then take the rest for another request.
         */
        private static final class StrictRequestDecoder extends VertxHttpRequestDecoder {

            private StrictRequestDecoder(HttpServerOptions options) {
                super(options);
            }

            @Override
            protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
                throw new IllegalArgumentException("Content-Length beside Transfer-Encoding");
            }
        }

        /** An escape in the path that stands for no character ends a call in Camel's outermost router, before any route of it. */
        @Override
        public HttpServer requestHandler(Handler<HttpServerRequest> handler) {
            if (handler instanceof Router router) {
                router.errorHandler(400, call -> ErrorAnswers.answer(call, new HttpRefusal(400, Reason.BAD_REQUEST, null)));
            }
            return super.requestHandler(handler);
        }

        /** Listens, or only remembers where. */
        @Override
        public synchronized Future<HttpServer> listen(SocketAddress where) {
            if (waits.test(where)) {
                address = where;
                return Future.succeededFuture(this);
            }
            // Camel would go on without it, after a stack trace
            return super.listen(where).recover(cause -> {
                failed = true;
                LOG.warn("Nothing listens on {}: {}", where, cause.getMessage());
                return Future.succeededFuture(this);
            });
        }

        /** The port that was asked for as long as it waits: Camel's routes find their server by it. 0 if it could not be opened. */
        @Override
        public synchronized int actualPort() {
            if (failed) {
                return 0;
            }
            return address == null ? super.actualPort() : address.port();
        }

        /** Listens, where it waited with it. */
        synchronized Future<HttpServer> open() {
            SocketAddress where = address;
            address = null;
            return where == null ? Future.succeededFuture(this) : super.listen(where);
        }
    }
}
