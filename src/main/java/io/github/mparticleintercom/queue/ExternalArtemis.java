package io.github.mparticleintercom.queue;

import jakarta.jms.ConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** An Artemis broker of somebody else's, which need not be there yet. */
final class ExternalArtemis implements Broker {

    private final BrokerSettings settings;
    private ActiveMQConnectionFactory factory;

    ExternalArtemis(BrokerSettings settings) {
        this.settings = settings;
    }

    @Override
    public ConnectionFactory start() {
        factory = ArtemisClient.factory(settings.url(), settings.user(), settings.password());
        return factory;
    }

    @Override
    public void stop() {
        if (factory != null) {
            factory.close();
        }
    }

    @Override
    public boolean refusesRepetitions() {
        return true;
    }
}
