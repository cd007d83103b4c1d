package io.github.mparticleintercom.standalone;

import io.github.mparticleintercom.check.OfflineCheck;
import io.github.mparticleintercom.settings.MountedSecrets;
import io.github.mparticleintercom.settings.Settings;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** The folder that the start script changes to: the routes and settings in it. */
final class Home {

    static final Path FILE = Path.of("application.properties");
    static final Path ROUTES = Path.of("routes");
    static final String SETTINGS = "file:" + FILE;

    private Home() {
    }

    /** Camel, about to start with the routes and settings of this folder. */
    static Main main() {
        Main main = new Main();
        main.setPropertyPlaceholderLocations(SETTINGS);
        main.configure().setRoutesIncludePattern("file:" + ROUTES + "/*.camel.yaml");
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void beforeInitialize(BaseMainSupport starting) {
                MountedSecrets.addTo(starting.getCamelContext());
            }
        });
        return main;
    }

    /** A check of this folder, with settings as this context knows them. */
    static OfflineCheck check(CamelContext context) {
        return new OfflineCheck(context, FILE, ROUTES);
    }

    /** Whether one of our settings is true. */
    static boolean isOn(CamelContext context, String key) {
        return setting(context, key).equals("true");
    }

    /** One of our settings by its key without the prefix; "" where it is not set. */
    static String setting(CamelContext context, String key) {
        return context.resolvePropertyPlaceholders("{{" + Settings.PREFIX + key + ":}}").strip();
    }
}
