package io.github.mparticleintercom.broker;

import io.github.mparticleintercom.settings.SettingsException;
import jakarta.jms.ConnectionFactory;
import java.nio.channels.FileChannel;
import org.apache.camel.CamelContext;
import org.messaginghub.pooled.jms.JmsPoolConnectionFactory;
import org.springframework.jms.connection.SingleConnectionFactory;
import org.springframework.util.ClassUtils;

/** The broker of the host, whichever it is, behind the host's own connection factory. It is the host's to start and stop. */
final class HostBroker implements Broker {

    private static final boolean HAS_POOLS =
            ClassUtils.isPresent("org.messaginghub.pooled.jms.JmsPoolConnectionFactory", HostBroker.class.getClassLoader());

    private final BrokerSettings settings;
    private final ConnectionFactory factory;
    private FileChannel lock;

    /**
     * Finds the host's connection factory.
     *
     * @throws SettingsException when there is none under this name
     */
    HostBroker(BrokerSettings settings, CamelContext context) {
        this.settings = settings;
        Object bean = context.getRegistry().lookupByName(settings.connectionFactory);
        if (!(bean instanceof ConnectionFactory found)) {
            throw new SettingsException("mparticle-intercom.broker.connection-factory is '" + settings.connectionFactory
                    + "', " + (bean == null ? "but there is no such bean." : "which is no jakarta.jms.ConnectionFactory but a "
                    + bean.getClass().getName() + "."));
        }
        this.factory = behindPools(found);
    }

    /** We keep sessions ourselves; a pool under that would only hide what broker it is, and share our sessions with the host's. */
    private static ConnectionFactory behindPools(ConnectionFactory found) {
        if (found instanceof SingleConnectionFactory single && single.getTargetConnectionFactory() != null) {
            return behindPools(single.getTargetConnectionFactory());
        }
        if (HAS_POOLS && found instanceof JmsPoolConnectionFactory pool
                && pool.getConnectionFactory() instanceof ConnectionFactory pooled) {
            return behindPools(pooled);
        }
        return found;
    }

    @Override
    public ConnectionFactory start() {
        lock = settings.lockData();
        return factory;
    }

    @Override
    public void stop() throws Exception {
        if (lock != null) {
            lock.close();
        }
    }
}
