package io.github.mparticleintercom.translate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Change;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.intercom.IntercomRequest.Operation;
import io.github.mparticleintercom.mparticle.Identities;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import java.util.List;

/** What the requests about the user of a batch have in common. */
final class UserRequests {

    private UserRequests() {
    }

    /** A request about the user of the batch, the same one for the same words of the same batch. */
    static IntercomRequest of(Operation operation, MparticleBatch batch, ObjectNode body, List<Change> changes) {
        Identities user = batch.user();
        String stableId = Json.fingerprint(operation.code(), user.key(), batch.key(), body.toString());
        return new IntercomRequest(operation, batch.platform(), user.key(), stableId, batch.id(), null, body, changes)
                .otherUserKey(user.emailKey());
    }

    /** A body that names the user as Intercom's contacts do: by Customer ID, else by email. */
    static ObjectNode naming(MparticleBatch batch) {
        Identities user = batch.user();
        return user.customerId() != null ? Json.object().put("external_id", user.customerId()) : Json.object().put("email", user.email());
    }
}
