package io.github.mparticleintercom.mparticle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.camel.Body;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads what comes in: first apart into batches, then each batch into its parts. */
public final class MparticleBatches {

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.intake");
    private static final List<String> MARKS = List.of("events", "user_identities", "user_attributes",
            "deleted_user_attributes", "mpid", "batch_id", "source_request_id");

    /** mParticle's Events API takes 100 batches in one request ("HTTP API", bulk events). */
    private static final int MAX_ARRAY = 100;
    private static final int MAX_ID_CHARS = 100;
    private static final int SHORT_ID_CHARS = 16;

    private final FarTimes farTimes;

    /** Warns of events that lie far from their receipt, as is usual. */
    public MparticleBatches() {
        this(new FarTimes());
    }

    /** With this handling of events that lie far from their receipt. */
    public MparticleBatches(FarTimes farTimes) {
        this.farTimes = farTimes;
    }

    /**
     * Takes a body apart into batches.
     *
     * @param body       one batch or an array of batches as text, bytes, a stream, or parsed into maps and lists; or batches
     *                   that were taken apart before
     * @param expected   {@code batch} or {@code array} where only that will do, else null
     * @param source     where it came from, for a person; may be null
     * @param origin     names this very delivery, see {@link RawBatch}; null where nobody can deliver it again
     * @param receivedAt when it came, in Unix milliseconds
     * @throws IOException when a stream cannot be read
     */
    public List<RawBatch> takeApart(Object body, String expected, String source, String origin, long receivedAt)
            throws IOException {
        if (body instanceof RawBatch raw) {
            return List.of(raw);
        }
        if (body instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof RawBatch) {
            return list.stream().map(RawBatch.class::cast).toList();
        }
        String delivery = origin == null ? UUID.randomUUID().toString() : origin;
        RawBatch whole = whole(body, source, delivery, receivedAt);
        List<byte[]> slices = slices(whole);
        boolean isArray = slices != null || whole.json() != null && whole.json().isArray();
        int size = slices != null ? slices.size() : isArray ? whole.json().size() : 1;
        if (whole.json() != null && expected != null && isArray != expected.equals("array")) {
            return List.of(RawBatch.broken(whole.bytes(), source, delivery, receivedAt, Reason.NOT_A_BATCH));
        }
        if (isArray && expected != null && size > MAX_ARRAY) {
            return List.of(RawBatch.broken(whole.bytes(), source, delivery, receivedAt, Reason.TOO_MANY_BATCHES));
        }
        if (!isArray) {
            return List.of(whole);
        }
        List<RawBatch> batches = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            String place = delivery + "#" + i;
            batches.add(slices != null ? RawBatch.parse(slices.get(i), source, place, receivedAt)
                    : RawBatch.of(whole.json().get(i), source, place, receivedAt));
        }
        return batches;
    }

    private static RawBatch whole(Object body, String source, String origin, long receivedAt) throws IOException {
        if (body instanceof byte[] bytes) {
            return RawBatch.parse(bytes, source, origin, receivedAt);
        }
        if (body instanceof InputStream stream) {
            return RawBatch.parse(stream.readAllBytes(), source, origin, receivedAt);
        }
        if (body instanceof String || body == null) {
            String text = body == null ? "" : body.toString();
            return RawBatch.parse(text.getBytes(StandardCharsets.UTF_8), source, origin, receivedAt);
        }
        try {
            return RawBatch.of(Json.MAPPER.valueToTree(body), source, origin, receivedAt);
        } catch (RuntimeException e) {
            return RawBatch.broken(body.toString().getBytes(StandardCharsets.UTF_8), source, origin, receivedAt,
                    Reason.NOT_A_BATCH);
        }
    }

    /** An array that holds what Java cannot is read element by element, so that only those suffer that hold it. */
    private static List<byte[]> slices(RawBatch whole) {
        return whole.original() != null && whole.json() != null
                && (whole.json().isArray() || whole.json() == TolerantJson.UNREADABLE)
                ? TolerantJson.elements(whole.original()) : null;
    }

    /** Whether a value has anything that marks it as a batch. */
    public static boolean isBatch(JsonNode json) {
        if (json.isObject()) {
            for (String mark : MARKS) {
                if (json.has(mark)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Reads one batch. One that goes no further, because it cannot be read or is none, comes back with its reason and the field
     * at fault; whatever it holds, nothing is thrown.
     */
    public MparticleBatch read(@Body RawBatch raw) {
        try {
            return parts(raw);
        } catch (RuntimeException | StackOverflowError e) {
            // neither the message nor a cause may be shown: they can quote what the batch holds
            StackTraceElement[] stack = e.getStackTrace();
            LOG.error("A batch could not be read, which is a fault of this program; it is dead-lettered: {} at {}",
                    e.getClass().getName(), stack.length == 0 ? "an unknown place" : stack[0]);
            return MparticleBatch.unreadable(shortName(raw.origin()), raw.origin(), raw, Reason.INTERNAL_ERROR, null);
        }
    }

    private MparticleBatch parts(RawBatch raw) {
        JsonNode json = raw.json();
        String given = json == null ? null : Json.id(json.get("batch_id"));
        if (given == null && json != null) {
            given = Json.id(json.get("source_request_id"));
        }
        String key = given == null ? raw.origin() : given;
        String id = given == null ? shortName(key) : shown(given);
        if (raw.reason() != null) {
            return MparticleBatch.unreadable(id, key, raw, raw.reason(), null);
        }
        Reason other = otherThanABatch(json);
        if (other != null) {
            return MparticleBatch.unreadable(id, key, raw, other, null);
        }
        String misshapen = misshapen(json);
        if (misshapen != null) {
            return MparticleBatch.unreadable(id, key, raw, Reason.INVALID_FIELD, misshapen);
        }
        Identities user = Identities.read(json.get("user_identities"));
        EventReader events = new EventReader(key, user, json.get("timestamp_unixtime_ms"), raw.receivedAt(), farTimes);
        String environment = Json.text(json.get("environment"));
        return new MparticleBatch(id, key,
                environment == null ? "" : environment.toLowerCase(Locale.ROOT),
                MparticleBatch.platformName(Json.text(json.path("device_info").get("platform"))),
                user,
                json.get("user_attributes") instanceof ObjectNode attributes ? attributes : Json.object(),
                names(json.path("deleted_user_attributes")),
                events.read(json.path("events")),
                consents(json),
                raw, null, null);
    }

    /** What came in a batch's place and cannot even be looked at, for this reason. */
    public static MparticleBatch unreadable(RawBatch raw, Reason reason) {
        return MparticleBatch.unreadable(shortName(raw.origin()), raw.origin(), raw, reason, null);
    }

    /** What comes in a batch's place: mParticle's alias requests, its probe whether it may write, and what is nothing of its. */
    private static Reason otherThanABatch(JsonNode json) {
        if (json.isObject() && json.isEmpty()) {
            return Reason.EMPTY_OBJECT;
        }
        if ("alias".equalsIgnoreCase(Json.text(json.get("request_type")))) {
            return Reason.ALIAS_REQUEST;
        }
        return isBatch(json) ? null : Reason.NOT_A_BATCH;
    }

    private static String misshapen(JsonNode json) {
        if (isGiven(json.get("events")) && !json.get("events").isArray()) {
            return "events";
        }
        if (isGiven(json.get("user_identities")) && !json.get("user_identities").isContainerNode()) {
            return "user_identities";
        }
        if (isGiven(json.get("user_attributes")) && !json.get("user_attributes").isObject()) {
            return "user_attributes";
        }
        return isGiven(json.get("deleted_user_attributes")) && !json.get("deleted_user_attributes").isArray()
                ? "deleted_user_attributes" : null;
    }

    private static boolean isGiven(JsonNode node) {
        return node != null && !node.isNull();
    }

    private static List<String> names(JsonNode list) {
        if (list.isEmpty()) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (JsonNode entry : list) {
            String name = Json.text(entry);
            if (name != null) {
                names.add(name);
            }
        }
        return names;
    }

    /** Of what is said more than once, in other cases or under Firehose's names, the refusal holds. */
    private static Map<String, Boolean> consents(JsonNode json) {
        List<JsonNode> states = named(json, "consent_state");
        List<JsonNode> purposes = consents(json, states, "gdpr");
        List<JsonNode> objections = consents(json, states, "ccpa");
        if (states.isEmpty() && purposes.isEmpty() && objections.isEmpty()) {
            return Map.of();
        }
        Map<String, Boolean> consents = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (JsonNode laws : purposes) {
            for (Map.Entry<String, JsonNode> purpose : laws.properties()) {
                String name = purpose.getKey().toLowerCase(Locale.ROOT);
                if (Boolean.TRUE.equals(consents.getOrDefault(name, true))) {
                    consents.put(name, consented(purpose.getValue()));
                }
            }
        }
        consents.values().removeIf(Objects::isNull);
        List<JsonNode> optOuts = new ArrayList<>();
        objections.forEach(laws -> optOuts.addAll(named(laws, "data_sale_opt_out")));
        boolean unreadable = !areObjects(states) || !areObjects(objections);
        if (unreadable || !optOuts.isEmpty()) {
            // who objects in words that we cannot read has objected
            consents.put(MparticleBatch.DATA_SALE_OPT_OUT,
                    unreadable || !optOuts.stream().allMatch(optOut -> Boolean.FALSE.equals(consented(optOut))));
        }
        return Collections.unmodifiableMap(consents);
    }

    /** Firehose gives them longer names (its {@code ConsentState}), and may not nest them. */
    private static List<JsonNode> consents(JsonNode json, List<JsonNode> states, String law) {
        String longName = law + "_consent_state";
        List<JsonNode> consents = new ArrayList<>(named(json, longName));
        for (JsonNode state : states) {
            consents.addAll(named(state, law));
            consents.addAll(named(state, longName));
        }
        return consents;
    }

    /** What has this name in any case and is not null. */
    private static List<JsonNode> named(JsonNode object, String name) {
        List<JsonNode> values = new ArrayList<>(0);
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (field.getKey().equalsIgnoreCase(name) && !field.getValue().isNull()) {
                values.add(field.getValue());
            }
        }
        return values;
    }

    private static boolean areObjects(List<JsonNode> nodes) {
        return nodes.stream().allMatch(JsonNode::isObject);
    }

    /** Null where it does not say so plainly. */
    private static Boolean consented(JsonNode state) {
        List<String> said = named(state, "consented").stream().map(value -> String.valueOf(Json.text(value)).toLowerCase(Locale.ROOT))
                .distinct().toList();
        return said.equals(List.of("true")) ? Boolean.TRUE : said.equals(List.of("false")) ? Boolean.FALSE : null;
    }

    /** An id that can stand in a message's properties, an answer and a log. */
    static String shown(String id) {
        return id.length() <= MAX_ID_CHARS ? id : shortName(id);
    }

    private static String shortName(String text) {
        return Json.fingerprint(text).substring(0, SHORT_ID_CHARS);
    }
}
