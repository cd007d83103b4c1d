package io.github.mparticleintercom.standalone;

import io.github.mparticleintercom.settings.MountedSecrets;
import io.github.mparticleintercom.settings.Settings;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** The settings of {@code application.properties}, mounted files and the environment, without starting anything. */
final class StoredSettings implements AutoCloseable {

    private final DefaultCamelContext context = new DefaultCamelContext();

    private StoredSettings() {
        context.getPropertiesComponent().setLocation(Home.SETTINGS);
        MountedSecrets.addTo(context);
    }

    /** Settings that will do; throws {@link io.github.mparticleintercom.settings.SettingsException} for others. */
    static StoredSettings checked() {
        StoredSettings settings = unchecked();
        new Settings(key -> settings.context.getPropertiesComponent().resolveProperty(key).orElse("")).check();
        return settings;
    }

    /** Settings of any kind. */
    static StoredSettings unchecked() {
        return new StoredSettings();
    }

    /** What knows them. */
    CamelContext context() {
        return context;
    }

    /** One of ours by its key without the prefix; "" where it is not set. */
    String get(String key) {
        return Home.setting(context, key);
    }

    @Override
    public void close() {
        context.stop();
    }
}
