package io.github.mparticleintercom.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.junit.jupiter.api.Test;

/** Who waits for a connection while no broker answers. */
class SharedConnectionTest {

    @Test
    void oneAttemptIsEnoughForAllWhoWaitForIt() {
        AtomicLong now = new AtomicLong();
        AtomicLong attempts = new AtomicLong();
        ActiveMQConnectionFactory away = new ActiveMQConnectionFactory("vm://nobody") {
            private static final long serialVersionUID = 1L;

            @Override
            public Connection createConnection() throws JMSException {
                throw new JMSException("attempt " + attempts.incrementAndGet());
            }
        };
        SharedConnection shared = new SharedConnection(away, now::get);

        for (int caller = 0; caller < 3; caller++) {
            assertThatExceptionOfType(JMSException.class).isThrownBy(shared::createConnection).withMessage("attempt 1");
        }
        now.set(TimeUnit.SECONDS.toNanos(1));
        assertThatExceptionOfType(JMSException.class).isThrownBy(shared::createConnection).withMessage("attempt 2");
        assertThat(attempts).hasValue(2);
    }
}
