package io.github.mparticleintercom.server;

import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;

/**
 * Refuses a request that tells its length in two ways. Netty's own decoder drops the length and goes on, as RFC 9112 (6.3) allows;
 * a proxy before us may have gone by the length, and would then take the rest for another request.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

    /** Under which Vert.x keeps its decoder in the pipeline of an HTTP/1 connection. */
    static final String NAME = "httpDecoder";

    StrictRequestDecoder(HttpServerOptions options) {
        super(options);
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("Content-Length beside Transfer-Encoding");
    }
}
