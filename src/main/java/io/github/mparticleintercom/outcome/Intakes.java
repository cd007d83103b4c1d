package io.github.mparticleintercom.outcome;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.intercom.RequestMessages;
import io.github.mparticleintercom.mparticle.FarTimes;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import io.github.mparticleintercom.mparticle.MparticleBatches;
import io.github.mparticleintercom.mparticle.MparticleEvent;
import io.github.mparticleintercom.mparticle.RawBatch;
import io.github.mparticleintercom.outcome.Outcome.End;
import io.github.mparticleintercom.translate.IntercomSeconds;
import io.github.mparticleintercom.translate.Lists;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.apache.camel.Body;
import org.apache.camel.ExchangeException;
import org.apache.camel.ExchangeProperties;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.apache.camel.Variables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the routes collect in an intake the outcome of each batch and event. */
public final class Intakes {

    /** The variable that holds the intake. */
    public static final String INTAKE = "mparticleIntercomIntake";
    /** The variable that says where it came from. */
    public static final String SOURCE = "mparticleIntercomSource";
    /** The variable that says whether only a {@code batch} or only an {@code array} will do. */
    public static final String EXPECTED = "mparticleIntercomExpected";
    private static final String MESSAGE = "mparticleIntercomMessage";

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.intake");
    private static final String BATCH = "batch";
    private static final String EVENT = "event";
    private static final String REASON = "reason";

    private final Clock clock;
    private MparticleBatches reader = new MparticleBatches();
    private Journal journal;
    private IntercomSeconds seconds;
    private List<String> consentPurposes = List.of();
    private int maxUnpackedBytes = 5_000_000;

    /** By the system's clock. */
    public Intakes() {
        this(Clock.systemUTC());
    }

    Intakes(Clock clock) {
        this.clock = clock;
    }

    /** Where the outcomes of an intake are recorded. */
    public void setJournal(Journal journal) {
        this.journal = journal;
    }

    /** What is done about events that lie far from their receipt. */
    public void setFarTimes(FarTimes farTimes) {
        this.reader = new MparticleBatches(farTimes);
    }

    /** Remembers the seconds that events of stored intakes have taken. */
    public void setSeconds(IntercomSeconds seconds) {
        this.seconds = seconds;
    }

    /** The largest message, in bytes, that comes packed with gzip, after unpacking. */
    public void setMaxUnpackedBytes(int maxUnpackedBytes) {
        this.maxUnpackedBytes = maxUnpackedBytes;
    }

    /**
     * Sets the purposes that a user must have consented to, all of them, separated by commas; empty where none is needed.
     *
     * @throws IllegalArgumentException when it holds something, but no name: nobody must take that for no consent needed
     */
    public void setConsentPurposes(String purposes) {
        this.consentPurposes = Lists.names(purposes);
        if (consentPurposes.isEmpty() && !purposes.isBlank()) {
            throw new IllegalArgumentException("mparticle-intercom.consent.purpose names no purpose");
        }
    }

    /**
     * Opens an intake: takes the body apart into batches, which are returned. Sets {@code mparticleIntercomIntake}.
     *
     * @param body        one batch or an array of batches as text, bytes, packed with gzip or not, a stream, or parsed into maps and
     *                    lists; or batches that were taken apart before
     * @throws IOException when a stream cannot be read
     */
    @SuppressWarnings("unchecked")
    public List<RawBatch> open(@Body Object body, @Variables Map<String, Object> variables) throws IOException {
        String source = text(variables.get(SOURCE));
        if (body instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof RawBatch) {
            List<RawBatch> piece = (List<RawBatch>) list;
            variables.put(INTAKE, new Intake(piece, source, 0, true));
            return piece;
        }
        String origin = source;
        int replays = 0;
        if (variables.get("deadLetter") instanceof Map<?, ?> deadLetter) {
            origin = text(deadLetter.get("origin"));
            replays = deadLetter.get("replays") instanceof Number before ? before.intValue() + 1 : 1;
        }
        if (origin == null) {
            origin = UUID.randomUUID().toString();
        }
        List<RawBatch> batches = reader.takeApart(unpacked(body, origin), text(variables.get(EXPECTED)), null, origin, clock.millis());
        if (batches.isEmpty() && replays > 0) {
            // nothing would be left of the dead letter
            batches = List.of(RawBatch.broken(bytes(body), null, origin, clock.millis(), Reason.NOT_A_BATCH));
        }
        variables.put(INTAKE, new Intake(batches, source, replays, false));
        return batches;
    }

