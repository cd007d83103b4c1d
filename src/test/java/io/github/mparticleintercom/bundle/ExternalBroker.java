package io.github.mparticleintercom.bundle;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** A broker beside the bundle that can become unavailable and come back with what it held. */
public final class ExternalBroker implements AutoCloseable {

    private final Path data;
    private final AddressSettings addresses;
    private final int port = freePort();
    private EmbeddedActiveMQ server;

    private ExternalBroker(Path data, AddressSettings addresses) {
        this.data = data;
        this.addresses = addresses;
    }

    public static ExternalBroker start(Path data) throws Exception {
        return start(data, new AddressSettings());
    }

    public static ExternalBroker start(Path data, AddressSettings addresses) throws Exception {
        ExternalBroker broker = new ExternalBroker(data, addresses);
        broker.comeBack();
        return broker;
    }

    /** A port that was free a moment ago, for what cannot choose one itself. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public String url() {
        return "tcp://127.0.0.1:" + port;
    }

    void becomeUnavailable() throws Exception {
        server.stop();
    }

    void comeBack() throws Exception {
        server = new EmbeddedActiveMQ();
        server.setConfiguration(new ConfigurationImpl().setSecurityEnabled(false).setJMXManagementEnabled(false)
                .setJournalType(JournalType.NIO).setJournalDirectory(data.resolve("journal").toString())
                .setBindingsDirectory(data.resolve("bindings").toString())
                .setPagingDirectory(data.resolve("paging").toString())
                .setLargeMessagesDirectory(data.resolve("large").toString())
                .addAddressSetting("#", addresses)
                .addAcceptorConfiguration("tcp", url() + "?protocols=CORE"));
        server.start();
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
