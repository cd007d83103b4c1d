package io.github.mparticleintercom.http;

import io.github.mparticleintercom.settings.SettingsException;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;

/** Signs what OpenDSR has a processor sign: the headers say for which domain the certificate is, and hold the signature of the body. */
public final class ProcessorSignature {

    private static final String SETTING = "mparticle-intercom.erasure.key-store";

    private String keyStore = "";
    private String password = "";
    private String domain = "";
    private PrivateKey key;

    /** Where the key store (PKCS12 or JKS) with the key is; blank to sign nothing. */
    public void setKeyStore(String keyStore) {
        this.keyStore = keyStore.strip();
    }

    /** Password of the key store and of the key in it. */
    public void setKeyStorePassword(String password) {
        this.password = password.strip();
    }

    /** The domain that the certificate is for. */
    public void setDomain(String domain) {
        this.domain = domain.strip();
    }

    /**
     * Takes the key out of the key store, where there is one.
     *
     * @throws SettingsException when it cannot be had
     */
    public void start() {
        if (keyStore.isEmpty()) {
            return;
        }
        try {
            KeyStore store = KeyStore.getInstance(new File(keyStore).getAbsoluteFile(), password.toCharArray());
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias) && store.getKey(alias, password.toCharArray()) instanceof PrivateKey found) {
                    key = found;
                }
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new SettingsException(SETTING + " is '" + keyStore + "', which cannot be read with " + SETTING + "-password.");
        }
        if (key == null) {
            throw new SettingsException(SETTING + " is '" + keyStore + "', which holds no private key.");
        }
    }

    /** The headers that go with this body; none where nothing is signed. */
    public Map<String, String> headers(String body) {
        if (key == null) {
            return Map.of();
        }
        try {
            Signature signature = Signature.getInstance("SHA256with" + (key.getAlgorithm().equals("EC") ? "ECDSA" : key.getAlgorithm()));
            signature.initSign(key);
            signature.update(body.getBytes(StandardCharsets.UTF_8));
            return Map.of("X-OpenDSR-Processor-Domain", domain, "X-OpenDSR-Signature",
                    Base64.getEncoder().encodeToString(signature.sign()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key in " + SETTING + " cannot sign", e);
        }
    }
}
