package io.github.mparticleintercom.standalone;

import io.github.mparticleintercom.intercom.IntercomConnection;
import io.github.mparticleintercom.queue.MessageBroker;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.main.MainHttpServer;
import org.apache.camel.component.platform.http.main.ManagementHttpServer;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says after the start, in a few lines, what a person wants to know. */
final class StartReport extends MainListenerSupport {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.start");

    @Override
    public void afterStart(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        IntercomConnection intercom = context.getRegistry().lookupByNameAndType("intercomConnection", IntercomConnection.class);
        MessageBroker broker = context.getRegistry().lookupByNameAndType("mparticleIntercomBroker", MessageBroker.class);
        if (intercom.isDryRun()) {
            LOG.warn("DRY RUN: nothing is sent to Intercom; what would be is written to {}",
                    Path.of(Home.setting(context, "broker.data")).toAbsolutePath().normalize().resolve("dry-run.jsonl"));
        } else {
            LOG.info("Intercom: {}", intercom.describe());
        }
        if (Home.isOn(context, "http.enabled")) {
            LOG.info("HTTP: {}/v2/events and /v2/bulkevents, authorization {}", httpAddress(context),
                    Home.setting(context, "http.authorization").isEmpty() ? "not asked for" : "required");
        }
        if (Home.isOn(context, "files.enabled")) {
            LOG.info("Files: {}", Path.of(Home.setting(context, "files.inbox")).toAbsolutePath().normalize());
        }
        if (Home.isOn(context, "jms.enabled")) {
            LOG.info("JMS: queue {}", Home.setting(context, "jms.queue"));
        }
        pageAddress(context).ifPresent(address -> LOG.info("Page: {}", address));
        LOG.info("Queue: {}", broker.describe());
        LOG.info("Pace: at most {} calls in {} ms, {} at once", Home.setting(context, "pace.requests-per-window"),
                Home.setting(context, "pace.window-millis"), Home.setting(context, "deliver.concurrency"));
    }

    /** Where the HTTP door is, with the port that it really has. */
    static String httpAddress(CamelContext context) {
        MainHttpServer server = context.hasService(MainHttpServer.class);
        return (Home.isOn(context, "http.tls.enabled") ? "https" : "http") + "://" + Home.setting(context, "http.host") + ":"
                + (server == null ? Home.setting(context, "http.port") : server.getRouter().getServer().getPort());
    }

    /** Where the page is, with the port that it really has; nothing where it is off or its port could not be opened. */
    static Optional<String> pageAddress(CamelContext context) {
        ManagementHttpServer server = context.hasService(ManagementHttpServer.class);
        int port = server == null || !Home.isOn(context, "page.enabled") ? 0 : server.getRouter().getServer().getServer().actualPort();
        return port <= 0 ? Optional.empty() : Optional.of("http://" + server.getHost() + ":" + port + "/");
    }
}
