package io.github.mparticleintercom.server;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Makes HTTP servers that close a connection on which nothing happens. Camel's server has no option for it, and takes the
 * Vert.x that it finds in the registry.
 */
final class PatientVertx extends VertxWrapper {

    private final LongSupplier idleMillis;

    /**
     * Runs of its own, until it is closed.
     *
     * @param idleMillis how long a connection may do nothing
     */
    PatientVertx(LongSupplier idleMillis) {
        super((VertxInternal) Vertx.vertx());
        this.idleMillis = idleMillis;
    }

    @Override
    public HttpServer createHttpServer(HttpServerOptions options) {
        return super.createHttpServer(options.setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(Math.toIntExact(idleMillis.getAsLong())));
    }
}
