package io.github.mparticleintercom.erasure;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.erasure.ErasureRequest.Identity;
import io.github.mparticleintercom.http.HttpRefusal;
import io.github.mparticleintercom.intercom.IntercomConnection;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.outcome.Journal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;
import org.apache.camel.Variables;

/** Takes requests to forget users, and answers how far each has come, in the words of OpenDSR 2.0. */
public final class ErasureIntake {

    private static final String REQUEST = "mparticleIntercomErasure";

    private ErasureRegister register;
    private StatusCallbacks callbacks;
    private IntercomConnection connection;
    private Journal journal;
    private String controllerId = "";
    private String certificateUrl = "";

    /** What is kept of each request. */
    public void setRegister(ErasureRegister register) {
        this.register = register;
    }

    /** Who may be told. */
    public void setCallbacks(StatusCallbacks callbacks) {
        this.callbacks = callbacks;
    }

    /** Which credentials there are. */
    public void setConnection(IntercomConnection connection) {
        this.connection = connection;
    }

    /** Where it is recorded. */
    public void setJournal(Journal journal) {
        this.journal = journal;
    }

    /** The workspace, which is what the controller is here; blank if it is not named. */
    public void setControllerId(String controllerId) {
        this.controllerId = controllerId.strip();
    }

    /** Where the certificate of the signatures can be had; blank if there is none. */
    public void setCertificateUrl(String certificateUrl) {
        this.certificateUrl = certificateUrl.strip();
    }

    /**
     * Reads a request and writes down that it came. Sets {@code mparticleIntercomErasure}.
     *
     * @param body an OpenDSR request as text, bytes, a stream, or parsed into maps and lists
     * @return what to put on the queue, a part for each identity; nothing for a request that came before
     * @throws HttpRefusal when it is not to be taken
     * @throws IOException when a stream cannot be read
     */
    public List<IntercomRequest> open(@Body Object body, @Variables Map<String, Object> variables) throws HttpRefusal, IOException {
        ErasureRequest request = ErasureRequest.read(bytes(body));
        Set<String> names = new LinkedHashSet<>();
        ObjectNode fresh = Json.object().put(ErasureRegister.ID, request.id()).put(ErasureRegister.RECEIVED, System.currentTimeMillis())
                .put(ErasureRegister.STATUS, "pending").put(ErasureRegister.QUEUED, false).put("controller_id", controllerId);
        ObjectNode kept = fresh.putObject(ErasureRegister.NAMES);
        ArrayNode open = fresh.putArray(ErasureRegister.OPEN);
        for (Identity identity : request.identities().values()) {
            names.add(identity.name());
            kept.put(identity.name(), identity.isEmail());
            open.add(identity.name());
        }
        fresh.set("asked", open.deepCopy());
        callbacks.add(fresh, request.callbacks());
        ObjectNode record = register.create(fresh);
        if (record.has("asked") && !record.get("asked").equals(fresh.get("asked"))) {
            throw new HttpRefusal(400, Reason.ERASURE_ID_TAKEN, ErasureRegister.ID);
        }
        variables.put(REQUEST, request);
        if (record.path(ErasureRegister.QUEUED).asBoolean() || record.has(ErasureRegister.ENDED)) {
            return List.of();
        }
        List<String> platforms = connection.credentials();
        String platform = platforms.isEmpty() || platforms.contains("") ? "" : platforms.get(0);
        List<IntercomRequest> parts = new ArrayList<>();
        request.identities().values().forEach(identity -> parts.add(UserErasure.request(request.id(), identity,
                record.path(ErasureRegister.RECEIVED).asLong(), names, platform, "")));
        return parts;
    }

    /** All of it is on the queue. Returns the answer, as JSON text. */
    public String accepted(@Variable(REQUEST) ErasureRequest request) {
        boolean[] isNew = {false};
        ObjectNode record = register.update(request.id(), kept -> {
            isNew[0] = !kept.path(ErasureRegister.QUEUED).asBoolean();
            kept.put(ErasureRegister.QUEUED, true);
        }).orElseThrow();
        if (isNew[0]) {
            journal.erasure("received", request.id());
        }
        return Json.write(ErasureStatus.received(record).put("encoded_request", Base64.getEncoder().encodeToString(request.body())));
    }

    /**
     * How far a request has come, as JSON text.
     *
     * @param id its {@code subject_request_id}
     * @throws HttpRefusal when there is none
     */
    public String status(@Header("id") String id) throws HttpRefusal {
        return Json.write(ErasureStatus.of(register.find(known(id)).orElseThrow(ErasureIntake::unknown)));
    }

    private static String known(String id) throws HttpRefusal {
        if (id == null || !id.matches("[0-9a-fA-F-]{36}")) {
            throw unknown();
        }
        return id.toLowerCase(Locale.ROOT);
    }

    private static HttpRefusal unknown() {
        return new HttpRefusal(404, Reason.NO_SUCH_ERASURE, null);
    }

    /**
     * Cancels a request that nothing was done for yet; its user's requests go their way again. Returns the answer, as JSON text.
     *
     * @param id its {@code subject_request_id}
     * @throws HttpRefusal when there is none, or it is not pending any more
     */
    public String cancel(@Header("id") String id) throws HttpRefusal {
        boolean[] isNew = {false};
        ObjectNode record = register.update(known(id), kept -> {
            isNew[0] = kept.path(ErasureRegister.STATUS).asText().equals("pending");
            if (isNew[0]) {
                ErasureStatus.set(kept, "cancelled");
                kept.put(ErasureRegister.ENDED, System.currentTimeMillis()).remove(List.of(ErasureRegister.NAMES, ErasureRegister.OPEN));
            }
        }).orElseThrow(ErasureIntake::unknown);
        if (isNew[0]) {
            journal.erasure("cancelled", record.path(ErasureRegister.ID).asText());
        } else if (!ErasureStatus.isCancelled(record)) {
            throw new HttpRefusal(409, Reason.ERASURE_BEGUN, ErasureRegister.STATUS);
        }
        return Json.write(ErasureStatus.cancelled(record));
    }

    /** What can be asked for, as JSON text. */
    public String discovery() {
        ObjectNode json = Json.object().put("api_version", ErasureStatus.VERSION);
        ArrayNode identities = json.putArray("supported_identities");
        for (String type : List.of(Identity.CUSTOMER_ID, Identity.EMAIL)) {
            identities.addObject().put("identity_type", type).put("identity_format", "raw");
        }
        json.putArray("supported_subject_request_types").add("erasure");
        if (!certificateUrl.isEmpty()) {
            json.put("processor_certificate", certificateUrl);
        }
        return Json.write(json);
    }

    private static byte[] bytes(Object body) throws IOException {
        if (body instanceof byte[] bytes) {
            return bytes;
        }
        if (body instanceof InputStream stream) {
            return stream.readAllBytes();
        }
        return body == null || body instanceof String ? String.valueOf(body).getBytes(StandardCharsets.UTF_8)
                : Json.MAPPER.writeValueAsBytes(body);
    }
}
