package io.github.mparticleintercom.outcome;

import com.fasterxml.jackson.core.io.JsonStringEncoder;

/** One line of the audit log: JSON with texts only, written as it grows, because there are two of them for every event. */
final class AuditLine {

    private static final JsonStringEncoder ENCODER = JsonStringEncoder.getInstance();

    private final StringBuilder text = new StringBuilder(320).append('{');

    /** Adds a field, unless there is nothing to say. The name needs no escape. */
    AuditLine with(String name, String value) {
        if (value != null && !value.isEmpty()) {
            if (text.length() > 1) {
                text.append(',');
            }
            text.append('"').append(name).append("\":\"");
            ENCODER.quoteAsString(value, text);
            text.append('"');
        }
        return this;
    }

    @Override
    public String toString() {
        return text + "}";
    }
}
