package io.github.mparticleintercom.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.intercom.IntercomRequest.Operation;
import io.github.mparticleintercom.intercom.RequestMessages;
import io.github.mparticleintercom.mparticle.Identities;
import io.github.mparticleintercom.outcome.Intake;
import io.github.mparticleintercom.outcome.Intakes;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.apache.camel.Variables;

/** What replaying and discarding dead letters has to compute. */
public final class DeadLetterReplays {

    private static final String DEAD_LETTER = "deadLetter";
    private static final String COUNT = "deadLetterCount";
    private static final String ACTION = "deadLetterAction";

    /** How many were dealt with. One thread counts. */
    private static final class Count {
        private int done;
        private int again;
    }

    /** Nothing was dealt with so far. Sets {@code deadLetterCount}. */
    public void open(@Variables Map<String, Object> variables) {
        variables.put(COUNT, new Count());
    }

    /**
     * Takes over what was taken off the queue: sets {@code deadLetter} to its properties, or to nothing when it is gone, because
     * somebody else took it. Sets {@code mparticleIntercomSource} to where it came from.
     *
     * @return the body: what the call brought in its place, else what is in it
     */
    public Object take(@Body Object body, @Headers Map<String, Object> headers, @Variable("replacement") String replacement,
            @Variables Map<String, Object> variables) {
        variables.remove(DEAD_LETTER);
        variables.remove(Intakes.INTAKE);
        variables.remove(Intakes.SOURCE);
        if (headers.get(DeadLetters.ID) != null) {
            variables.put(DEAD_LETTER, new HashMap<>(headers));
            if (headers.get(RequestMessages.SOURCE) != null) {
                variables.put(Intakes.SOURCE, headers.get(RequestMessages.SOURCE));
            }
        }
        headers.clear();
        // parts of it may have been stored before
        headers.put("JMSRedelivered", true);
        return replacement == null ? body : replacement;
    }

    /**
     * Makes the message of a request that is replayed: with one replay more, in the group of its user, who may be another than before
     * where the call brought another body.
     */
    public void request(@Variable(DEAD_LETTER) Map<String, Object> deadLetter, @Variable("replacement") String replacement,
            @Headers Map<String, Object> headers) {
        headers.clear();
        for (String name : new String[] {RequestMessages.OPERATION, RequestMessages.PLATFORM, RequestMessages.STABLE_ID,
            RequestMessages.BATCH_ID, RequestMessages.EVENT_ID, RequestMessages.SOURCE, RequestMessages.FALLBACK_NAME,
            RequestMessages.OTHER_USER_KEY, RequestMessages.ACCEPTED_AT}) {
            if (deadLetter.get(name) != null) {
                headers.put(name, deadLetter.get(name));
            }
        }
        headers.put(RequestMessages.REPLAYS, deadLetter.get(RequestMessages.REPLAYS) instanceof Number before ? before.intValue() + 1 : 1);
        headers.put(RequestMessages.USER_KEY, deadLetter.get("userKey"));
        Identities user = replacement == null ? Identities.NONE : user(Operation.of((String) deadLetter.get(RequestMessages.OPERATION)), replacement);
        if (user.known()) {
            headers.put(RequestMessages.USER_KEY, user.key());
            headers.remove(RequestMessages.OTHER_USER_KEY);
            if (user.emailKey() != null) {
                headers.put(RequestMessages.OTHER_USER_KEY, user.emailKey());
            }
        }
        headers.put(RequestMessages.DUPLICATE_ID, deadLetter.get(RequestMessages.STABLE_ID) + "-" + deadLetter.get(DeadLetters.ID));
    }

    private static Identities user(Operation operation, String request) {
        try {
            JsonNode json = Json.MAPPER.readTree(request);
            return operation == null ? Identities.NONE
                    : new Identities(Json.text(json.get(operation.customerIdField())), Json.text(json.get("email")), null, false);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("No JSON", e);
        }
    }

    /** One more was dealt with. */
    public void count(@Variable(COUNT) Object count, @Variables Map<String, Object> variables) {
        Count counted = (Count) count;
        counted.done++;
        if (variables.get(Intakes.INTAKE) instanceof Intake intake && intake.isAnyDeadLettered()) {
            counted.again++;
        }
    }

    /** The answer, as JSON text: {@code discarded}, or {@code replayed} and, of these, {@code dead_lettered_again}. */
    public String answer(@Variable(COUNT) Object count, @Variable(ACTION) String action) {
        Count counted = (Count) count;
        return Json.write(action.equals("discarded") ? Json.object().put("discarded", counted.done)
                : Json.object().put("replayed", counted.done).put("dead_lettered_again", counted.again));
    }
}
