package io.github.mparticleintercom.outcome;

import io.github.mparticleintercom.Change;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomAnswer;
import io.github.mparticleintercom.intercom.IntercomRequest.Operation;
import io.github.mparticleintercom.intercom.QueuedRequest;
import io.github.mparticleintercom.metrics.Metrics;
import io.github.mparticleintercom.outcome.Outcome.End;
import io.github.mparticleintercom.outcome.Outcome.Subject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.ExchangeException;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place where the outcome is recorded of every batch, event, request and dead letter: counted, written to the audit
 * log, a line of JSON each with ids and codes and never a value, and said in the log.
 */
public final class Journal {

    private static final Logger INTAKE = LoggerFactory.getLogger("mparticle-intercom.intake");
    private static final Logger DELIVERED = LoggerFactory.getLogger("mparticle-intercom.delivered");
    private static final Logger DEAD_LETTERS = LoggerFactory.getLogger("mparticle-intercom.dead-letters");
    private static final Logger ERASURES = LoggerFactory.getLogger("mparticle-intercom.erasures");
    private static final int MOST_IDS = 5;
    private static final int MOST_FAULTS = 1000;
    private static final long QUARTER_NANOS = 15 * 60 * 1_000_000_000L;

    /** When steps failed, by {@link System#nanoTime()}. */
    private final Deque<Long> faults = new ArrayDeque<>();
    private String lastFault = "";

    private boolean auditEnabled = true;
    private Logger audit = LoggerFactory.getLogger("mparticle-intercom.audit");
    private Metrics metrics;

    /** Whether the audit log is written. */
    public void setAuditEnabled(boolean auditEnabled) {
        this.auditEnabled = auditEnabled;
    }

    /** The name of the logger that the audit log is written to. */
    public void setAuditLogger(String auditLogger) {
        this.audit = LoggerFactory.getLogger(auditLogger);
    }

    /** Where it is counted. */
    public void setMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    /** What an intake did, now that it is safe. */
    void intake(Intake intake) {
        metrics.batches(intake.forwardedBatches(), "forwarded", null);
        String now = Instant.now().toString();
        for (Outcome outcome : intake.outcomes()) {
            intake(outcome, intake, now);
        }
        for (DeadLetter deadLetter : intake.deadLetters()) {
            metrics.deadLetter(End.DEAD_LETTERED.word(), deadLetter.reason().code());
            DEAD_LETTERS.warn("Dead-lettered {} {} (batch {}{}): {}", deadLetter.kind(), deadLetter.id(), deadLetter.batch().id(),
                    deadLetter.event() == null ? "" : ", event " + deadLetter.event().id(), deadLetter.reason());
        }
        if (!intake.partOfFile() && INTAKE.isInfoEnabled()) {
            INTAKE.info(oneLine(ids(intake) + ": " + intake.receipt().line()
                    + (intake.source() == null ? "" : "; from " + intake.source())));
        }
    }

    private static String ids(Intake intake) {
        String ids = intake.outcomes().stream().map(Outcome::batchId).filter(id -> id != null).distinct().limit(MOST_IDS + 1L)
                .collect(Collectors.joining(", "));
        return ids.isEmpty() ? "Intake" : "Batch " + ids;
    }

    private void intake(Outcome outcome, Intake intake, String now) {
        String word = outcome.end().word();
        String reason = outcome.reason() == null ? null : outcome.reason().code();
        switch (outcome.subject()) {
            case BATCH -> {
                metrics.batches(1, word, reason);
                metrics.events(outcome.batch().events().size(), word, reason);
            }
            case EVENT -> metrics.events(outcome.end() == End.NOTHING ? 0 : 1, word, reason);
            default -> {
                if (outcome.end() == End.SKIPPED) {
                    metrics.request(operation(outcome), word, reason);
                }
            }
        }
        if (reason != null) {
            metrics.reason(outcome.subject().one(), word, reason);
        }
        if (outcome.end() == End.QUEUED) {
            metrics.request(outcome.request().operation().code(), word, null);
        }
        boolean forwarded = outcome.end() == End.QUEUED || outcome.end() == End.NOTHING;
        if (forwarded && outcome.request() != null) {
            outcome.request().changes().forEach(change -> metrics.change(change.reason().code()));
        }
        if (auditEnabled) {
            write(outcome, intake, now, forwarded);
        }
    }

