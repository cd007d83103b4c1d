package io.github.mparticleintercom.standalone;

import io.github.mparticleintercom.settings.Settings;
import org.apache.camel.impl.DefaultCamelContext;

/** The settings of {@code application.properties} and the environment, without starting anything. */
final class StoredSettings implements AutoCloseable {

    private final DefaultCamelContext context = new DefaultCamelContext();

    StoredSettings() {
        context.getPropertiesComponent().setLocation(Home.SETTINGS);
        new Settings(key -> context.getPropertiesComponent().resolveProperty(key).orElse("")).check();
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
