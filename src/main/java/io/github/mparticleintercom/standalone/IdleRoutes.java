package io.github.mparticleintercom.standalone;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.main.Main;
import org.apache.camel.support.service.ServiceHelper;

/** The real routes with no door open and no delivery, for commands that work on them. */
final class IdleRoutes implements AutoCloseable {

    private static final List<String> DOORS = List.of("mparticle-intercom.http.enabled", "mparticle-intercom.files.enabled",
            "mparticle-intercom.jms.enabled", "camel.server.enabled");

    private final Main main = Home.main();
    private final Scratch scratch;

    private IdleRoutes(Scratch scratch, Map<String, String> doors) throws Exception {
        this.scratch = scratch;
        main.configure().setAutoStartup(false);
        Map<String, String> forced = new HashMap<>(doors);
        forced.put("camel.management.enabled", "false");
        forced.put("camel.metrics.enabled", "false");
        forced.put("camel.main.jmx-enabled", "false");
        forced.put("mparticle-intercom.broker.listen", "");
        if (scratch != null) {
            forced.put("mparticle-intercom.broker.url", "");
            forced.put("mparticle-intercom.broker.connection-factory", "");
            forced.put("mparticle-intercom.broker.data", scratch.path().toString());
        }
        ForcedSettings.on(main, forced);
        try {
            main.start();
        } catch (Exception e) {
            close();
            throw e;
        }
        for (Route route : context().getRoutes()) {
            if (route.getEndpoint() instanceof DirectEndpoint) {
                context().getRouteController().startRoute(route.getId());
            }
        }
    }

    /** On the data that the settings name; no bundle may be running on it. */
    static IdleRoutes onStoredData() throws Exception {
        return new IdleRoutes(null, shut());
    }

    /** On an empty queue that is gone afterwards, whether a bundle runs or not. */
    static IdleRoutes onNoData() throws Exception {
        return new IdleRoutes(Scratch.create("idle"), shut());
    }

    /** On an empty queue as well, with the doors made, though not opened, and their server on a port that nobody knows. */
    static IdleRoutes withDoors() throws Exception {
        return new IdleRoutes(Scratch.create("rehearsal"),
                Map.of("camel.server.host", "127.0.0.1", "camel.server.port", "0"));
    }

    private static Map<String, String> shut() {
        return DOORS.stream().collect(Collectors.toMap(key -> key, key -> "false"));
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    /** Sends a body to an endpoint and returns the answer. */
    String ask(String endpoint, Object body) {
        return context().createProducerTemplate().requestBody(endpoint, body, String.class);
    }

    @Override
    public void close() throws IOException {
        main.stop();
        main.shutdown();
        // Camel leaves what it began when it could not start
        ServiceHelper.stopAndShutdownServices(context().getCamelContextExtension().getServices());
        if (scratch != null) {
            scratch.close();
        }
    }
}
