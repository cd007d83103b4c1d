package io.github.mparticleintercom.broker;

import jakarta.jms.ConnectionFactory;
import io.github.mparticleintercom.settings.SettingsException;
import org.apache.camel.CamelContext;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.support.service.ServiceSupport;
import org.springframework.jms.connection.CachingConnectionFactory;
import org.springframework.jms.connection.JmsTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionStatus;

/**
 * The running side of the broker: one for a Camel context, however often the bean that stands for it is made. Camel makes YAML
 * beans anew while it loads further files and on every reload; a broker that went along would lose its connections.
 */
public final class BrokerService extends ServiceSupport {

    /** More sessions than intakes and consumers ever use at once; further ones are closed after use. */
    private static final int SESSIONS = 256;

    private final Broker broker;
    private ConnectionFactory factory;
    private CachingConnectionFactory sessions;
    private JmsTransactionManager transactions;

    BrokerService(BrokerSettings settings, CamelContext context) {
        if (settings.embedded()) {
            broker = embedded(settings);
        } else {
            broker = settings.ofHost() ? new HostBroker(settings, context) : new ExternalArtemis(settings);
        }
    }

    private static Broker embedded(BrokerSettings settings) {
        try {
            return new EmbeddedArtemis(settings);
        } catch (NoClassDefFoundError e) {
            throw new SettingsException("Neither mparticle-intercom.broker.connection-factory nor mparticle-intercom.broker.url is"
                    + " set, and org.apache.activemq:artemis-jakarta-server, the embedded broker, is not on the class path.");
        }
    }

    /** Transactions that distinguish from all other failures that the broker refuses a duplicate. */
    private static final class Transactions extends JmsTransactionManager {

        private static final long serialVersionUID = 1L;

        private Transactions(ConnectionFactory factory) {
            super(factory);
        }

        @Override
        protected void doCommit(DefaultTransactionStatus status) {
            try {
                super.doCommit(status);
            } catch (TransactionSystemException e) {
                throw Broker.isDuplicate(e) ? new DuplicateRequest(e) : e;
            }
        }

        /** Over a lost connection it fails, and the broker does it by itself: what is to be told is why it was needed. */
        @Override
        protected void doRollback(DefaultTransactionStatus status) {
            try {
                super.doRollback(status);
            } catch (TransactionSystemException e) {
                logger.debug("What was under way is rolled back by the broker", e);
            }
        }
    }

    @Override
    protected void doStart() throws Exception {
        boolean complete = false;
        try {
            connect();
            complete = true;
        } finally {
            if (!complete) {
                // Camel tries a bean that fails once more, and should meet the same failure again
                doStop();
            }
        }
    }

    private void connect() throws Exception {
        factory = broker.start();
        sessions = new SharedConnection(factory, System::nanoTime);
        sessions.setSessionCacheSize(SESSIONS);
        // the listeners hold their consumers themselves
        sessions.setCacheConsumers(false);
        transactions = new Transactions(sessions);
    }

    @Override
    protected void doStop() throws Exception {
        if (sessions != null) {
            sessions.destroy();
        }
        broker.stop();
    }

    JmsComponent jms() {
        return JmsComponent.jmsComponent(sessions);
    }

    Broker broker() {
        return broker;
    }

    ConnectionFactory factory() {
        return factory;
    }

    JmsTransactionManager transactions() {
        return transactions;
    }
}
