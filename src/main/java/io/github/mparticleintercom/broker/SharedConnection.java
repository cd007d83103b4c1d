package io.github.mparticleintercom.broker;

import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.springframework.jms.connection.CachingConnectionFactory;

/**
 * One connection for all intakes and consumers, with its sessions. They stand in a line while it is made, and an attempt takes
 * seconds where no broker answers: whoever stood in the line gets its failure, because a caller of the intake would else wait
 * for as many attempts as there are consumers.
 */
final class SharedConnection extends CachingConnectionFactory {

    private static final long NEXT_ATTEMPT_NANOS = TimeUnit.SECONDS.toNanos(1);
    private final LongSupplier nanoTime;
    private JMSException failure;
    private long failedAt;

    /**
     * @param broker   makes the connection
     * @param nanoTime a clock that only goes forward
     */
    SharedConnection(ConnectionFactory broker, LongSupplier nanoTime) {
        super(broker);
        this.nanoTime = nanoTime;
    }

    @Override
    protected Connection doCreateConnection() throws JMSException {
        if (failure != null && nanoTime.getAsLong() - failedAt < NEXT_ATTEMPT_NANOS) {
            throw failure;
        }
        try {
            Connection connection = super.doCreateConnection();
            failure = null;
            return connection;
        } catch (JMSException e) {
            failure = e;
            failedAt = nanoTime.getAsLong();
            throw e;
        }
    }
}
