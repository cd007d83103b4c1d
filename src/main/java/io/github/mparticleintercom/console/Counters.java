package io.github.mparticleintercom.console;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.metrics.Metrics;
import io.micrometer.core.instrument.Counter;
import java.util.List;

/** What was counted since the start, in the shape of a receipt. */
final class Counters {

    private Counters() {
    }

    /**
     * The numbers now: {@code received}, {@code queued}, {@code skipped}, {@code dead_lettered} and {@code changed}, the sums of all
     * receipts, but that what delivery changed is among the last; {@code delivered} by outcome and operation;
     * {@code dead_lettered_requests} by reason code.
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
        for (String many : List.of("batches", "events")) {
            metrics.counters(many).forEach(counter -> {
                add(received, many, counter);
                if (json.get(tag(counter, "outcome")) instanceof ObjectNode part) {
                    add(part, many, counter);
                }
            });
        }
        metrics.counters("reasons").forEach(counter -> {
            ObjectNode part = (ObjectNode) json.get(tag(counter, "outcome"));
            add(part.withObjectProperty("reasons"), tag(counter, "reason"), counter);
            String of = tag(counter, "operation");
            // those of whole batches are among the events
            if (!of.equals("batch") && !of.equals("event")) {
                add(part, many(of), counter);
            }
        });
        metrics.counters("changes").forEach(counter -> add(changed, tag(counter, "reason"), counter));
        long[] products = {-queued.get("events").asLong()};
        metrics.counters("requests").forEach(counter -> {
            String outcome = tag(counter, "outcome");
            String operation = tag(counter, "operation");
            if (outcome.equals("queued") && operation.equals("event")) {
                products[0] += (long) counter.count();
            } else if (outcome.equals("queued")) {
                add(queued, many(operation), counter);
            } else if (outcome.equals("dead_lettered")) {
                add(requests, tag(counter, "reason"), counter);
            } else if (!outcome.equals("skipped")) {
                add(delivered.withObjectProperty(outcome), operation, counter);
            }
        });
        if (products[0] > 0) {
            queued.put("products", products[0]);
        }
        return json;
    }

    private static String many(String operation) {
        return switch (operation) {
            case "contact" -> "contacts";
            case "company" -> "companies";
            case "product" -> "products";
            default -> operation;
        };
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
