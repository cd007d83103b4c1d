package io.github.mparticleintercom.standalone;

import java.util.Map;
import org.apache.camel.main.MainListenerSupport;

/** Shows the bundle at work without an account. */
final class Demo extends MainListenerSupport {

    static Map<String, String> settings() {
        return Map.of("mparticle-intercom.dry-run", "true", "mparticle-intercom.broker.data", "demo/data");
    }
}
