package io.github.mparticleintercom.queue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.intercom.IntercomRequest.Operation;
import java.io.IOException;
import org.apache.camel.Variable;

/** Collects what would be queued, for those who want to see it first. */
public final class Previews {

    private static final String PREVIEW = "mparticleIntercomPreview";

    /** An empty preview. */
    public ArrayNode open() {
        return Json.MAPPER.createArrayNode();
    }

    /** Adds a request as Intercom would get it: a contact that it knows already is updated by id rather than created. */
    public void collect(@Variable(PREVIEW) ArrayNode requests, @Variable("request") IntercomRequest request) {
        ObjectNode json = requests.addObject().put("method", "POST")
                .put("path", request.operation() == Operation.CONTACT ? "/contacts" : "/events");
        json.put("platform", request.platform()).put("batch_id", request.batchId());
        if (request.eventId() != null) {
            json.put("event_id", request.eventId());
        }
        json.set("body", request.body());
    }

    /** The requests in order, and the receipt with everything skipped, cut, renamed, moved or parked, as JSON text. */
    public String answer(@Variable(PREVIEW) ArrayNode requests,
            @Variable("mparticleIntercomReceipt") Receipt receipt) throws IOException {
        ObjectNode answer = Json.object();
        answer.set("requests", requests);
        answer.set("receipt", Json.MAPPER.readTree(receipt.getJson()));
        return Json.write(answer);
    }
}