    private void write(Outcome outcome, Intake intake, String now, boolean forwarded) {
        String userKey = outcome.batch().user().known() ? outcome.batch().user().key() : null;
        String source = intake.source(outcome.batch());
        if (outcome.end() != End.NOTHING) {
            write(line(now, outcome.end().word(), outcome.batchId(), outcome.eventId(), userKey),
                    forwarded || outcome.event() == null ? operation(outcome) : null, outcome.reason(),
                    outcome.field(), source);
        }
        if (outcome.subject() == Subject.BATCH) {
            outcome.batch().events().forEach(event -> write(line(now, outcome.end().word(), outcome.batchId(), event.id(), userKey),
                    null, outcome.reason(), null, source));
        }
        if (forwarded && outcome.request() != null) {
            for (Change change : outcome.request().changes()) {
                write(line(now, End.NOTHING.word(), outcome.batchId(), outcome.eventId(), userKey), null, change.reason(),
                        change.field(), source);
            }
        }
    }

    /** The word for what the request is about that was or would have been made; null for a batch. */
    private static String operation(Outcome outcome) {
        return outcome.request() != null ? outcome.request().operation().code() : switch (outcome.subject()) {
            case CONTACT -> "contact";
            case PRODUCT -> "event";
            default -> null;
        };
    }

    /**
     * The outcome of a request at delivery.
     *
     * @param outcome {@code delivered}, {@code unchanged}, {@code dry-run}, {@code erased} or {@code dead-lettered}
     * @param reason  why it is a dead letter; null unless it is one
     * @param deadLetterId the dead letter's id; null unless it is one
     */
    void delivered(QueuedRequest request, String outcome, Reason reason, String deadLetterId) {
        IntercomAnswer answer = request.answer();
        String word = outcome.equals("dead-lettered") ? End.DEAD_LETTERED.word() : outcome;
        String operation = request.operation() == null ? "unknown" : request.operation().code();
        metrics.request(operation, word, reason == null ? null : reason.code());
        if (reason != null) {
            metrics.deadLetter(word, reason.code());
        }
        if (auditEnabled) {
            AuditLine line = line(Instant.now().toString(), word, request.batchId(), request.eventId(),
                    outcome.equals("erased") || request.operation() == Operation.ERASURE ? null : request.userKey());
            if (answer != null) {
                line.with("request_id", answer.requestId());
            }
            line.with("dead_letter_id", deadLetterId);
            write(line, operation, reason, null, request.source());
        }
        // a request that is not sent is as it came
        List<Change> changes = outcome.equals("delivered") ? request.changes() : List.of();
        for (Change change : changes) {
            metrics.change(change.reason().code());
            if (auditEnabled) {
                write(line(Instant.now().toString(), End.NOTHING.word(), request.batchId(), request.eventId(), request.userKey()), null,
                        change.reason(), change.field(), request.source());
            }
        }
        String ids = "batch " + request.batchId() + (request.eventId() == null ? "" : ", event " + request.eventId());
        switch (outcome) {
            case "delivered" -> DELIVERED.info(oneLine("Delivered " + operation + " (" + ids + ")" + (answer == null
                    || answer.requestId().isEmpty() ? "" : ": Intercom's request id " + answer.requestId())
                    + (changes.isEmpty() ? "" : "; changed " + changes.stream().map(change -> change.field() + " " + change.reason())
                            .collect(Collectors.joining(", ")))));
            case "unchanged" -> DELIVERED.info(oneLine("Unchanged " + operation + " (" + ids + "): no call made"));
            case "erased" -> DELIVERED.info(oneLine("Dropped " + operation + " (" + ids + "): its user is to be forgotten"));
            case "dry-run" -> DELIVERED.info(oneLine("Dry run: wrote down " + operation + " (" + ids + ")"));
            default -> DEAD_LETTERS.warn("Dead-lettered {} {} ({}): {}{}", operation, deadLetterId, ids, reason,
                    answer == null ? "" : ", Intercom answered " + answer.status());
        }
    }

