package io.github.mparticleintercom.standalone;

import io.github.mparticleintercom.http.Authorization;
import io.github.mparticleintercom.http.HttpRefusal;
import io.github.mparticleintercom.http.PageDoor;
import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.support.service.ServiceSupport;

/**
 * Asks for the authorization on the whole management port, also for what Camel puts there. Health is left out, which probes ask
 * for, and the page, which holds no data.
 */
public final class ManagementGuard extends MainListenerSupport {

    private static final int BEFORE_ALL = -1;

    private Authorization authorization;
    private PageDoor hosts;
    private String health;

    @Override
    public void afterConfigure(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        ManagementHttpServer server = context.hasService(ManagementHttpServer.class);
        if (server == null) {
            return;
        }
        authorization = new Authorization(Home.setting(context, "http.authorization"));
        hosts = new PageDoor(server.getHost());
        health = server.getHealthPath();
        try {
            // started right after the server, and before all else
            context.addService(new ServiceSupport() {
                @Override
                protected void doStart() {
                    server.getRouter().route().order(BEFORE_ALL).handler(ManagementGuard.this::check);
                }
            }, true, true);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void check(RoutingContext call) {
        String path = call.normalizedPath();
        try {
            if (!path.equals("/") && !path.equals(health) && !path.startsWith(health + "/")) {
                hosts.checkHost(call.request().absoluteURI());
                authorization.check(call.request().getHeader("Authorization"), null);
            }
            call.next();
        } catch (HttpRefusal refusal) {
            if (refusal.status() == 401) {
                call.response().putHeader("WWW-Authenticate", "Basic realm=\"mparticle-intercom\"");
            }
            HttpDoorListener.answer(call, refusal.status(), refusal.reason(), refusal.field());
        }
    }
}
