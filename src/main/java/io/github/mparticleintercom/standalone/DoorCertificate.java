package io.github.mparticleintercom.standalone;

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
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** The certificate that the HTTP door shows. The commands, which read the same settings, trust it and no other. */
final class DoorCertificate extends X509ExtendedTrustManager {

    private static final String KEY = "mparticle-intercom.http.tls.key-store";

    private final Certificate certificate;

    private DoorCertificate(Certificate certificate) {
        this.certificate = certificate;
    }

    /**
     * Reads it from a key store.
     *
     * @param path     where the key store is
     * @param password its password
     * @throws SettingsException when there is no key store, the password is wrong or no key is in it
     */
    static DoorCertificate read(String path, String password) {
        File file = new File(path).getAbsoluteFile();
        if (path.isEmpty() || !file.isFile()) {
            throw new SettingsException(KEY + " is '" + path + "', where there is no file.");
        }
        try {
            KeyStore store = KeyStore.getInstance(file, password.toCharArray());
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    return new DoorCertificate(store.getCertificate(alias));
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new SettingsException(KEY + " is '" + path + "', which cannot be read with " + KEY + "-password.");
        }
        throw new SettingsException(KEY + " is '" + path + "', which holds no private key.");
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