    /**
     * A dead letter was taken off its queue.
     *
     * @param outcome {@code replayed}, {@code discarded} or {@code erased}, of which nothing is kept that leads to its user
     * @param deadLetter the properties of its message
     */
    public void deadLetter(@Variable("deadLetterAction") String outcome, @Variable("deadLetter") Map<String, Object> deadLetter) {
        metrics.deadLetter(outcome, text(deadLetter, "reason"));
        String batchId = text(deadLetter, "batchId");
        String eventId = text(deadLetter, "eventId");
        if (auditEnabled) {
            AuditLine line = line(Instant.now().toString(), outcome, batchId, eventId,
                    outcome.equals("erased") || Operation.ERASURE.code().equals(text(deadLetter, "operation")) ? null
                            : text(deadLetter, "userKey"));
            line.with("operation", text(deadLetter, "operation"));
            line.with("reason", text(deadLetter, "reason"));
            line.with("request_id", text(deadLetter, "intercomRequestId"));
            line.with("dead_letter_id", text(deadLetter, "deadLetterId"));
            write(line, null, null, text(deadLetter, "field"), text(deadLetter, "source"));
        }
        DEAD_LETTERS.info("{} {} {} ({}{}): {}", Character.toUpperCase(outcome.charAt(0)) + outcome.substring(1), text(deadLetter, "kind"),
                text(deadLetter, "deadLetterId"), "batch " + batchId, eventId == null ? "" : ", event " + eventId, text(deadLetter, "reason"));
    }

    /** A part of a request to forget a user is on the queue. */
    public void erasureQueued() {
        metrics.request(Operation.ERASURE.code(), End.QUEUED.word(), null);
    }

    /**
     * So far has a request to forget a user come.
     *
     * @param outcome {@code received}, {@code completed} or {@code cancelled}
     * @param id      its {@code subject_request_id}
     */
    public void erasure(String outcome, String id) {
        metrics.erasure(outcome);
        if (auditEnabled) {
            write(line(Instant.now().toString(), outcome, id, null, null), "erasure", null, null, null);
        }
        ERASURES.info("Erasure {}: {}", id, outcome);
    }

    /** A step failed on something that is kept for that: a fault of a route, a bean or a setting. Its message may hold values. */
    void fault(String what, String route, String step, Throwable failure) {
        // a route that hands failures to its caller is known by the call
        String where = step != null && step.startsWith("direct://") ? "route " + step.substring("direct://".length())
                : route == null ? step : "route " + route + (step == null ? "" : ", before or in " + step);
        INTAKE.error("A step failed on {}, which is kept as a dead letter: {} in {}", oneLine(what),
                failure == null ? "unknown" : root(failure).getClass().getName(), where);
        note(where);
    }

    /** A step of delivery failed on a request that is kept for that. */
    public void deliveryFault(@Variable("request") QueuedRequest request, @ExchangeProperty("CamelFailureRouteId") String route,
            @ExchangeProperty("CamelFailureEndpoint") String step, @ExchangeException Exception failure) {
        fault(request == null ? "a message" : "a request of batch " + request.batchId(), route, step, failure);
    }

    private void note(String where) {
        synchronized (faults) {
            faults.addLast(System.nanoTime());
            if (faults.size() > MOST_FAULTS) {
                faults.removeFirst();
            }
            lastFault = where;
        }
    }

    /** How many steps failed in the last quarter of an hour, at most as many as are counted, and where the last did; "" if none did. */
    public String faults() {
        synchronized (faults) {
            long now = System.nanoTime();
            while (!faults.isEmpty() && now - faults.peekFirst() > QUARTER_NANOS) {
                faults.removeFirst();
            }
            return faults.isEmpty() ? "" : (faults.size() == MOST_FAULTS ? "at least " : "") + faults.size()
                    + " in the last 15 minutes, the last in " + lastFault;
        }
    }

    /** Ids come from senders: none may look like a line of the log of its own, nor steer the screen. */
    private static String oneLine(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return text.replaceAll("[\\x00-\\x1f\\x7f-\\x9f]", "?");
            }
        }
        return text;
    }

    private static Throwable root(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static AuditLine line(String time, String outcome, String batchId, String eventId, String userKey) {
        return new AuditLine().with("time", time).with("outcome", outcome).with("batch_id", batchId).with("event_id", eventId)
                .with("user_key", userKey);
    }

    private void write(AuditLine line, String operation, Reason reason, String field, String source) {
        audit.info(line.with("operation", operation).with("reason", reason == null ? null : reason.code()).with("field", field)
                .with("source", source).toString());
    }

    private static String text(Map<String, Object> deadLetter, String name) {
        Object value = deadLetter.get(name);
        return value == null ? null : value.toString();
    }
}
