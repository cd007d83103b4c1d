package io.github.mparticleintercom.http;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpConsumer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * Puts the address of a route on the port of Camel's management server where there is one, else on the HTTP server that the
 * context has for all its routes. Camel itself knows only the second.
 */
public final class ManagementEngine {

    private static final String MANAGEMENT_SERVER = "org.apache.camel.component.platform.http.main.ManagementHttpServer";

    private ManagementEngine() {
    }

    /**
     * The engine, for option {@code platformHttpEngine} of a route. A host without camel-platform-http among its libraries makes
     * this bean as well, though no route uses it there, and gets an empty object.
     */
    public static Object create() {
        try {
            return new Engine();
        } catch (NoClassDefFoundError e) {
            return new Object();
        }
    }

    /** Whether the routes that name this engine are on a port of their own. */
    public static boolean isOnManagement(CamelContext context) {
        return context.getClassResolver().resolveClass(MANAGEMENT_SERVER) != null && Management.exists(context);
    }

    /** Whether the route of this endpoint, one of camel-platform-http, is on a port of its own. */
    public static boolean isOnManagement(Endpoint endpoint) {
        return Engine.isOf(endpoint) && isOnManagement(endpoint.getCamelContext());
    }

    /** In a class of its own, because Camel looks at all methods of a bean's class, whose types must then be there. */
    private static final class Engine implements PlatformHttpEngine {

        private volatile int port;

        private static boolean isOf(Endpoint endpoint) {
            return endpoint instanceof PlatformHttpEndpoint http && http.getPlatformHttpEngine() instanceof Engine;
        }

        @Override
        public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
            if (isOnManagement(endpoint.getCamelContext())) {
                port = Management.port(endpoint.getCamelContext());
                return Management.consumer(endpoint, processor);
            }
            PlatformHttpEngine engine = endpoint.getComponent().getEngine();
            port = engine.getServerPort();
            return engine.createConsumer(endpoint, processor);
        }

        @Override
        public int getServerPort() {
            return port;
        }
    }

    /** Loaded only where Camel's management server is among the libraries; other platforms have servers of their own. */
    private static final class Management {

        private static boolean exists(CamelContext context) {
            return context.hasService(ManagementHttpServer.class) != null;
        }

        private static int port(CamelContext context) {
            return context.hasService(ManagementHttpServer.class).getPort();
        }

        private static PlatformHttpConsumer consumer(PlatformHttpEndpoint endpoint, Processor processor) {
            return new VertxPlatformHttpConsumer(endpoint, processor, List.of(),
                    VertxPlatformHttpRouter.getRouterNameFromPort(port(endpoint.getCamelContext())));
        }
    }
}