    /**
     * Reads the batch in the body. Sets {@code batch}, the words {@code identity} ({@code customer-id}, {@code email} or
     * {@code none}), {@code consent} ({@code granted} or {@code missing}), {@code platform} and {@code environment}, and
     * {@code reason} where it is none that can be read.
     */
    public void read(@Body RawBatch raw, @Variable(INTAKE) Intake intake, @Variables Map<String, Object> variables,
            @ExchangeProperties Map<String, Object> properties) {
        MparticleBatch batch;
        try {
            batch = reader.read(raw);
        } catch (RuntimeException | StackOverflowError e) {
            batch = MparticleBatches.unreadable(raw, Reason.INTERNAL_ERROR);
            journal.fault("batch " + batch.id(), null, "reading it", e);
        }
        variables.remove(EVENT);
        variables.put(BATCH, batch);
        variables.put("identity", batch.user().customerId() != null ? "customer-id" : batch.user().email() != null ? "email" : "none");
        variables.put("consent", batch.grants(consentPurposes) ? "granted" : "missing");
        variables.put("platform", batch.platform());
        variables.put("environment", batch.environment());
        put(variables, REASON, batch.reason());
        // for the context of log lines
        properties.put("mparticleIntercomBatchId", batch.id());
        intake.begin(batch);
    }

    /** Begins with the event in the body. Sets {@code event}, {@code eventType}, and {@code reason} where it cannot be forwarded. */
    public void readEvent(@Body MparticleEvent event, @Variables Map<String, Object> variables) {
        variables.put(EVENT, event);
        variables.put("eventType", event.type());
        put(variables, REASON, event.reason());
    }

    /** Collects the request in the body. What says nothing is not sent, only what was changed about it is reported. */
    public void forward(@Body IntercomRequest request, @Variable(INTAKE) Intake intake, @Variable(BATCH) MparticleBatch batch,
            @Variable(EVENT) MparticleEvent event) {
        request.source(intake.source(batch));
        intake.add(Outcome.forwarded(batch, event, request));
    }

    /** The whole batch is not forwarded, and that is as it should be. */
    public void skipBatch(@Variable(INTAKE) Intake intake, @Variable(BATCH) MparticleBatch batch, @Variable(REASON) String reason) {
        intake.add(Outcome.ofBatch(End.SKIPPED, batch, Reason.of(reason)));
    }

    /** The event is not forwarded, and that is as it should be. */
    public void skipEvent(@Variable(INTAKE) Intake intake, @Variable(BATCH) MparticleBatch batch,
            @Variable(EVENT) MparticleEvent event, @Variable(REASON) String reason) {
        intake.add(Outcome.ofEvent(End.SKIPPED, batch, event, Reason.of(reason)));
    }

    /** The whole batch is kept as a dead letter. */
    public void deadLetterBatch(@Variable(INTAKE) Intake intake, @Variable(BATCH) MparticleBatch batch,
            @Variable(REASON) String reason) {
        intake.add(Outcome.ofBatch(End.DEAD_LETTERED, batch, Reason.of(reason)), DeadLetter.of(intake, batch, null, true, Reason.of(reason)));
    }

    /** The event is kept as a dead letter; without an event, what the batch says about its user. */
    public void deadLetterEvent(@Variable(INTAKE) Intake intake, @Variable(BATCH) MparticleBatch batch,
            @Variable(EVENT) MparticleEvent event, @Variable(REASON) String reason) {
        intake.add(Outcome.ofEvent(End.DEAD_LETTERED, batch, event, Reason.of(reason)),
                DeadLetter.of(intake, batch, event, false, Reason.of(reason)));
    }

    /** A step failed while the batch was decided. Takes back what was collected of it and sets {@code reason}. */
    public void failBatch(@Variable(INTAKE) Intake intake, @Variables Map<String, Object> variables,
            @ExchangeProperty("CamelSplitIndex") Integer index, @ExchangeProperty("CamelFailureRouteId") String route,
            @ExchangeProperty("CamelFailureEndpoint") String step, @ExchangeException Exception failure) {
        RawBatch raw = intake.batches().get(index == null ? 0 : index);
        if (variables.get(BATCH) instanceof MparticleBatch read && read.raw() == raw) {
            intake.takeBack();
        } else {
            // it failed before it was read
            MparticleBatch batch = MparticleBatches.unreadable(raw, Reason.INTERNAL_ERROR);
            variables.put(BATCH, batch);
            intake.begin(batch);
        }
        variables.put(REASON, Reason.INTERNAL_ERROR.code());
        journal.fault(variables.get(BATCH) instanceof MparticleBatch batch ? "batch " + batch.id() : "a batch", route, step, failure);
    }

