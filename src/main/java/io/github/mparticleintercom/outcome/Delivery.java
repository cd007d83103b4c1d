package io.github.mparticleintercom.outcome;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.ErasedUsers;
import io.github.mparticleintercom.intercom.IntercomConnection;
import io.github.mparticleintercom.intercom.IntercomOutages;
import io.github.mparticleintercom.intercom.QueuedRequest;
import io.github.mparticleintercom.intercom.RequestMessages;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperties;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.apache.camel.Variables;

/** The first and the last step of delivery. */
public final class Delivery {

    private static final String REQUEST = "request";
    private static final String OUTCOME = "outcome";
    private static final String REASON = "reason";

    private Journal journal;
    private IntercomConnection connection;
    private IntercomOutages outages;
    private ErasedUsers erasedUsers = new ErasedUsers();

    /** Where outcomes are recorded. */
    public void setJournal(Journal journal) {
        this.journal = journal;
    }

    /** Knows whether anything is sent at all. */
    public void setConnection(IntercomConnection connection) {
        this.connection = connection;
    }

    /** Distinguishes an outage from a request that fails alone. */
    public void setOutages(IntercomOutages outages) {
        this.outages = outages;
    }

    /** Knows whose requests go nowhere. */
    public void setErasedUsers(ErasedUsers erasedUsers) {
        this.erasedUsers = erasedUsers;
    }

    /**
     * Reads the message. Sets {@code request}, {@code operation}, and {@code outcome}: {@code delivered}, if nothing else comes of it,
     * or {@code dry-run}. All that the message says is in the request then; its headers are forgotten, which makes the way of the
     * exchange cheaper. What is no request of ours has the operation {@code unknown}; one of a user who is to be forgotten has the
     * operation {@code none} and the outcome {@code erased}.
     */
    public void take(@Body Object body, @Headers Map<String, Object> headers, @Variables Map<String, Object> variables,
            @ExchangeProperties Map<String, Object> properties) {
        QueuedRequest request = RequestMessages.read(body, headers);
        outages.begin(request);
        variables.put(REQUEST, request);
        boolean erased = erasedUsers.covers(request);
        variables.put(OUTCOME, erased ? "erased" : connection.isDryRun() ? "dry-run" : "delivered");
        variables.put("operation", erased ? "none" : request.body() == null ? "unknown" : request.operation().code());
        // for the context of log lines
        if (request.batchId() != null) {
            properties.put("mparticleIntercomBatchId", request.batchId());
        }
        headers.clear();
    }

    /** Makes the request a dead letter, which is returned. Sets {@code outcome} to {@code dead-lettered}. */
    public DeadLetter deadLetter(@Variable(REQUEST) QueuedRequest request, @Variable(REASON) String reason,
            @Variables Map<String, Object> variables) {
        DeadLetter deadLetter = DeadLetter.of(request, Reason.of(reason));
        variables.put(OUTCOME, "dead-lettered");
        variables.put("deadLetterId", deadLetter.id());
        return deadLetter;
    }

    /** Records what became of the request; nothing yet of one that goes to the retry queue. */
    public void record(@Variable(REQUEST) QueuedRequest request, @Variable(OUTCOME) String outcome,
            @Variable(REASON) String reason, @Variable("deadLetterId") String letterId) {
        if (outcome.equals("deferred")) {
            return;
        }
        if (outcome.equals("delivered")) {
            erasedUsers.delivered(request);
        }
        boolean dead = outcome.equals("dead-lettered");
        journal.delivered(request, outcome, dead ? Reason.of(reason) : null, dead ? letterId : null);
    }
}
