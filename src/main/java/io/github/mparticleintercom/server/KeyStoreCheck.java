package io.github.mparticleintercom.server;

import io.github.mparticleintercom.settings.Settings;
import io.github.mparticleintercom.settings.SettingsException;
import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import java.util.function.UnaryOperator;

/** Whether a server of ours has a certificate to show. */
final class KeyStoreCheck {

    private KeyStoreCheck() {
    }

    /**
     * Looks for it in the key store that the settings name.
     *
     * @param server   the server, as the keys of its settings begin behind our prefix
     * @param settings gives a setting by its key without the prefix
     * @throws SettingsException when there is no key store, the password is wrong or no key is in it
     */
    static void check(String server, UnaryOperator<String> settings) {
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
                    return;
                }
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new SettingsException(key + " is '" + path + "', which cannot be read with " + key + "-password.");
        }
        throw new SettingsException(key + " is '" + path + "', which holds no private key.");
    }
}
