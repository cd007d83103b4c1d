package io.github.mparticleintercom.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Batches as nobody would write them but some program might send them; the same for the same seed. */
final class FuzzedBatches {

    private static final long TIME = 1_700_000_000_000L;
    private static final List<String> WORDS = List.of("plan", "Opened", "a.b$c", "", " ", "\u00e9t\u00e9", "\u6771\u4eac", "\ud83d\ude00", "x".repeat(300),
            "null", "$email", "first name", "id", "created_at", "event_name", "\u0000", "a\nb", "<b>", "{{x}}", "${header.x}", "1e400");
    private static final List<String> TYPES = List.of("custom_event", "screen_view", "commerce_event", "session_start", "session_end",
            "application_state_transition", "crash_report", "opt_out", "breadcrumb", "profile", "no_such_type", "");

    private final Random random;
    private final String run;
    private int events;

    FuzzedBatches(long seed) {
        random = new Random(seed);
        run = "f" + seed + "-";
    }

    /** The next one. */
    ObjectNode next() {
        ObjectNode batch = Json.object();
        maybe(batch, "batch_id", () -> Json.MAPPER.valueToTree(run + random.nextInt(1_000_000)));
        maybe(batch, "environment", () -> Json.MAPPER.valueToTree(oneOf(List.of("production", "production", "production", "development", "x"))));
        maybe(batch, "timestamp_unixtime_ms", this::time);
        batch.set("user_identities", identities());
        maybe(batch, "user_attributes", this::attributes);
        maybe(batch, "deleted_user_attributes", () -> Json.MAPPER.createArrayNode().add(word()).add(7).addNull());
        maybe(batch, "device_info", () -> Json.object().put("platform", oneOf(List.of("web", "iOS", "Android", "tvOS", "roku", ""))));
        ArrayNode all = batch.putArray("events");
        for (int count = random.nextInt(6); count > 0; count--) {
            all.add(random.nextInt(25) == 0 ? value(0) : event());
        }
        return batch;
    }

    private JsonNode identities() {
        String user = run + random.nextInt(60);
        String kind = oneOf(List.of("customer_id", "customerid", "customer", "email", "both", "other", "none"));
        if (kind.equals("none")) {
            return random.nextBoolean() ? Json.object() : value(0);
        }
        List<String> kinds = kind.equals("both") ? List.of("customer_id", "email") : List.of(kind);
        ObjectNode map = Json.object();
        ArrayNode array = Json.MAPPER.createArrayNode();
        for (String one : kinds) {
            String identity = one.equals("email") ? user + "@example.com" : user;
            map.put(one, identity);
            array.addObject().put("identity_type", one).put("identity", identity);
        }
        return random.nextBoolean() ? map : array;
    }

    private ObjectNode event() {
        ObjectNode event = Json.object().put("event_type", random.nextInt(4) == 0 ? oneOf(TYPES) : "custom_event");
        ObjectNode data = event.putObject("data");
        data.put("event_id", run + "e" + ++events);
        maybe(data, "event_name", () -> Json.MAPPER.valueToTree(word()));
        maybe(data, "screen_name", () -> value(0));
        maybe(data, "timestamp_unixtime_ms", this::time);
        maybe(data, "custom_attributes", this::attributes);
        maybe(data, "product_action", () -> Json.object().put("action", word()).put("transaction_id", run).set("products", value(0)));
        return event;
    }

    private JsonNode time() {
        return switch (random.nextInt(8)) {
            case 0 -> value(0);
            case 1 -> Json.MAPPER.valueToTree(String.valueOf(TIME + random.nextInt(1_000_000)));
            case 2 -> Json.MAPPER.valueToTree(random.nextLong());
            default -> Json.MAPPER.valueToTree(TIME + random.nextInt(200_000));
        };
    }

    private JsonNode attributes() {
        ObjectNode attributes = Json.object();
        for (int count = random.nextInt(9); count > 0; count--) {
            attributes.set(word(), value(0));
        }
        return random.nextInt(20) == 0 ? value(0) : attributes;
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth > 2 ? 6 : 8)) {
            case 0 -> Json.MAPPER.nullNode();
            case 1 -> Json.MAPPER.valueToTree(random.nextBoolean());
            case 2 -> Json.MAPPER.valueToTree(random.nextLong());
            case 3 -> Json.MAPPER.valueToTree(random.nextGaussian() * Math.pow(10, random.nextInt(300)));
            case 4, 5 -> Json.MAPPER.valueToTree(word());
            case 6 -> Json.MAPPER.createArrayNode().add(value(depth + 1)).add(value(depth + 1));
            default -> Json.object().set(word(), value(depth + 1));
        };
    }

    private String word() {
        return oneOf(WORDS);
    }

    private String oneOf(List<String> all) {
        return all.get(random.nextInt(all.size()));
    }

    private void maybe(ObjectNode where, String name, Supplier<JsonNode> value) {
        if (random.nextInt(10) < 8) {
            where.set(name, value.get());
        }
    }
}
