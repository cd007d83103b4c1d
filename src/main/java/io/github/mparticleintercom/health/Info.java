package io.github.mparticleintercom.health;

import io.github.mparticleintercom.Build;
import io.github.mparticleintercom.Json;
import java.time.Instant;
import org.apache.camel.CamelContext;

/** What runs here, and since when. */
public final class Info {

    /**
     * JSON text with the name of the instance, version, commit, the versions of Camel and Java, and the uptime.
     *
     * @param context the one that runs
     */
    public String json(CamelContext context) {
        long uptime = context.getUptime().toMillis();
        return Json.write(Json.object().put("name", context.getName()).put("version", Build.version()).put("commit", Build.commit())
                .put("camel", context.getVersion()).put("java", Runtime.version().toString())
                .put("started_at", Instant.now().minusMillis(uptime).toString()).put("uptime_seconds", uptime / 1000));
    }
}
