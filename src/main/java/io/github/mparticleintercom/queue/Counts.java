package io.github.mparticleintercom.queue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import java.util.EnumMap;
import java.util.Map;

/** The numbers of a {@link Receipt}. */
final class Counts {

    private int batches;
    private int events;
    private int queuedContacts;
    private int queuedEvents;
    private final Outcome skipped = new Outcome();
    private final Outcome parked = new Outcome();
    private final Map<Reason, Integer> changed = new EnumMap<>(Reason.class);

    /** Whole batches and single events with one outcome. */
    static final class Outcome {
        private int batches;
        private int events;
        private final Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);

        /** A batch with so many events. */
        void batch(int itsEvents, Reason reason) {
            batches++;
            events += itsEvents;
            reasons.merge(reason, 1, Integer::sum);
        }

        void event(Reason reason) {
            events++;
            reasons.merge(reason, 1, Integer::sum);
        }

        boolean isNothing() {
            return reasons.isEmpty();
        }

        private void write(ObjectNode json) {
            json.put("batches", batches).put("events", events);
            Counts.write(json.putObject("reasons"), reasons);
        }
    }

    /** A batch with so many events. */
    void received(int itsEvents) {
        batches++;
        events += itsEvents;
    }

    void queuedContact() {
        queuedContacts++;
    }

    void queuedEvent() {
        queuedEvents++;
    }

    void changed(Reason reason) {
        changed.merge(reason, 1, Integer::sum);
    }

    Outcome skipped() {
        return skipped;
    }

    Outcome parked() {
        return parked;
    }

    int batches() {
        return batches;
    }

    int events() {
        return events;
    }

    /** One line for the log. */
    String line() {
        return batches + " batch(es), " + events + " event(s): queued " + queuedContacts + " contact(s) and "
                + queuedEvents + " event(s); skipped " + skipped.events + " event(s)" + codes(skipped.reasons)
                + "; parked " + parked.events + " event(s)" + codes(parked.reasons) + "; changed" + codes(changed);
    }

    /** The numbers as the receipt has them. */
    ObjectNode json() {
        ObjectNode json = Json.object();
        json.putObject("received").put("batches", batches).put("events", events);
        json.putObject("queued").put("contacts", queuedContacts).put("events", queuedEvents);
        skipped.write(json.putObject("skipped"));
        parked.write(json.putObject("parked"));
        write(json.putObject("changed"), changed);
        return json;
    }

    private static void write(ObjectNode json, Map<Reason, Integer> reasons) {
        reasons.forEach((reason, count) -> json.put(reason.code(), count));
    }

    private static String codes(Map<Reason, Integer> reasons) {
        return reasons.isEmpty() ? " nothing" : " " + reasons;
    }
}
