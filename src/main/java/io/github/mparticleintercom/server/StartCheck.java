package io.github.mparticleintercom.server;

import io.github.mparticleintercom.check.Problem;
import io.github.mparticleintercom.settings.Settings;
import io.github.mparticleintercom.settings.SettingsException;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stops the start before anything is made from routes and settings that will not do. */
public final class StartCheck extends MainListenerSupport {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.start");
    /** Locked as long as the process lives. */
    private static FileChannel inbox;

    @Override
    public void beforeConfigure(BaseMainSupport main) {
        CamelContext context = main.getCamelContext();
        List<Problem> problems = Installation.check(context).problems();
        if (!problems.isEmpty()) {
            throw new SettingsException(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        }
        if (Installation.isOn(context, "http.enabled")) {
            if (Installation.isOn(context, "http.tls.enabled")) {
                checkKeyStore(context, "http");
            }
            checkPort(Settings.PREFIX + "http.port", Installation.setting(context, "http.host"),
                    Integer.parseInt(Installation.setting(context, "http.port")));
        }
        lookAtManagement(context);
        String listen = Installation.setting(context, "broker.listen");
        if (!listen.isEmpty() && Installation.setting(context, "broker.url").isEmpty()
                && Installation.setting(context, "broker.connection-factory").isEmpty()) {
            if (Installation.isOn(context, "broker.tls.enabled")) {
                checkKeyStore(context, "broker");
            }
            checkPort(Settings.PREFIX + "broker.listen", URI.create(listen).getHost(), URI.create(listen).getPort());
        }
        if (Installation.isOn(context, "files.enabled")) {
            Path folder = Path.of(Installation.setting(context, "files.inbox"));
            checkFolder("files.inbox", folder);
            lookAtInbox(folder.toAbsolutePath().normalize());
        }
    }

    /** Health is no intake: without it the bundle still does its work, so it starts, and says so. */
    private static void lookAtManagement(CamelContext context) {
        String host = context.resolvePropertyPlaceholders("{{camel.management.host:0.0.0.0}}");
        String port = context.resolvePropertyPlaceholders("{{camel.management.port:9876}}");
        if (!context.resolvePropertyPlaceholders("{{camel.management.enabled:false}}").equals("true")) {
            return;
        }
        try {
            checkPort("camel.management.port", host, Integer.parseInt(port.strip()));
            LOG.info("Health: http://{}:{}/observe/health", host, port);
        } catch (SettingsException e) {
            LOG.warn("Health, the management API and the console are not served; {}", e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new SettingsException("camel.management.port is '" + port + "', which is not a port.");
        }
    }

    /** The server would only warn and leave the port shut. */
    private static void checkPort(String key, String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new SettingsException(key + ": " + host + ":" + port + " cannot be opened: " + e.getMessage() + ".");
        }
    }

    /** Whether a server of ours, as the keys of its settings begin, has a certificate to show. */
    private static void checkKeyStore(CamelContext context, String server) {
        String key = Settings.PREFIX + server + ".tls.key-store";
        String path = Installation.setting(context, server + ".tls.key-store");
        char[] password = Installation.setting(context, server + ".tls.key-store-password").toCharArray();
        File file = new File(path).getAbsoluteFile();
        if (path.isEmpty() || !file.isFile()) {
            throw new SettingsException(key + " is '" + path + "', where there is no file.");
        }
        try {
            KeyStore store = KeyStore.getInstance(file, password);
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias) && store.getKey(alias, password) != null) {
                    return;
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new SettingsException(key + " is '" + path + "', which cannot be read with " + key + "-password.");
        }
        throw new SettingsException(key + " is '" + path + "', which holds no private key.");
    }

    /** Several may share an inbox, as each file is taken by one of them; but who does that by mistake misses files. */
    private static void lookAtInbox(Path folder) {
        try {
            inbox = FileChannel.open(folder.resolve(".in-use"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (inbox.tryLock() == null) {
                LOG.warn("Another process takes files from {}, too: each file goes to one of them", folder);
            }
        } catch (IOException | OverlappingFileLockException e) {
            LOG.debug("Whether another process reads the inbox is not known", e);
        }
    }

    /** The intake would only wait for files that never come. */
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
