package io.github.mparticleintercom.queue;

import jakarta.jms.ConnectionFactory;
import org.springframework.jms.connection.JmsTransactionManager;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** Transactions of a broker that refuses a repetition, which they tell from all other failures. */
final class RefusingTransactions extends JmsTransactionManager {

    private static final long serialVersionUID = 1L;

    RefusingTransactions(ConnectionFactory factory) {
        super(factory);
    }

    @Override
    protected void doCommit(DefaultTransactionStatus status) {
        try {
            super.doCommit(status);
        } catch (TransactionSystemException e) {
            throw ArtemisNames.isRepetition(e) ? new RepeatedRequest(e) : e;
        }
    }
}
