package io.github.mparticleintercom.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.metrics.Metrics;
import java.util.LinkedHashMap;
import java.util.Map;

/** What became of one thing at one moment: ids and codes, never a value. */
final class AuditLine {

    /** What a line is about. */
    enum Subject { BATCH, EVENT, EVENT_OF_BATCH, REQUEST, CHANGE, LETTER }

    private final Map<String, String> parts = new LinkedHashMap<>();
    private final Subject subject;

    AuditLine(Subject subject, String outcome) {
        this.subject = subject;
        parts.put("outcome", outcome);
    }

    /** Adds a part, unless there is nothing to say. */
    AuditLine with(String name, Object value) {
        if (value != null && !value.toString().isEmpty()) {
            parts.put(name, value.toString());
        }
        return this;
    }

    /** The line as JSON text, its moment first. */
    String json(String time, String source) {
        ObjectNode json = Json.object().put("time", time);
        parts.forEach(json::put);
        if (source != null && !source.isEmpty() && !json.has("source")) {
            json.put("source", source);
        }
        return Json.write(json);
    }

    /** Counts it. What is parked is a letter as well, but for the events that lie in the letter of their batch. */
    void count(Metrics metrics) {
        String outcome = parts.get("outcome");
        String reason = parts.get("reason");
        switch (subject) {
            case BATCH -> metrics.batches(1, outcome, reason);
            case EVENT, EVENT_OF_BATCH -> metrics.event(outcome, reason);
            case REQUEST -> metrics.request(parts.get("operation"), outcome, reason);
            case CHANGE -> metrics.change(reason);
            case LETTER -> metrics.letter(outcome, reason);
        }
        if (outcome.equals("parked") && subject != Subject.EVENT_OF_BATCH) {
            metrics.letter(outcome, reason);
        }
        if (outcome.equals("queued") && parts.get("operation").equals("event")) {
            metrics.event(outcome, reason);
        }
    }
}
