package io.github.mparticleintercom.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Headers;
import org.apache.camel.Variable;

/** What replaying and discarding dead letters has to compute. */
public final class DeadReplays {

    /** How many were dealt with. One thread counts. */
    public static final class Tally {
        private int done;
        private int parkedAgain;
    }

    /** Nothing so far. */
    public Tally open() {
        return new Tally();
    }

    /** Whether the edited body, if there is one, can be sent at all. */
    public void checkBody(@Variable("letterBody") String body) throws DeadRefusal {
        try {
            if (body != null && Json.MAPPER.readTree(body).isMissingNode()) {
                throw new DeadRefusal(Reason.INVALID_JSON, "body");
            }
        } catch (JsonProcessingException e) {
            throw new DeadRefusal(Reason.INVALID_JSON, "body");
        }
    }

    /** The properties of the letter that was taken; empty when it is gone, because somebody else took it. */
    public Map<String, Object> properties(@Headers Map<String, Object> headers) {
        return headers.get("deadId") == null ? Map.of() : new HashMap<>(headers);
    }

    /** How often it will have been replayed. */
    public int replays(@Variable("letter") Map<String, Object> letter) {
        return letter.get("replays") instanceof Integer before ? before + 1 : 1;
    }

    /** One more. */
    public void count(@Variable("letterTally") Tally tally, @Variable("mparticleIntercomReceipt") Receipt receipt) {
        tally.done++;
        if (receipt != null && receipt.isAnyParked()) {
            tally.parkedAgain++;
        }
    }

    /** The answer to a replay, as JSON text. */
    public String replayed(@Variable("letterTally") Tally tally) {
        return Json.write(Json.object().put("replayed", tally.done).put("parked_again", tally.parkedAgain));
    }

    /** The answer to a discard, as JSON text. */
    public String discarded(@Variable("letterTally") Tally tally) {
        return Json.write(Json.object().put("discarded", tally.done));
    }
}
