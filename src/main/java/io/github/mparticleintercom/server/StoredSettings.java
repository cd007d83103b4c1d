package io.github.mparticleintercom.server;

import io.github.mparticleintercom.settings.MountedSecrets;
import io.github.mparticleintercom.settings.Settings;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** The settings of {@code application.properties}, mounted files and the environment, without starting anything. */
public final class StoredSettings implements AutoCloseable {

    private final DefaultCamelContext context = new DefaultCamelContext();

    private StoredSettings() {
        context.getPropertiesComponent().setLocation(Installation.SETTINGS);
        MountedSecrets.addTo(context);
    }

    /** Settings that will do; throws {@link io.github.mparticleintercom.settings.SettingsException} for others. */
    public static StoredSettings checked() {
        StoredSettings settings = unchecked();
        new Settings(key -> settings.context.getPropertiesComponent().resolveProperty(key).orElse("")).check();
        return settings;
    }

    /** Settings of any kind. */
    public static StoredSettings unchecked() {
        return new StoredSettings();
    }

    /** What knows them. */
    public CamelContext context() {
        return context;
    }

    /** One of ours by its key without the prefix; "" where it is not set. */
    public String get(String key) {
        return Installation.setting(context, key);
    }

    @Override
    public void close() {
        context.stop();
    }
}
