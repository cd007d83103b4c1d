package io.github.mparticleintercom.standalone;

import io.github.mparticleintercom.settings.Settings;
import io.github.mparticleintercom.settings.SettingsException;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** The certificate that a server of ours shows. The commands, which read the same settings, trust that of the HTTP door. */
final class ServerCertificate extends X509ExtendedTrustManager {

    private final Certificate certificate;

    private ServerCertificate(Certificate certificate) {
        this.certificate = certificate;
    }

    /**
     * Reads it from a key store.
     *
     * @param server   the server, as the keys of its settings begin behind our prefix
     * @param settings gives a setting by its key without the prefix
     * @throws SettingsException when there is no key store, the password is wrong or no key is in it
     */
    static ServerCertificate read(String server, UnaryOperator<String> settings) {
        String key = Settings.PREFIX + server + ".tls.key-store";
        String path = settings.apply(server + ".tls.key-store");
        char[] password = settings.apply(server + ".tls.key-store-password").toCharArray();
        File file = new File(path).getAbsoluteFile();
        if (path.isEmpty() || !file.isFile()) {
            throw new SettingsException(key + " is '" + path + "', where there is no file.");
        }
        try {
            KeyStore store = KeyStore.getInstance(file, password);
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias) && store.getKey(alias, password) != null) {
                    return new ServerCertificate(store.getCertificate(alias));
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new SettingsException(key + " is '" + path + "', which cannot be read with " + key + "-password.");
        }
        throw new SettingsException(key + " is '" + path + "', which holds no private key.");
    }

    /** What a client of this very door needs. */
    SSLContext trust() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {this}, null);
        return context;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
        if (chain.length == 0 || !chain[0].equals(certificate)) {
            throw new CertificateException("Another server answers at the address of the HTTP door");
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        checkServerTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
        throw new CertificateException("This is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) throws CertificateException {
        checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
