package io.github.mparticleintercom.standalone;

import io.github.mparticleintercom.check.Problem;
import io.github.mparticleintercom.settings.Settings;
import io.github.mparticleintercom.settings.SettingsException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops the start before anything is made from routes and settings that will not do. */
final class StartCheck extends MainListenerSupport {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.start");

    @Override
    public void beforeConfigure(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        List<Problem> problems = Home.check(context).problems();
        if (!problems.isEmpty()) {
            throw new SettingsException(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        }
        if (Home.isOn(context, "http.enabled")) {
            if (Home.isOn(context, "http.tls.enabled")) {
                ServerCertificate.read("http", key -> Home.setting(context, key));
            }
            checkPort(Settings.PREFIX + "http.port", Home.setting(context, "http.host"), Integer.parseInt(Home.setting(context, "http.port")));
        }
        lookAtManagement(context);
        String listen = Home.setting(context, "broker.listen");
        if (!listen.isEmpty() && Home.setting(context, "broker.url").isEmpty()
                && Home.setting(context, "broker.connection-factory").isEmpty()) {
            if (Home.isOn(context, "broker.tls.enabled")) {
                ServerCertificate.read("broker", key -> Home.setting(context, key));
            }
            checkPort(Settings.PREFIX + "broker.listen", URI.create(listen).getHost(), URI.create(listen).getPort());
        }
        if (Home.isOn(context, "files.enabled")) {
            checkFolder("files.inbox", Path.of(Home.setting(context, "files.inbox")));
        }
    }

    /** Health is no door: without it the bundle still does its work, so it starts, and says so. */
    private static void lookAtManagement(CamelContext context) {
        String host = context.resolvePropertyPlaceholders("{{camel.management.host:0.0.0.0}}");
        String port = context.resolvePropertyPlaceholders("{{camel.management.port:9876}}");
        if (!context.resolvePropertyPlaceholders("{{camel.management.enabled:false}}").equals("true")) {
            return;
        }
        try {
            checkPort("camel.management.port", host, Integer.parseInt(port));
            LOG.info("Health: http://{}:{}/observe/health", host, port);
        } catch (SettingsException e) {
            LOG.warn("Health and the page are not served; {}", e.getMessage());
        }
    }

    /** The server would only warn and leave the door shut. */
    private static void checkPort(String key, String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new SettingsException(key + ": " + host + ":" + port + " cannot be opened: " + e.getMessage() + ".");
        }
    }

    /** The door would only wait for files that never come. */
    private static void checkFolder(String key, Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new SettingsException(Settings.PREFIX + key + " is " + folder.toAbsolutePath() + ", which is no folder and cannot be made"
                    + " one: " + e.getMessage() + ".");
        }
        if (!Files.isWritable(folder)) {
            throw new SettingsException(Settings.PREFIX + key + " is " + folder.toAbsolutePath() + ", out of which nothing can be moved.");
        }
    }
}
