package io.github.mparticleintercom.queue;

import io.github.mparticleintercom.settings.Settings;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.nio.file.Path;
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

    private final BrokerSettings settings;
    private CamelContext context;
    private BrokerService service;

    /** A broker that {@link #start()} starts or connects to. */
    public MessageBroker(BrokerSettings settings) {
        this.settings = settings;
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

    /** What remembers the requests where the broker does not. */
    public static KnownRequests knownRequests(MessageBroker broker) {
        return broker.service.known();
    }

    /** Whether the broker takes a message once more that it was sent before. */
    public boolean takesRepetitions() {
        return !service.broker().refusesRepetitions();
    }

    /** What a broker that refuses repetitions shall tell a request by; null for any other, which must not see it. */
    public String repetitionKey(String id) {
        return takesRepetitions() ? null : id;
    }

    /** The plain connection factory, for what needs a connection of its own. */
    public ConnectionFactory connectionFactory() {
        return service.factory();
    }

    /** How many messages lie on a queue, 0 where there is no such queue; empty where only the broker's own tools can tell. */
    OptionalLong messages(Connection connection, String queue) throws JMSException {
        return ArtemisNames.owns(connection) ? OptionalLong.of(ArtemisClient.messages(connection, queue)) : OptionalLong.empty();
    }

    /** Whether the embedded broker has too little disk to take more; never for an external one. */
    public boolean isDiskFull() {
        return service.broker().isDiskFull();
    }

    /** Where the queues are, for a person. */
    public String describe() {
        if (settings.ofHost()) {
            return "the host's broker, connection factory " + settings.connectionFactory() + (!takesRepetitions() ? ""
                    : "; it does not refuse repetitions, known requests in "
                    + Path.of(settings.data()).toAbsolutePath().normalize());
        }
        return settings.embedded()
                ? "embedded broker, data in " + Path.of(settings.data()).toAbsolutePath().normalize()
                        + (settings.listener().isOpen() ? ", listening on " + settings.listener().describe() : "")
                : "broker " + Settings.masked(settings.url());
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
