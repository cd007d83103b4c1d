package io.github.mparticleintercom.broker;

import jakarta.jms.ConnectionFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.config.impl.SecurityConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnector;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMRegistry;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.activemq.artemis.spi.core.security.ActiveMQJAASSecurityManager;
import org.apache.activemq.artemis.spi.core.security.jaas.InVMLoginModule;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An Artemis broker inside this process, with its journal on disk. */
final class EmbeddedArtemis implements Broker {

    /** Users share so many groups, each served by one consumer in order: bounds what the broker remembers of users. */
    private static final int GROUP_BUCKETS = 4096;
    /**
     * It hands each packet from thread to thread. Few that are at work take the next packet by themselves; of many, one has to be woken
     * for it, which cost a fifth of the broker's time on two processors.
     */
    private static final int THREADS = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
    private static final AtomicInteger NEXT_ID = new AtomicInteger(ThreadLocalRandom.current().nextInt(1_000_000));
    /** The page that is written and the one that is read are in memory as well. */
    private static final long PAGE_BYTES = 2L * 1024 * 1024;
    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.broker");
    private static final String ROLE = "mparticle-intercom";
    /** No broker begins while the last one takes the threads of all of them with it. */
    private static final Object BEGIN_AND_END = new Object();

    private final BrokerSettings settings;
    /** Distinguishes several brokers in one process. */
    private final int serverId = NEXT_ID.incrementAndGet();
    private final String name = "mparticle-intercom-" + serverId;
    private final String inVmPassword = UUID.randomUUID().toString();
    private ArtemisKeeper keeper;
    private ActiveMQConnectionFactory factory;
    private FileChannel lock;
    private String missing = "";

    EmbeddedArtemis(BrokerSettings settings) {
        this.settings = settings;
    }

    @Override
    public ConnectionFactory start() throws Exception {
        Path data = Path.of(settings.data);
        lock = settings.lockData();
        missing = missing(data);
        if (!missing.isEmpty()) {
            LOG.error("{}", missing);
        }
        keeper = new ArtemisKeeper(() -> server(data), data);
        synchronized (BEGIN_AND_END) {
            keeper.start();
        }
        factory = ArtemisClient.factory(url(), name, inVmPassword);
        return factory;
    }

    /** One that is not started; another one each time, as a stopped one does not start again. */
    private EmbeddedActiveMQ server(Path data) throws Exception {
        EmbeddedActiveMQ server = new EmbeddedActiveMQ();
        server.setConfiguration(configuration(data));
        SecurityConfiguration users = new SecurityConfiguration();
        users.addUser(name, inVmPassword);
        users.addRole(name, ROLE);
        if (!settings.user.isEmpty()) {
            users.addUser(settings.user, settings.password);
            users.addRole(settings.user, ROLE);
        } else {
            users.setDefaultUser(name);
        }
        server.setSecurityManager(new ActiveMQJAASSecurityManager(InVMLoginModule.class.getName(), users));
        return server;
    }

    @Override
    public void stop() throws Exception {
        if (factory != null) {
            factory.close();
        }
        if (keeper != null) {
            keeper.close();
            endThreads();
        }
        if (lock != null) {
            lock.close();
        }
    }

    /**
     * Ends the threads of clients of brokers in this process, which Artemis would keep for a minute, and with them the process of a
     * host that is done. All such brokers share them, also those that are none of ours, so they go with the last one.
     */
    private static void endThreads() {
        synchronized (BEGIN_AND_END) {
            if (InVMRegistry.instance.size() == 0) {
                InVMConnector.resetThreadPool();
            }
        }
    }

    @Override
    public String outage() {
        return keeper.outage();
    }

    @Override
    public boolean isStopped() {
        return !keeper.isRunning();
    }

    @Override
    public boolean isGivenUp() {
        return keeper.isGivenUp();
    }

    @Override
    public String missing() {
        return missing;
    }

    /** Artemis starts as if new on one half of what it keeps: queues without messages, or messages that no queue takes. */
    private static String missing(Path data) throws IOException {
        boolean journal = holds(data.resolve("journal"), "activemq-data");
        boolean bindings = holds(data.resolve("bindings"), "activemq-bindings");
        if (journal == bindings) {
            return "";
        }
        return (journal ? "There is a journal but no bindings in " : "There are bindings but no journal in ") + data.toAbsolutePath()
                + ": a part of the data is gone, and with it whatever waited for Intercom and all dead letters"
                + (journal ? ", unless the bindings are brought back before the start" : "") + "; duplicates are not known any more";
    }

    private static boolean holds(Path folder, String prefix) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith(prefix));
        }
    }

    private String url() {
        return "vm://" + serverId;
    }

    private Configuration configuration(Path data) throws Exception {
        Configuration configuration = new ConfigurationImpl()
                .setName(name)
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setThreadPoolMaxSize(THREADS)
                .setJournalDirectory(data.resolve("journal").toString())
                .setBindingsDirectory(data.resolve("bindings").toString())
                .setPagingDirectory(data.resolve("paging").toString())
                .setLargeMessagesDirectory(data.resolve("large-messages").toString())
                .setIDCacheSize(settings.duplicateMemory)
                .setPersistIDCache(true)
                .setJMXManagementEnabled(false)
                .setSecurityEnabled(!settings.user.isEmpty())
                .addAcceptorConfiguration("in-vm", url())
                .setSecurityRoles(Map.of("#", Set.of(everything())));
        if (!settings.listen.isEmpty()) {
            configuration.addAcceptorConfiguration(acceptor(URI.create(settings.listen)));
        }
        configuration.setAddressSettings(Map.of("#", addressSettings()));
        configuration.registerBrokerPlugin(new DispatchDelay(settings.requestsQueue, settings.requestsConsumers));
        configuration.registerBrokerPlugin(new DispatchDelay(settings.retryQueue(), settings.retryConsumers));
        return configuration;
    }

    private TransportConfiguration acceptor(URI listen) {
        Map<String, Object> parameters = new HashMap<>(Map.of(
                TransportConstants.HOST_PROP_NAME, listen.getHost(),
                TransportConstants.PORT_PROP_NAME, listen.getPort(),
                TransportConstants.PROTOCOLS_PROP_NAME, "CORE",
                TransportConstants.SSL_ENABLED_PROP_NAME, settings.tlsEnabled));
        if (settings.tlsEnabled) {
            parameters.put(TransportConstants.KEYSTORE_PATH_PROP_NAME, settings.tlsKeyStore);
            parameters.put(TransportConstants.KEYSTORE_PASSWORD_PROP_NAME, settings.tlsKeyStorePassword);
        }
        return new TransportConfiguration(NettyAcceptorFactory.class.getName(), parameters, "clients");
    }

    private AddressSettings addressSettings() {
        return new AddressSettings()
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setMaxSizeBytes(settings.memoryBytes)
                .setPageSizeBytes((int) Math.min(PAGE_BYTES, settings.memoryBytes / 2))
                .setMaxDeliveryAttempts(-1)
                .setRedeliveryDelay(0)
                .setAutoDeleteQueues(false)
                .setAutoDeleteAddresses(false)
                .setDefaultGroupBuckets(GROUP_BUCKETS);
    }

    private static Role everything() {
        return new Role(ROLE, true, true, true, true, true, true, true, true, true, true, true, true);
    }
}
