package io.github.mparticleintercom.standalone;

import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/** The folder that the start script changes to: the routes and settings in it. */
final class Home {

    static final String SETTINGS = "file:application.properties";

    private Home() {
    }

    /** Camel, about to start with the routes and settings of this folder. */
    static Main main() {
        Main main = new Main();
        main.setPropertyPlaceholderLocations(SETTINGS);
        main.configure().setRoutesIncludePattern("file:routes/*.camel.yaml");
        return main;
    }

    /** One of our settings by its key without the prefix; "" where it is not set. */
    static String setting(CamelContext context, String key) {
        return context.resolvePropertyPlaceholders("{{mparticle-intercom." + key + ":}}").strip();
    }
}
