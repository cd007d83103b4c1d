package io.github.mparticleintercom.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.metrics.Metrics;
import io.micrometer.core.instrument.Counter;

/** What was counted since the start, in the shape of a receipt. */
final class Counters {

    private Counters() {
    }

    /**
     * The numbers now: {@code received}, {@code queued}, {@code skipped}, {@code dead_lettered} and {@code changed} as in a receipt,
     * but that reasons count events; {@code delivered} by outcome and operation; {@code dead_lettered_requests} by reason code.
     */
    static ObjectNode read(Metrics metrics) {
        ObjectNode json = Json.object();
        ObjectNode received = json.putObject("received").put("batches", 0).put("events", 0);
        ObjectNode queued = json.putObject("queued").put("contacts", 0).put("events", 0);
        part(json, "skipped");
        part(json, "dead_lettered");
        ObjectNode changed = json.putObject("changed");
        ObjectNode delivered = json.putObject("delivered");
        ObjectNode requests = json.putObject("dead_lettered_requests");
        metrics.counters("batches").forEach(counter -> {
            add(received, "batches", counter);
            if (json.has(tag(counter, "outcome"))) {
                add((ObjectNode) json.get(tag(counter, "outcome")), "batches", counter);
                add((ObjectNode) json.at("/" + tag(counter, "outcome") + "/reasons"), tag(counter, "reason"), counter);
            }
        });
        metrics.counters("events").forEach(counter -> {
            add(received, "events", counter);
            String outcome = tag(counter, "outcome");
            if (outcome.equals("queued")) {
                add(queued, "events", counter);
            } else if (json.has(outcome)) {
                add((ObjectNode) json.get(outcome), "events", counter);
                ObjectNode reasons = (ObjectNode) json.at("/" + outcome + "/reasons");
                String reason = tag(counter, "reason");
                reasons.put(reason, Math.max(reasons.path(reason).asLong(), (long) counter.count()));
            }
        });
        metrics.counters("changes").forEach(counter -> add(changed, tag(counter, "reason"), counter));
        metrics.counters("requests").forEach(counter -> {
            String outcome = tag(counter, "outcome");
            String operation = tag(counter, "operation");
            if (outcome.equals("queued") && !operation.equals("event")) {
                add(queued, operation.equals("company") ? "companies" : operation.equals("contact") ? "contacts" : operation, counter);
            } else if (outcome.equals("dead_lettered")) {
                add(requests, tag(counter, "reason"), counter);
            } else if (!outcome.equals("queued") && !outcome.equals("skipped")) {
                add(delivered.withObjectProperty(outcome), operation, counter);
            }
        });
        return json;
    }

    private static void part(ObjectNode json, String name) {
        json.putObject(name).put("batches", 0).put("events", 0).putObject("reasons");
    }

    private static String tag(Counter counter, String name) {
        String tag = counter.getId().getTag(name);
        return tag == null ? "" : tag;
    }

    private static void add(ObjectNode sum, String name, Counter counter) {
        sum.put(name, sum.path(name).asLong() + (long) counter.count());
    }
}
