package io.github.mparticleintercom.standalone;

import java.util.List;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/** Puts the address of a route on the management port. Camel itself puts all of them on the port of the HTTP door. */
public final class ManagementEngine implements PlatformHttpEngine {

    private volatile int port;

    /**
     * A consumer on the management port.
     *
     * @throws IllegalStateException when Camel has no management server
     */
    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        ManagementHttpServer server = endpoint.getCamelContext().hasService(ManagementHttpServer.class);
        if (server == null) {
            throw new IllegalStateException("camel.management.enabled must be true for " + endpoint.getPath());
        }
        port = server.getPort();
        return new VertxPlatformHttpConsumer(endpoint, processor, List.of(), VertxPlatformHttpRouter.getRouterNameFromPort(port));
    }

    @Override
    public int getServerPort() {
        return port;
    }
}
