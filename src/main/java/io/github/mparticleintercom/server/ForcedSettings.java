package io.github.mparticleintercom.server;

import java.util.Map;
import java.util.Properties;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** Settings of a command that win even over the environment, which Camel puts above its own override properties. */
public final class ForcedSettings extends MainListenerSupport {

    private final Properties properties = new Properties();

    private ForcedSettings(Map<String, String> settings) {
        properties.putAll(settings);
    }

    /** Forces these settings upon what is about to start. */
    public static void on(Main main, Map<String, String> settings) {
        settings.forEach(main::addOverrideProperty);
        main.addMainListener(new ForcedSettings(settings));
    }

    @Override
    public void beforeInitialize(BaseMainSupport main) {
        main.getCamelContext().getPropertiesComponent().setLocalProperties(properties);
    }
}
