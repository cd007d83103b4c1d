package io.github.mparticleintercom.server;

import io.github.mparticleintercom.intercom.IntercomConnection;
import io.github.mparticleintercom.broker.MessageBroker;
import java.io.File;
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
public final class StartReport extends MainListenerSupport {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.start");

    @Override
    public void afterStart(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        IntercomConnection intercom = context.getRegistry().lookupByNameAndType("intercomConnection", IntercomConnection.class);
        MessageBroker broker = context.getRegistry().lookupByNameAndType("mparticleIntercomBroker", MessageBroker.class);
        if (intercom.isDryRun()) {
            LOG.warn("DRY RUN: nothing is sent to Intercom; what would be is written to {}",
                    Path.of(Installation.setting(context, "broker.data")).toAbsolutePath().normalize().resolve("dry-run.jsonl"));
        } else {
            LOG.info("Intercom: {}", intercom.describe());
        }
        if (Installation.isOn(context, "http.enabled")) {
            LOG.info("HTTP: {}/v2/events and /v2/bulkevents, authorization {}", httpAddress(context),
                    Installation.setting(context, "http.authorization").isEmpty() ? "not asked for" : "required");
        }
        if (Installation.isOn(context, "files.enabled")) {
            File inbox = Path.of(Installation.setting(context, "files.inbox")).toAbsolutePath().normalize().toFile();
            boolean deep = Installation.isOn(context, "files.subfolders");
            LOG.info("Files: {}{}", inbox, deep ? ", with the folders in it" : "");
            File[] unread = deep ? null : inbox.listFiles(one -> one.isDirectory() && !one.isHidden());
            if (unread != null && unread.length > 0) {
                LOG.warn("The inbox holds {} folder(s) that nobody reads: mparticle-intercom.files.subfolders = true reads them", unread.length);
            }
        }
        if (Installation.isOn(context, "jms.enabled")) {
            LOG.info("JMS: queue {}", Installation.setting(context, "jms.queue"));
        }
        managementAddress(context).ifPresent(address -> LOG.info("Management: {} ({}), authorization {}", address,
                Installation.isOn(context, "console.enabled") ? "console, dead letters, preview, status" : "dead letters, preview, status",
                Installation.setting(context, "http.authorization").isEmpty() ? "not asked for" : "required"));
        LOG.info("Queue: {}", broker.describe());
        LOG.info("Rate: at most {} calls in {} ms, {} at once", Installation.setting(context, "throttle.requests-per-window"),
                Installation.setting(context, "throttle.window-millis"), Installation.setting(context, "deliver.concurrency"));
    }

    /** Where the HTTP intake is, with the port that it really has. */
    public static String httpAddress(CamelContext context) {
        MainHttpServer server = context.hasService(MainHttpServer.class);
        return (Installation.isOn(context, "http.tls.enabled") ? "https" : "http") + "://" + Installation.setting(context, "http.host") + ":"
                + (server == null ? Installation.setting(context, "http.port") : server.getRouter().getServer().getPort());
    }

    /** Where the console is; nothing where it is off or its port could not be opened. */
    public static Optional<String> consoleAddress(CamelContext context) {
        return Installation.isOn(context, "console.enabled") ? managementAddress(context) : Optional.empty();
    }

    /** Where the management API is, with the port that it really has; nothing where it is off or its port could not be opened. */
    private static Optional<String> managementAddress(CamelContext context) {
        ManagementHttpServer server = context.hasService(ManagementHttpServer.class);
        int port = server == null || !Installation.isOn(context, "api.enabled") ? 0
                : server.getRouter().getServer().getServer().actualPort();
        return port <= 0 ? Optional.empty() : Optional.of("http://" + server.getHost() + ":" + port + "/");
    }
}
