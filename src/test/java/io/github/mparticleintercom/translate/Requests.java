package io.github.mparticleintercom.translate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.intercom.IntercomRequest.Operation;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import io.github.mparticleintercom.mparticle.MparticleBatches;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;

/** Requests and JSON for tests, written with single quotes. */
final class Requests {

    private Requests() {
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) Json.MAPPER.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MparticleBatch batch(String text, String origin) throws IOException {
        MparticleBatches batches = new MparticleBatches();
        return batches.read(batches.takeApart(text.replace('\'', '"'), null, null, origin, 1_714_550_400_999L).get(0));
    }

    static IntercomRequest contact(ObjectNode attributes) {
        ObjectNode body = json("{'external_id':'c1','role':'user'}");
        body.set("custom_attributes", attributes);
        return request(Operation.CONTACT, "contact-1", body);
    }

    static IntercomRequest contactOf(ObjectNode body) {
        return request(Operation.CONTACT, "contact-1", body);
    }

    static IntercomRequest event(ObjectNode metadata) {
        ObjectNode body = json("{'user_id':'c1','event_name':'Paid','created_at':1714550390}");
        body.set("metadata", metadata);
        return request(Operation.EVENT, "event-1", body);
    }

    static IntercomRequest event(String user, String name, long second, String stableId) {
        ObjectNode body = Json.object().put("user_id", user).put("event_name", name).put("created_at", second);
        return new IntercomRequest(Operation.EVENT, "", user, stableId, "b1", stableId, body, new ArrayList<>());
    }

    private static IntercomRequest request(Operation operation, String stableId, ObjectNode body) {
        return new IntercomRequest(operation, "", "c1", stableId, "b1", null, body, new ArrayList<>());
    }
}
