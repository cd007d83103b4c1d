package io.github.mparticleintercom.queue;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.Session;
import org.apache.camel.component.jms.DefaultJmsMessageListenerContainer;
import org.apache.camel.component.jms.JmsEndpoint;
import org.springframework.jms.connection.JmsTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** Transactions that tell whether they committed: our own ones, and those of JMS consumers. */
final class RememberingTransactions extends JmsTransactionManager {

    private static final long serialVersionUID = 1L;

    private final transient KnownRequests known;

    RememberingTransactions(ConnectionFactory factory, KnownRequests known) {
        super(factory);
        this.known = known;
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        super.doCommit(status);
        known.committed();
    }

    @Override
    protected void doCleanupAfterCompletion(Object transaction) {
        super.doCleanupAfterCompletion(transaction);
        known.ended();
    }

    /** A consumer whose transaction a message and what it leads to are. */
    DefaultJmsMessageListenerContainer consumer(JmsEndpoint endpoint) {
        return new Consumer(endpoint, known);
    }

    private static final class Consumer extends DefaultJmsMessageListenerContainer {

        private final KnownRequests known;

        Consumer(JmsEndpoint endpoint, KnownRequests known) {
            super(endpoint);
            this.known = known;
        }

        @Override
        protected void doExecuteListener(Session session, Message message) throws JMSException {
            try {
                super.doExecuteListener(session, message);
            } finally {
                known.ended();
            }
        }

        /** Says it when the session is closed, which Spring takes for the commit of somebody else. */
        @Override
        protected void commitIfNecessary(Session session, Message message) throws JMSException {
            session.commit();
            known.committed();
        }
    }
}
