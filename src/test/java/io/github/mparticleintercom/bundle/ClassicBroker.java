package io.github.mparticleintercom.bundle;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.TransactionRolledBackException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.broker.BrokerFilter;
import org.apache.activemq.broker.BrokerPlugin;
import org.apache.activemq.broker.BrokerService;
import org.apache.activemq.broker.ConnectionContext;
import org.apache.activemq.command.TransactionId;

/** An ActiveMQ Classic broker, which takes a duplicate as it takes anything else. It keeps what it has while it runs. */
final class ClassicBroker implements AutoCloseable {

    private static final AtomicInteger NEXT = new AtomicInteger();

    private final BrokerService broker = new BrokerService();
    private final AtomicInteger commitsToRefuse = new AtomicInteger();

    private ClassicBroker() throws Exception {
        broker.setBrokerName("classic-" + NEXT.incrementAndGet());
        broker.setPersistent(false);
        broker.setUseJmx(false);
        broker.setAdvisorySupport(false);
        broker.setUseShutdownHook(false);
        broker.addConnector("tcp://127.0.0.1:0");
        broker.setPlugins(new BrokerPlugin[] {next -> new BrokerFilter(next) {
            @Override
            public void commitTransaction(ConnectionContext context, TransactionId id, boolean onePhase) throws Exception {
                if (commitsToRefuse.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    super.rollbackTransaction(context, id);
                    throw new TransactionRolledBackException("No room");
                }
                super.commitTransaction(context, id, onePhase);
            }
        }});
        broker.start();
        broker.waitUntilStarted();
    }

    static ClassicBroker start() throws Exception {
        return new ClassicBroker();
    }

    /** As the README says that its clients should connect. */
    String url() {
        return broker.getTransportConnectors().get(0).getUri()
                + "?jms.redeliveryPolicy.maximumRedeliveries=-1&jms.prefetchPolicy.queuePrefetch=10";
    }

    ConnectionFactory factory() {
        return new ActiveMQConnectionFactory(url());
    }

    /** So many of the next commits fail. */
    void refuseCommits(int commits) {
        commitsToRefuse.set(commits);
    }

    @Override
    public void close() throws Exception {
        broker.stop();
        broker.waitUntilStopped();
    }
}
