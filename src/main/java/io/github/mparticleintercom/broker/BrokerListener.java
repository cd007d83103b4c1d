package io.github.mparticleintercom.broker;

/**
 * Where the embedded broker listens for other programs.
 *
 * @param url              as {@code tcp://host:port}; "" for nowhere
 * @param tls              whether they must speak TLS
 * @param keyStore         where the key store with the broker's certificate is; "" without TLS
 * @param keyStorePassword its password
 */
record BrokerListener(String url, boolean tls, String keyStore, String keyStorePassword) {

    /** Takes missing texts for empty ones. */
    BrokerListener {
        url = url == null ? "" : url.strip();
        keyStore = keyStore == null ? "" : keyStore.strip();
        keyStorePassword = keyStorePassword == null ? "" : keyStorePassword.strip();
    }

    boolean isOpen() {
        return !url.isEmpty();
    }

    /** Where it is, for a person. */
    String describe() {
        return url + (tls ? " with TLS" : "");
    }
}
