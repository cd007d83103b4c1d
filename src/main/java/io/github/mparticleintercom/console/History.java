package io.github.mparticleintercom.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.metrics.Metrics;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.camel.CamelContext;

/** The last quarter of an hour, for whoever opens the console in the midst of something. */
public final class History {

    private static final long QUARTER_MILLIS = 15 * 60 * 1000L;
    private static final int MOST = 1000;

    private final Deque<ObjectNode> samples = new ArrayDeque<>();

    /** Takes a sample and forgets those that are too old. */
    public synchronized void record(CamelContext context) {
        ObjectNode sample = Sample.read(context, Counters.read(Sample.bean(context, "mparticleIntercomMetrics", Metrics.class)));
        samples.add(sample);
        while (samples.size() > MOST || sample.get("at").asLong() - samples.getFirst().get("at").asLong() > QUARTER_MILLIS) {
            samples.remove();
        }
    }

    /** The samples, oldest first, as JSON text: {@code samples}. */
    public synchronized String json() {
        ObjectNode json = Json.object();
        json.putArray("samples").addAll(samples);
        return Json.write(json);
    }
}
