package io.github.mparticleintercom.broker;

import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.apache.camel.spring.spi.SpringTransactionPolicy;
import org.springframework.jms.connection.JmsTransactionManager;

/**
 * What the {@code transacted} step of our routes refers to. On purpose no {@link org.apache.camel.spi.TransactedPolicy}: a host's
 * {@code transacted} that refers to nothing takes the only one of that type that there is, which has to be the host's.
 */
public final class BrokerTransaction implements Policy {

    private final SpringTransactionPolicy policy;

    BrokerTransaction(JmsTransactionManager transactions, String propagation) {
        policy = new SpringTransactionPolicy(transactions);
        policy.setPropagationBehaviorName(propagation);
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {
        policy.beforeWrap(route, definition);
    }

    @Override
    public Processor wrap(Route route, Processor processor) {
        return policy.wrap(route, processor);
    }
}
