package io.github.mparticleintercom.queue;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.nio.file.Path;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.jms.client.ActiveMQConnection;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.spring.spi.SpringTransactionPolicy;

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
            service = new BrokerService(settings);
            service.start();
            context.addService(service, true, true);
        }
    }

    /** A JMS component of our own, so that the host's {@code jms} stays as it is. */
    public static JmsComponent jms(MessageBroker broker) {
        JmsComponent jms = JmsComponent.jmsComponent(broker.service.pool());
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
    public static SpringTransactionPolicy transaction(MessageBroker broker, String propagation) {
        SpringTransactionPolicy policy = new SpringTransactionPolicy(broker.service.transactions());
        policy.setPropagationBehaviorName(propagation);
        return policy;
    }

    /** The plain connection factory, for what needs a connection of its own. */
    public ConnectionFactory connectionFactory() {
        return service.factory();
    }

    /** How many messages lie on a queue; 0 where there is no such queue. */
    long messages(Connection connection, String queue) throws JMSException {
        try {
            return ((ActiveMQConnection) connection).getInitialSession().queueQuery(SimpleString.of(queue)).getMessageCount();
        } catch (ActiveMQException e) {
            throw new JMSException(e.getMessage());
        }
    }

    /** Whether the embedded broker has too little disk to take more; never for an external one. */
    public boolean isDiskFull() {
        return service.isDiskFull();
    }

    /** Where the queues are, for a person. */
    public String describe() {
        return settings.embedded()
                ? "embedded broker, data in " + Path.of(settings.data()).toAbsolutePath().normalize()
                        + (settings.listen().isEmpty() ? "" : ", listening on " + settings.listen())
                : "broker " + settings.url();
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
