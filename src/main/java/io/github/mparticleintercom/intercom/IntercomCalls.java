package io.github.mparticleintercom.intercom;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.apache.camel.Variable;

/** Counts calls to Intercom by kind, since their number is what limits how fast a customer really is. */
public final class IntercomCalls {

    /** What a call is for. */
    public enum Kind {
        CONTACT_CREATE("contacts created"), CONTACT_UPDATE("contacts updated"), CONTACT_LOOKUP("contacts looked up"),
        EVENT("events"), OTHER("others");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        static Kind of(String method, String path) {
            if (path.equals("/events")) {
                return EVENT;
            }
            if (!path.startsWith("/contacts")) {
                return OTHER;
            }
            return switch (method) {
                case "PUT" -> CONTACT_UPDATE;
                case "GET" -> CONTACT_LOOKUP;
                default -> path.equals("/contacts") ? CONTACT_CREATE : OTHER;
            };
        }
    }

    private final Map<Kind, AtomicLong> counts = new EnumMap<>(Kind.class);
    private Map<Kind, Long> reported = Map.of();

    /** Nothing counted yet. */
    public IntercomCalls() {
        for (Kind kind : Kind.values()) {
            counts.put(kind, new AtomicLong());
        }
    }

    /** Counts one call, whatever its answer will be. */
    public void count(@Variable("method") String method, @Variable("path") String path) {
        counts.get(Kind.of(method, path)).incrementAndGet();
    }

    /** How many calls of a kind there were. */
    public long of(Kind kind) {
        return counts.get(kind).get();
    }

    /** The calls since the last report, for a person; "" if there were none. */
    public synchronized String report() {
        Map<Kind, Long> now = new EnumMap<>(Kind.class);
        counts.forEach((kind, count) -> now.put(kind, count.get()));
        String report = now.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(), entry.getValue() - reported.getOrDefault(entry.getKey(), 0L)))
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> entry.getValue() + " " + entry.getKey().words)
                .collect(Collectors.joining(", "));
        reported = now;
        return report;
    }
}
