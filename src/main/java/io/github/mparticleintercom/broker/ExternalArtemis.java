package io.github.mparticleintercom.broker;

import io.github.mparticleintercom.settings.Settings;
import io.github.mparticleintercom.settings.SettingsException;
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
        try {
            factory = ArtemisClient.factory(settings.url, settings.user, settings.password);
        } catch (RuntimeException e) {
            // its words repeat the address, and with that a password
            throw new SettingsException("mparticle-intercom.broker.url is '" + Settings.masked(settings.url)
                    + "', which is no address of an Artemis broker.");
        }
        return factory;
    }

    @Override
    public void stop() {
        if (factory != null) {
            factory.close();
        }
    }
}
