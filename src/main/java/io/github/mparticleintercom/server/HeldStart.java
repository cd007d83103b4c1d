package io.github.mparticleintercom.server;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.http.DeadLettersApi;
import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A start with intake and delivery shut: nothing comes in, nothing goes to Intercom, also not by a resume, and the management API
 * answers, health that it is not ready. What is replayed waits on the queue.
 */
public final class HeldStart extends MainListenerSupport {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.start");
    /** Routes that others call, that watch, or that answer: all others take something from somewhere. */
    private static final List<String> CALLED = List.of("direct:", "timer:", "platform-http:");

    /** The settings that go with it. */
    public static Map<String, String> settings() {
        return Map.of("mparticle-intercom.http.enabled", "false", "mparticle-intercom.files.enabled", "false",
                "mparticle-intercom.jms.enabled", "false");
    }

    @Override
    public void afterConfigure(BaseMainSupport main) {
        Model model = main.getCamelContext().getCamelContextExtension().getContextPlugin(Model.class);
        for (RouteDefinition route : model.getRouteDefinitions()) {
            String uri = route.getInput().getEndpointUri();
            if (CALLED.stream().noneMatch(uri::startsWith)) {
                route.setAutoStartup("false");
            }
        }
        main.getCamelContext().getRegistry().findByType(DeadLettersApi.class).forEach(DeadLettersApi::hold);
        HealthCheckRegistry.get(main.getCamelContext()).register(new AbstractHealthCheck("mparticle-intercom", "mparticle-intercom-held") {
            @Override
            public boolean isLiveness() {
                return false;
            }

            @Override
            protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
                result.down().message(Reason.HELD.code() + ": " + Reason.HELD.sentence()).detail("reason", Reason.HELD.code());
            }
        });
    }

    @Override
    public void afterStart(BaseMainSupport main) {
        LOG.warn("HELD: intake and delivery are shut, and the management API answers; start without --hold to go on");
    }
}
