package io.github.mparticleintercom.queue;

import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.support.service.ServiceSupport;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.jms.connection.JmsTransactionManager;

/**
 * The running side of the broker: one for a Camel context, however often the bean that stands for it is made. Camel makes YAML
 * beans anew while it loads further files and on every reload; a broker that went along would lose its connections.
 */
public final class BrokerService extends ServiceSupport {

    /**
     * What one consumer takes ahead. The broker looks no further than to a request whose consumer is full, so that a slow
     * consumer stops all others once its requests are no longer taken ahead.
     */
    private static final int PREFETCH_BYTES = 256 * 1024;

    private final BrokerSettings settings;
    private final EmbeddedArtemis embedded;
    private ActiveMQConnectionFactory factory;
    private JmsPoolConnectionFactory pool;
    private JmsTransactionManager transactions;

    BrokerService(BrokerSettings settings) {
        this.settings = settings;
        this.embedded = settings.embedded() ? new EmbeddedArtemis(settings) : null;
    }

    @Override
    protected void doStart() throws Exception {
        if (embedded != null) {
            embedded.start();
            factory = new ActiveMQConnectionFactory(embedded.url(), embedded.user(), embedded.password());
        } else {
            factory = new ActiveMQConnectionFactory(settings.url());
            if (settings.hasUser()) {
                factory.setUser(settings.user()).setPassword(settings.password());
            }
        }
        factory.setConsumerWindowSize(PREFETCH_BYTES);
        // nobody's objects are ever made from what a queue holds
        factory.setDeserializationDenyList("*");
        pool = new JmsPoolConnectionFactory();
        pool.setConnectionFactory(factory);
        pool.start();
        transactions = new JmsTransactionManager(pool);
    }

    @Override
    protected void doStop() throws Exception {
        if (pool != null) {
            pool.stop();
            factory.close();
        }
        if (embedded != null) {
            embedded.stop();
        }
    }

    ActiveMQConnectionFactory factory() {
        return factory;
    }

    JmsPoolConnectionFactory pool() {
        return pool;
    }

    JmsTransactionManager transactions() {
        return transactions;
    }

    boolean isDiskFull() {
        return embedded != null && embedded.isDiskFull();
    }
}
