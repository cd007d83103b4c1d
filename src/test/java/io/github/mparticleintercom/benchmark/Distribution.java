package io.github.mparticleintercom.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A built distribution to measure.
 *
 * @param name   what the tables call it
 * @param folder its folder, as it is unpacked
 */
record Distribution(String name, Path folder) {

    /** What to measure: the one of {@code cost.baseline} if there is such a property, then that of {@code cost.dist}. */
    static List<Distribution> all() {
        List<Distribution> all = new ArrayList<>();
        String baseline = System.getProperty("cost.baseline");
        if (baseline != null) {
            all.add(at("baseline", baseline));
        }
        all.add(at("this", System.getProperty("cost.dist", "target/dist")));
        return all;
    }

    private static Distribution at(String name, String folder) {
        Distribution distribution = new Distribution(name, Path.of(folder).toAbsolutePath());
        if (!Files.isExecutable(distribution.script())) {
            throw new IllegalStateException("No distribution at " + folder + ": mvn -B package -DskipTests builds one");
        }
        return distribution;
    }

    Path script() {
        return folder.resolve("bin/mparticle-intercom");
    }

    /** The variable that limits the calls of a window; an earlier version's has another name and refuses this one's. */
    String limit() throws IOException {
        String settings = Files.readString(folder.resolve("application.properties"));
        return settings.contains("mparticle-intercom.throttle.requests-per-window")
                ? "MPARTICLE_INTERCOM_THROTTLE_REQUESTS_PER_WINDOW" : "MPARTICLE_INTERCOM_PACE_REQUESTS_PER_WINDOW";
    }
}
