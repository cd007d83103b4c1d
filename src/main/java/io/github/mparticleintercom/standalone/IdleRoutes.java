package io.github.mparticleintercom.standalone;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.main.Main;

/** The real routes with no door open and no delivery, for commands that work on them. */
final class IdleRoutes implements AutoCloseable {

    private static final List<String> SHUT = List.of("mparticle-intercom.http.enabled", "mparticle-intercom.files.enabled",
            "mparticle-intercom.jms.enabled", "camel.server.enabled", "camel.management.enabled");

    private final Main main = Home.main();
    private final Scratch scratch;

    private IdleRoutes(Scratch scratch) throws Exception {
        this.scratch = scratch;
        main.configure().setAutoStartup(false);
        Map<String, String> forced = new HashMap<>();
        SHUT.forEach(key -> forced.put(key, "false"));
        forced.put("mparticle-intercom.broker.listen", "");
        if (scratch != null) {
            forced.put("mparticle-intercom.broker.url", "");
            forced.put("mparticle-intercom.broker.data", scratch.path().toString());
        }
        ForcedSettings.on(main, forced);
        main.start();
        for (Route route : context().getRoutes()) {
            if (route.getEndpoint() instanceof DirectEndpoint) {
                context().getRouteController().startRoute(route.getId());
            }
        }
    }

    /** On the data that the settings name; no bundle may be running on it. */
    static IdleRoutes onStoredData() throws Exception {
        return new IdleRoutes(null);
    }

    /** On an empty queue that is gone afterwards, whether a bundle runs or not. */
    static IdleRoutes onNoData() throws Exception {
        return new IdleRoutes(Scratch.create("idle"));
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
        if (scratch != null) {
            scratch.close();
        }
    }
}