    /**
     * A step failed on all that an intake brought. Makes an intake of dead letters of it: what came, as it came, for the reason
     * {@code internal-error}. That is variable {@code mparticleIntercomMessage} where a consumer set it, because a step of an
     * engineer's may have changed the body before.
     */
    public void failIntake(@Body Object body, @Variables Map<String, Object> variables,
            @ExchangeProperty("CamelFailureRouteId") String route, @ExchangeProperty("CamelFailureEndpoint") String step,
            @ExchangeException Exception failure) {
        String source = text(variables.get(SOURCE));
        List<RawBatch> batches = body instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof RawBatch
                ? list.stream().map(RawBatch.class::cast).toList()
                : variables.get(INTAKE) instanceof Intake before ? before.batches()
                : List.of(RawBatch.broken(bytes(variables.getOrDefault(MESSAGE, body)), source,
                        source == null ? UUID.randomUUID().toString() : source, clock.millis(), Reason.INTERNAL_ERROR));
        Intake intake = new Intake(batches, source, 0, body instanceof List<?>);
        for (RawBatch raw : batches) {
            MparticleBatch batch = MparticleBatches.unreadable(raw, Reason.INTERNAL_ERROR);
            intake.begin(batch);
            intake.add(Outcome.ofBatch(End.DEAD_LETTERED, batch, Reason.INTERNAL_ERROR),
                    DeadLetter.of(intake, batch, null, true, Reason.INTERNAL_ERROR));
        }
        variables.put(INTAKE, intake);
        journal.fault("all that came from " + source, route, step, failure);
    }

    /** A message says nowhere else than in its first bytes that it is packed with gzip; no JSON begins with them. */
    private Object unpacked(Object body, String origin) {
        if (!(body instanceof byte[] bytes) || bytes.length < 2 || (bytes[0] & 0xff) != 0x1f || (bytes[1] & 0xff) != 0x8b) {
            return body;
        }
        Reason reason = Reason.BODY_TOO_LARGE;
        try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            byte[] unpacked = stream.readNBytes(maxUnpackedBytes + 1);
            if (unpacked.length <= maxUnpackedBytes) {
                return unpacked;
            }
        } catch (IOException e) {
            reason = Reason.INVALID_GZIP;
        }
        return RawBatch.broken(bytes, null, origin, clock.millis(), reason);
    }

    private static byte[] bytes(Object body) {
        return body instanceof byte[] bytes ? bytes : String.valueOf(body).getBytes(StandardCharsets.UTF_8);
    }

    /** A step failed while a user or an event was translated. Sets {@code reason}. */
    public void failEvent(@Body Object body, @Variable(BATCH) MparticleBatch batch, @Variables Map<String, Object> variables,
            @ExchangeProperty("CamelFailureRouteId") String route,
            @ExchangeProperty("CamelFailureEndpoint") String step, @ExchangeException Exception failure) {
        if (body instanceof MparticleEvent before) {
            // it failed before it was read
            variables.put(EVENT, before);
        }
        MparticleEvent event = (MparticleEvent) variables.get(EVENT);
        variables.put(REASON, Reason.INTERNAL_ERROR.code());
        journal.fault((event == null ? "the user" : "event " + event.id()) + " of batch " + batch.id(), route, step, failure);
    }

    /** The requests to store, in order. */
    public List<IntercomRequest> requests(@Variable(INTAKE) Intake intake) {
        return intake.requests();
    }

    /** The dead letters to keep, in order. */
    public List<DeadLetter> deadLetters(@Variable(INTAKE) Intake intake) {
        return intake.deadLetters();
    }

    /** The broker had the request of this message before. */
    public void duplicate(@Variable(INTAKE) Intake intake, @Header(RequestMessages.STABLE_ID) String stableId) {
        intake.duplicate(stableId);
    }

    /** The broker had the dead letter of this message before. */
    public void duplicateDeadLetter(@Variable(INTAKE) Intake intake, @Header("deadLetterId") String id) {
        intake.duplicateDeadLetter(id);
    }

    /** All of it is safe now. */
    public void stored(@Variable(INTAKE) Intake intake) {
        seconds.remember(intake.places());
        journal.intake(intake);
    }

    /** The answer to whoever sent it, as JSON text. */
    public String receipt(@Variable(INTAKE) Intake intake) {
        return Json.write(intake.receipt().json());
    }

    /**
     * What an intake that is not stored would become, as JSON text: the requests in order, and the receipt with everything that is
     * skipped, truncated, renamed, shifted or dead-lettered.
     */
    public String preview(@Variable(INTAKE) Intake intake) {
        ObjectNode answer = Json.object();
        ArrayNode requests = answer.putArray("requests");
        for (IntercomRequest request : intake.requests()) {
            ObjectNode json = requests.addObject().put("method", "POST").put("path", request.operation().path());
            json.put("platform", request.platform()).put("batch_id", request.batchId());
            if (request.eventId() != null) {
                json.put("event_id", request.eventId());
            }
            json.set("body", request.body());
        }
        answer.set("receipt", intake.receipt().json());
        return Json.write(answer);
    }

    private static void put(Map<String, Object> variables, String name, Reason reason) {
        if (reason == null) {
            variables.remove(name);
        } else {
            variables.put(name, reason.code());
        }
    }

    private static String text(Object value) {
        return value == null ? null : value.toString();
    }
}
