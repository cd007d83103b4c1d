package io.github.mparticleintercom.broker;

import io.github.mparticleintercom.settings.Settings;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.component.jms.JmsComponent;

/**
 * The broker that holds the queues, embedded or external, and what Camel needs to use it. It starts and stops with the Camel
 * context. The connection factory and the transaction manager stay inside, because Camel would hand beans of these types to
 * components of the host.
 */
public final class MessageBroker implements CamelContextAware {

    private final BrokerSettings settings = new BrokerSettings();
    private CamelContext context;
    private BrokerService service;

    /** The name of the host's connection factory; blank for none. */
    public void setConnectionFactory(String connectionFactory) {
        settings.connectionFactory = connectionFactory.strip();
    }

    /** An Artemis broker to connect to; blank for the embedded one, unless the host has one. */
    public void setUrl(String url) {
        settings.url = url.strip();
    }

    /** Who we are to the external broker, and who others must be to the embedded one; blank for nobody. */
    public void setUser(String user) {
        settings.user = user.strip();
    }

    /** That user's password. */
    public void setPassword(String password) {
        settings.password = password.strip();
    }

    /** The folder of all that is kept on disk. */
    public void setData(String data) {
        settings.data = data;
    }

    /** Where the embedded broker listens for other programs, as {@code tcp://host:port}; blank for nowhere. */
    public void setListen(String listen) {
        settings.listen = listen.strip();
    }

    /** Whether they must speak TLS. */
    public void setTlsEnabled(boolean tlsEnabled) {
        settings.tlsEnabled = tlsEnabled;
    }

    /** Where the key store with the embedded broker's certificate is; blank without TLS. */
    public void setTlsKeyStore(String tlsKeyStore) {
        settings.tlsKeyStore = tlsKeyStore.strip();
    }

    /** The key store's password. */
    public void setTlsKeyStorePassword(String tlsKeyStorePassword) {
        settings.tlsKeyStorePassword = tlsKeyStorePassword.strip();
    }

    /** How many stable ids the embedded broker remembers. */
    public void setDuplicateMemory(int duplicateMemory) {
        settings.duplicateMemory = duplicateMemory;
    }

    /** How much of a queue, in bytes, the embedded broker keeps in memory before it writes pages to disk. */
    public void setMemoryBytes(long memoryBytes) {
        settings.memoryBytes = memoryBytes;
    }

    /** The queue of requests for Intercom. */
    public void setRequestsQueue(String requestsQueue) {
        settings.requestsQueue = requestsQueue;
    }

    /** The queue of dead letters. */
    public void setDeadLetterQueue(String deadLetterQueue) {
        settings.deadLetterQueue = deadLetterQueue;
    }

    /** How many consumers take requests from their queue. */
    public void setRequestsConsumers(int requestsConsumers) {
        settings.requestsConsumers = requestsConsumers;
    }

    /** How many consumers take from the retry queue. */
    public void setRetryConsumers(int retryConsumers) {
        settings.retryConsumers = retryConsumers;
    }

    /**
     * Starts the embedded broker, unless it runs in this context already or an external one is set.
     *
     * @throws Exception when the broker cannot start
     */
    public void start() throws Exception {
        service = context.hasService(BrokerService.class);
        if (service == null) {
            service = new BrokerService(settings, context);
            service.start();
            context.addService(service, true, true);
        }
    }

    /** A JMS component of our own, so that the host's {@code jms} stays as it is. */
    public static JmsComponent jms(MessageBroker broker) {
        JmsComponent jms = broker.service.jms();
        jms.setTransacted(true);
        jms.setLazyCreateTransactionManager(false);
        jms.setCacheLevelName("CACHE_CONSUMER");
        jms.setDestinationResolver(new KnownQueues());
        jms.setDisableReplyTo(true);
        return jms;
    }

    /**
     * How the {@code transacted} step joins or opens a transaction.
     *
     * @param broker      the started broker
     * @param propagation {@code PROPAGATION_REQUIRED} or {@code PROPAGATION_REQUIRES_NEW}
     */
    public static BrokerTransaction transaction(MessageBroker broker, String propagation) {
        return new BrokerTransaction(broker.service.transactions(), propagation);
    }

    String requestsQueue() {
        return settings.requestsQueue;
    }

    String retryQueue() {
        return settings.retryQueue();
    }

    /** The queue of dead letters. */
    public String deadLetterQueue() {
        return settings.deadLetterQueue;
    }

    /** The plain connection factory, for what needs a connection of its own. */
    public ConnectionFactory connectionFactory() {
        return service.factory();
    }

    /** How many messages lie on a queue, 0 where there is no such queue; empty where only the broker's own tools know. */
    public OptionalLong messages(Connection connection, String queue) throws JMSException {
        return Broker.isArtemis(connection) ? OptionalLong.of(ArtemisClient.messages(connection, queue)) : OptionalLong.empty();
    }

    /** How many consumers a queue has, of all instances; 0 where only the broker's own tools know. */
    public long consumers(Connection connection, String queue) throws JMSException {
        return Broker.isArtemis(connection) ? ArtemisClient.consumers(connection, queue) : 0;
    }

    /** How many messages of each group the consumers of a queue have in hand, of all instances, as far as the broker tells. */
    Map<String, Integer> delivering(String queue) throws JMSException {
        if (settings.embedded()) {
            return new HashMap<>();
        }
        try (Connection connection = connectionFactory().createConnection()) {
            return Broker.isArtemis(connection) ? ArtemisManagement.delivering(connection, queue) : new HashMap<>();
        }
    }

    /** What an Artemis that is not embedded has to be set to and is not, for a person; nothing where we cannot know. */
    List<String> settingsToChange(Connection connection) throws JMSException {
        return settings.embedded() || !Broker.isArtemis(connection) ? List.of()
                : ArtemisSettings.differences(connection, settings);
    }

    /** Why the embedded broker takes nothing at the moment, for a person; "" while it does, and for an external one. */
    public String outage() {
        return service.broker().outage();
    }

    boolean isStopped() {
        return service.broker().isStopped();
    }

    /** Whether the embedded broker cannot be brought back by this process; never for an external one. */
    public boolean isGivenUp() {
        return service.broker().isGivenUp();
    }

    /** What of the embedded broker's storage was gone at the start, for a person; "" if nothing was. */
    public String missing() {
        return service.broker().missing();
    }

    /** Where the queues are, for a person. */
    public String describe() {
        if (settings.ofHost()) {
            return "the host's broker, connection factory " + settings.connectionFactory
                    + (Broker.isArtemis(service.factory()) ? "" : "; it accepts duplicates");
        }
        return settings.embedded()
                ? "embedded broker, data in " + Path.of(settings.data).toAbsolutePath().normalize()
                        + (settings.listen.isEmpty() ? "" : ", listening on " + settings.listen + (settings.tlsEnabled ? " with TLS" : ""))
                : "broker " + Settings.masked(settings.url);
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.context = camelContext;
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }
}
