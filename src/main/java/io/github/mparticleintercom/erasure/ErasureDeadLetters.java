package io.github.mparticleintercom.erasure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.broker.JmsBodies;
import io.github.mparticleintercom.deadletter.DeadLetterQueue;
import io.github.mparticleintercom.intercom.IntercomRequest.Operation;
import io.github.mparticleintercom.intercom.RequestMessages;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Variable;
import org.apache.camel.Variables;

/** Takes away the dead letters of a user who is to be forgotten. */
public final class ErasureDeadLetters {

    private DeadLetterQueue queue;

    /** Where they lie. */
    public void setQueue(DeadLetterQueue queue) {
        this.queue = queue;
    }

    /**
     * Takes them away for good, one part of a request after the other. Sets {@code reason} where one is left, because more lie before it
     * than the broker keeps in memory.
     *
     * @return the properties of each
     * @throws JMSException when the broker does not answer
     */
    public synchronized List<Map<String, Object>> take(@Variable("erasure") Object erasure, @Variables Map<String, Object> variables)
            throws JMSException {
        UserErasure user = (UserErasure) erasure;
        List<Map<String, Object>> taken = new ArrayList<>();
        for (String id : queue.ids(deadLetter -> isMeant(deadLetter, user))) {
            Optional<Map<String, Object>> one = queue.take(id);
            if (one.isPresent()) {
                taken.add(one.get());
            } else if (queue.holds(id)) {
                variables.put("reason", Reason.DEAD_LETTER_OUT_OF_REACH.code());
            }
        }
        return taken;
    }

    /** What is said is about this user, and was accepted before the user asked to be forgotten. What is no JSON object is about nobody. */
    private static boolean isMeant(Message deadLetter, UserErasure user) throws JMSException {
        if (Operation.ERASURE.code().equals(deadLetter.getStringProperty(RequestMessages.OPERATION)) || acceptedAt(deadLetter) >= user.received()) {
            return false;
        }
        Object body = new JmsBodies().fromMessage(deadLetter);
        try {
            JsonNode json = Json.MAPPER.readTree(body instanceof byte[] bytes ? bytes : String.valueOf(body).getBytes(StandardCharsets.UTF_8));
            return json instanceof ObjectNode && user.concerns(json);
        } catch (IOException e) {
            return false;
        }
    }

    private static long acceptedAt(Message deadLetter) throws JMSException {
        if (deadLetter.propertyExists(RequestMessages.ACCEPTED_AT)) {
            return deadLetter.getLongProperty(RequestMessages.ACCEPTED_AT);
        }
        return Instant.parse(deadLetter.getStringProperty("firstAttemptAt")).toEpochMilli();
    }
}
