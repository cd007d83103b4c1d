package io.github.mparticleintercom.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.queue.Receipt;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/** Adds up what the routes tell, in memory. */
public final class Sums implements Figures {

    private final ObjectNode sums = new Receipt().getNumbers();

    /** What an intake did, once that is safe. */
    public synchronized void intake(@Variable("mparticleIntercomReceipt") Receipt receipt) {
        add(sums, receipt.getNumbers());
    }

    /** Intercom was told, or told before, or would have been told, as variable {@code outcome} says: else delivered. */
    public synchronized void delivered(@Variable("outcome") String outcome, @Variable("operation") String operation) {
        add(sums.withObjectProperty("delivered").withObjectProperty(outcome == null ? "delivered" : outcome), operation, 1);
    }

    /** A request was parked. */
    public synchronized void refused(@Header("reason") String reason) {
        add(sums.withObjectProperty("refused"), reason, 1);
    }

    @Override
    public synchronized ObjectNode read() {
        return sums.deepCopy();
    }

    private static void add(ObjectNode sums, JsonNode more) {
        more.properties().forEach(entry -> {
            if (entry.getValue().isObject()) {
                add(sums.withObjectProperty(entry.getKey()), entry.getValue());
            } else {
                add(sums, entry.getKey(), entry.getValue().asLong());
            }
        });
    }

    private static void add(ObjectNode sums, String name, long more) {
        sums.put(name, sums.path(name).asLong() + more);
    }
}
