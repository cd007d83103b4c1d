package io.github.mparticleintercom.broker;

import jakarta.jms.ConnectionFactory;
import org.springframework.jms.connection.JmsTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** Transactions of a broker that refuses a duplicate, which they distinguish from all other failures. */
final class DuplicateRefusingTransactions extends JmsTransactionManager {

    private static final long serialVersionUID = 1L;

    DuplicateRefusingTransactions(ConnectionFactory factory) {
        super(factory);
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        try {
            super.doCommit(status);
        } catch (TransactionSystemException e) {
            throw ArtemisNames.isDuplicate(e) ? new DuplicateRequest(e) : e;
        }
    }
}
