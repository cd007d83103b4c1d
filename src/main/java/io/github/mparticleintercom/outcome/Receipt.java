package io.github.mparticleintercom.outcome;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Change;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.outcome.Outcome.End;
import io.github.mparticleintercom.outcome.Outcome.Subject;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The outcome of everything in one intake. The counts add up: events received = queued + skipped + dead-lettered. */
public final class Receipt {

    /** As many single reasons as an answer should hold. */
    private static final int MOST_DETAILS = 1000;

    private final Intake intake;
    private final Map<End, Count> counts = Map.of(End.QUEUED, new Count(), End.SKIPPED, new Count(), End.DEAD_LETTERED,
            new Count(), End.NOTHING, new Count());
    private final Map<String, Integer> changed = new TreeMap<>();

    /** How many of everything had one outcome. */
    private static final class Count {
        private final Map<Subject, Integer> number = new EnumMap<>(Subject.class);
        private final Map<String, Integer> reasons = new TreeMap<>();

        private int of(Subject subject) {
            return number.getOrDefault(subject, 0);
        }

        /** These two in any case, and of the rest what there is. */
        private ObjectNode write(ObjectNode json, Subject first, Subject second) {
            json.put(first.many(), of(first)).put(second.many(), of(second));
            number.forEach((subject, count) -> json.put(subject.many(), count));
            return json;
        }

        private void writeWithReasons(ObjectNode json) {
            Receipt.write(write(json, Subject.BATCH, Subject.EVENT).putObject("reasons"), reasons);
        }
    }

    Receipt(Intake intake) {
        this.intake = intake;
        intake.outcomes().forEach(this::count);
    }

    private void count(Outcome outcome) {
        Count count = counts.get(outcome.end());
        count.number.merge(outcome.subject(), 1, Integer::sum);
        if (outcome.subject() == Subject.BATCH) {
            count.number.merge(Subject.EVENT, outcome.batch().events().size(), Integer::sum);
        }
        if (outcome.reason() != null) {
            count.reasons.merge(outcome.reason().code(), 1, Integer::sum);
        }
        if (outcome.request() != null && (outcome.end() == End.QUEUED || outcome.end() == End.NOTHING)) {
            outcome.request().changes().forEach(change -> changed.merge(change.reason().code(), 1, Integer::sum));
        }
    }

    /** Whether nothing that came could be read. */
    public boolean isUnreadable() {
        return !intake.outcomes().isEmpty() && intake.outcomes().stream().allMatch(outcome -> outcome.subject() == Subject.BATCH
                && outcome.end() == End.DEAD_LETTERED && outcome.batch().reason() != null);
    }

    /** The reason of the first thing that was not forwarded; null if everything was. */
    public Reason firstReason() {
        return intake.outcomes().stream().map(Outcome::reason).filter(reason -> reason != null).findFirst().orElse(null);
    }

    /** The field that goes with {@link #firstReason()}; null if there is none. */
    public String firstField() {
        return intake.outcomes().stream().filter(outcome -> outcome.reason() != null).findFirst().map(Outcome::field).orElse(null);
    }

    /** One line for the log. */
    public String line() {
        Count queued = counts.get(End.QUEUED);
        String beside = Stream.of(Subject.COMPANY, Subject.TAGS, Subject.PRODUCT).filter(queued.number::containsKey)
                .map(subject -> ", " + queued.of(subject) + " " + subject.many()).collect(Collectors.joining());
        return intake.batchCount() + " batch(es), " + intake.eventCount() + " event(s): queued " + queued.of(Subject.CONTACT)
                + " contact(s)" + beside + " and " + queued.of(Subject.EVENT) + " event(s); skipped " + words(End.SKIPPED) + "; dead-lettered "
                + words(End.DEAD_LETTERED) + "; changed " + (changed.isEmpty() ? "nothing" : changed);
    }

    private String words(End end) {
        Count count = counts.get(end);
        if (count.reasons.isEmpty()) {
            return "nothing";
        }
        // a whole batch, or a profile, has a reason without any event
        return count.of(Subject.EVENT) == 0 ? count.reasons.toString() : count.of(Subject.EVENT) + " event(s) " + count.reasons;
    }

    /** The receipt as JSON, in the words of the page on intake. */
    public ObjectNode json() {
        ObjectNode json = Json.object();
        json.putObject("received").put("batches", intake.batchCount()).put("events", intake.eventCount());
        counts.get(End.QUEUED).write(json.putObject("queued"), Subject.CONTACT, Subject.EVENT);
        counts.get(End.SKIPPED).writeWithReasons(json.putObject("skipped"));
        counts.get(End.DEAD_LETTERED).writeWithReasons(json.putObject("dead_lettered"));
        write(json.putObject("changed"), changed);
        ArrayNode details = json.putArray("details");
        for (Outcome outcome : intake.outcomes()) {
            detail(outcome, details);
        }
        return json;
    }

    private static void detail(Outcome outcome, ArrayNode details) {
        if (outcome.reason() != null) {
            detail(details, outcome.end().word(), outcome, outcome.reason(), outcome.field());
        } else if (outcome.request() != null) {
            for (Change change : outcome.request().changes()) {
                detail(details, End.NOTHING.word(), outcome, change.reason(), change.field());
            }
        }
    }

    private static void detail(ArrayNode details, String word, Outcome outcome, Reason reason, String field) {
        if (details.size() < MOST_DETAILS) {
            ObjectNode detail = details.addObject().put("outcome", word).put("reason", reason.code());
            put(detail, "batch_id", outcome.batchId());
            put(detail, "event_id", outcome.eventId());
            // the contact, company and tags of a batch are alike without it
            put(detail, "operation", word.equals(End.NOTHING.word()) || outcome.subject() == Subject.BATCH || outcome.subject() == Subject.EVENT
                    ? null : outcome.subject().one());
            put(detail, "field", field);
        }
    }

    private static void put(ObjectNode json, String name, String value) {
        if (value != null) {
            json.put(name, value);
        }
    }

    private static void write(ObjectNode json, Map<String, Integer> reasons) {
        reasons.forEach(json::put);
    }
}
