package io.github.mparticleintercom.broker;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;

/** How Artemis listens for other programs. */
final class ArtemisAcceptor {

    private ArtemisAcceptor() {
    }

    static TransportConfiguration of(BrokerListener listener) {
        URI url = URI.create(listener.url());
        Map<String, Object> parameters = new HashMap<>(Map.of(
                TransportConstants.HOST_PROP_NAME, url.getHost(),
                TransportConstants.PORT_PROP_NAME, url.getPort(),
                TransportConstants.PROTOCOLS_PROP_NAME, "CORE",
                TransportConstants.SSL_ENABLED_PROP_NAME, listener.tls()));
        if (listener.tls()) {
            parameters.put(TransportConstants.KEYSTORE_PATH_PROP_NAME, listener.keyStore());
            parameters.put(TransportConstants.KEYSTORE_PASSWORD_PROP_NAME, listener.keyStorePassword());
        }
        return new TransportConfiguration(NettyAcceptorFactory.class.getName(), parameters, "clients");
    }
}
