package io.github.mparticleintercom.mparticle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what comes in: first apart into batches, then each batch into its parts. */
public final class MparticleBatches {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.intake");
    private static final Set<String> MARKS = Set.of("events", "user_identities", "user_attributes",
            "deleted_user_attributes", "mpid", "batch_id", "source_request_id");

    /** mParticle's Events API takes 100 batches in one request ("HTTP API", bulk events). */
    private static final int MAX_ARRAY = 100;

    private final Clock clock;

    /** Reads with the time of the system's clock as the moment of receipt. */
    public MparticleBatches() {
        this(Clock.systemUTC());
    }

    MparticleBatches(Clock clock) {
        this.clock = clock;
    }

    /**
     * Takes a body apart into batches.
     *
     * @param body     one batch or an array of batches as text, bytes, a stream, or parsed into maps and lists; or batches that
     *                 were taken apart before
     * @param expected {@code batch} or {@code array} where only that will do, else null
     * @throws IOException when a stream cannot be read
     */
    public Intake open(@Body Object body, @Variable("mparticleIntercomExpected") String expected) throws IOException {
        return new Intake(takeApart(body, expected), clock.millis());
    }

    private static List<RawBatch> takeApart(Object body, String expected) throws IOException {
        if (body instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof RawBatch) {
            return list.stream().map(RawBatch.class::cast).toList();
        }
        RawBatch whole;
        if (body instanceof byte[] bytes) {
            whole = RawBatch.parse(bytes, null);
        } else if (body instanceof InputStream stream) {
            whole = RawBatch.parse(stream.readAllBytes(), null);
        } else if (body instanceof String || body == null) {
            whole = RawBatch.parse(String.valueOf(body == null ? "" : body).getBytes(StandardCharsets.UTF_8), null);
        } else {
            whole = RawBatch.of(Json.MAPPER.valueToTree(body), null);
        }
        Reason misfit = misfit(whole, expected);
        if (misfit != null) {
            return List.of(RawBatch.broken(whole.bytes(), null, misfit));
        }
        if (whole.json() == null || !whole.json().isArray()) {
            return List.of(whole);
        }
        List<RawBatch> batches = new ArrayList<>(whole.json().size());
        whole.json().forEach(element -> batches.add(RawBatch.of(element, null)));
        return batches;
    }

    private static Reason misfit(RawBatch whole, String expected) {
        if (expected == null || whole.json() == null) {
            return null;
        }
        if (whole.json().isArray() != expected.equals("array")) {
            return Reason.NOT_A_BATCH;
        }
        return whole.json().isArray() && whole.json().size() > MAX_ARRAY ? Reason.TOO_MANY_BATCHES : null;
    }

    /** Whether a value has anything that marks it as a batch. */
    public static boolean isBatch(JsonNode json) {
        return json.isObject() && MARKS.stream().anyMatch(json::has);
    }

    /** Reads one batch; one that cannot be read comes back with its reason and the field at fault. */
    public MparticleBatch read(@Body RawBatch raw, @Variable("mparticleIntercomIntake") Intake intake) {
        if (raw.reason() != null) {
            return MparticleBatch.unreadable(raw, raw.reason(), null);
        }
        try {
            return parts(raw, intake);
        } catch (RuntimeException e) {
            LOG.error("A batch could not be read, which is a fault of this program; it is parked", e);
            return MparticleBatch.unreadable(raw, Reason.INTERNAL_ERROR, null);
        }
    }

    private static MparticleBatch parts(RawBatch raw, Intake intake) {
        JsonNode json = raw.json();
        if (!isBatch(json)) {
            return MparticleBatch.unreadable(raw, Reason.NOT_A_BATCH, null);
        }
        String misshapen = misshapen(json);
        if (misshapen != null) {
            return MparticleBatch.unreadable(raw, Reason.INVALID_FIELD, misshapen);
        }
        String id = Json.text(json.get("batch_id"));
        if (id == null) {
            id = Json.text(json.get("source_request_id"));
        }
        if (id == null) {
            id = Json.fingerprint(json.toString());
        }
        Identities user = Identities.read(json.get("user_identities"));
        Long batchTime = Json.positive(json.get("timestamp_unixtime_ms"));
        MparticleEvents events = new MparticleEvents(id, user, batchTime == null ? intake.receivedAt() : batchTime);
        return new MparticleBatch(id,
                "development".equalsIgnoreCase(Json.text(json.get("environment"))),
                MparticleBatch.platformName(Json.text(json.path("device_info").get("platform"))),
                user,
                json.path("user_attributes") instanceof ObjectNode attributes ? attributes : Json.object(),
                names(json.path("deleted_user_attributes")),
                events.read(json.path("events")),
                raw, null, null);
    }

    private static String misshapen(JsonNode json) {
        if (isOther(json.get("events"), JsonNode::isArray)) {
            return "events";
        }
        if (isOther(json.get("user_identities"), node -> node.isObject() || node.isArray())) {
            return "user_identities";
        }
        if (isOther(json.get("user_attributes"), JsonNode::isObject)) {
            return "user_attributes";
        }
        return isOther(json.get("deleted_user_attributes"), JsonNode::isArray) ? "deleted_user_attributes" : null;
    }

    private static boolean isOther(JsonNode node, java.util.function.Predicate<JsonNode> expected) {
        return node != null && !node.isNull() && !expected.test(node);
    }

    private static List<String> names(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.forEach(entry -> {
            if (Json.text(entry) != null) {
                names.add(Json.text(entry));
            }
        });
        return names;
    }
}
