package io.github.mparticleintercom.intercom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.intercom.IntercomRequest.Operation;
import io.github.mparticleintercom.intercom.QueuedRequest.Call;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Headers;
import org.apache.camel.Variable;
import org.apache.camel.Variables;
import org.apache.camel.component.http.HttpMethods;

/**
 * The calls that are made to Intercom, API version 2.16. Each method sets method, address and headers of the next call and
 * returns its body, as JSON text; of the headers that were there nothing is left, so that none can steer or leak into a call.
 */
public final class IntercomCalls {

    private static final String REQUEST = "request";
    private static final String CONTACT_ID = "contactId";
    private static final String ANSWER = "answer";
    private static final String NOTHING = "";

    private IntercomConnection connection;
    private UnknownAttributes unknownAttributes;
    private KnownContacts knownContacts;

    /** Where to, and with which credential. */
    public void setConnection(IntercomConnection connection) {
        this.connection = connection;
    }

    /** Which attributes were created. */
    public void setUnknownAttributes(UnknownAttributes unknownAttributes) {
        this.unknownAttributes = unknownAttributes;
    }

    /** What is known of contacts. */
    public void setKnownContacts(KnownContacts knownContacts) {
        this.knownContacts = knownContacts;
    }

    /** {@code PUT /contacts/{id}} for the contact of variable {@code contactId}, {@code POST /contacts} without one. */
    public String contact(@Variable(REQUEST) QueuedRequest request, @Variable(CONTACT_ID) String contactId,
            @Headers Map<String, Object> headers) throws IntercomUnavailable {
        boolean known = contactId != null;
        call(request, known ? Call.CONTACT_UPDATE : Call.CONTACT_CREATE, known ? HttpMethods.PUT : HttpMethods.POST,
                known ? "/contacts/" + encoded(contactId) : "/contacts", headers);
        return request.text();
    }

    /** {@code POST /events}. */
    public String event(@Variable(REQUEST) QueuedRequest request, @Headers Map<String, Object> headers)
            throws IntercomUnavailable {
        call(request, Call.EVENT, HttpMethods.POST, "/events", headers);
        return request.text();
    }

    /**
     * Has the event name its user by the contact's id in place of the user's id or email, which is the only way for a lead.
     * Sets answer to {@code send}.
     *
     * @throws IntercomUnavailable when that was tried: the contact is not visible yet
     */
    public void nameByContactId(@Variable(REQUEST) QueuedRequest request, @Variable(CONTACT_ID) String contactId,
            @Variables Map<String, Object> variables) throws IntercomUnavailable {
        if (!request.nameByContactIdOnce()) {
            throw new IntercomUnavailable("The contact is not visible yet");
        }
        ObjectNode event = request.body().deepCopy();
        event.remove("user_id");
        event.remove("email");
        request.send(event.put("id", contactId));
        variables.put(ANSWER, "send");
    }

    /**
     * {@code POST /contacts} with all that is known of the contact that the event is about. Leaves answer where nothing is known, and
     * sets it to {@code send} else.
     */
    public String knownContact(@Variable(REQUEST) QueuedRequest request, @Headers Map<String, Object> headers,
            @Variables Map<String, Object> variables) throws IntercomUnavailable {
        ObjectNode profile = knownContacts.lastProfile(request);
        if (profile == null) {
            return NOTHING;
        }
        call(request, Call.CONTACT_CREATE, HttpMethods.POST, "/contacts", headers);
        variables.put(ANSWER, "send");
        return Json.write(profile);
    }

    /** {@code POST /contacts} with the smallest contact that the event can be about. */
    public String ensureContact(@Variable(REQUEST) QueuedRequest request, @Headers Map<String, Object> headers)
            throws IntercomUnavailable {
        call(request, Call.CONTACT_CREATE, HttpMethods.POST, "/contacts", headers);
        JsonNode event = request.body();
        ObjectNode contact = Json.object().put("role", "user");
        if (event.has("user_id")) {
            contact.set("external_id", event.get("user_id"));
        } else {
            contact.set("email", event.get("email"));
        }
        return Json.write(contact);
    }

    /**
     * Looks for the contact that a conflict is about, where the answer leaves open whose it is. {@code GET /contacts/{id}} for the one
     * that the answer names, if the email may have led to it; {@code GET /contacts/find_by_external_id/{id}}, once in an attempt, where
     * the details of a new contact fit several. Sets answer to {@code send}; to {@code another} where only the email of a known
     * contact can be in conflict; or leaves it where there is nothing to look for.
     */
    public String lookup(@Variable(REQUEST) QueuedRequest request, @Variable(CONTACT_ID) String contactId,
            @Headers Map<String, Object> headers, @Variable(ANSWER) String answer, @Variables Map<String, Object> variables)
            throws IntercomUnavailable {
        boolean mayBeAnothers = request.operation() == Operation.CONTACT && request.namesTwice();
        if (answer.equals(IntercomAnswers.CONFLICT)) {
            if (mayBeAnothers) {
                call(request, Call.CONTACT_READ, HttpMethods.GET, "/contacts/" + encoded(contactId), headers);
                variables.put(ANSWER, "send");
            }
            return NOTHING;
        }
        if (!answer.equals(IntercomAnswers.AMBIGUOUS)) {
            return NOTHING;
        }
        if (request.call() == Call.CONTACT_UPDATE && mayBeAnothers) {
            variables.put(ANSWER, IntercomAnswers.ANOTHER);
            return NOTHING;
        }
        String field = request.operation() == Operation.CONTACT ? "external_id" : "user_id";
        String customerId = Json.text(request.body().get(field));
        if (customerId == null || request.call() != Call.CONTACT_CREATE || !request.lookUpOnce()) {
            return NOTHING;
        }
        call(request, Call.CONTACT_LOOKUP, HttpMethods.GET, "/contacts/find_by_external_id/" + encoded(customerId), headers);
        variables.put(ANSWER, "send");
        return NOTHING;
    }

    /** {@code POST /contacts/{id}/unarchive}. */
    public String unarchive(@Variable(REQUEST) QueuedRequest request, @Variable(CONTACT_ID) String contactId,
            @Headers Map<String, Object> headers) throws IntercomUnavailable {
        call(request, Call.CONTACT_UNARCHIVE, HttpMethods.POST, "/contacts/" + encoded(contactId) + "/unarchive", headers);
        return NOTHING;
    }

    /**
     * {@code POST /data_attributes} for the attribute that the last answer named, in the type of the value that the contact has
     * for it. Sets answer to {@code send}, or to {@code refused} where it was created before, which then does not help.
     */
    public String createAttribute(@Variable(REQUEST) QueuedRequest request, @Headers Map<String, Object> headers,
            @Variables Map<String, Object> variables) throws IntercomUnavailable {
        String name = request.answer().attribute();
        request.unknownAttribute(name);
        if (unknownAttributes.wasCreated(name)) {
            variables.put(ANSWER, "refused");
            return NOTHING;
        }
        call(request, Call.ATTRIBUTE_CREATE, HttpMethods.POST, "/data_attributes", headers);
        variables.put(ANSWER, "send");
        return UnknownAttributes.definition(name, request.body().path("custom_attributes").path(name));
    }

    /** {@code GET /me} with the credential of the platform in the body; "" is the general one. */
    public String me(@Body String platform, @Headers Map<String, Object> headers, @Variables Map<String, Object> variables)
            throws IntercomUnavailable {
        QueuedRequest check = QueuedRequest.check(platform);
        variables.put(REQUEST, check);
        call(check, Call.CHECK, HttpMethods.GET, "/me", headers);
        return NOTHING;
    }

    private void call(QueuedRequest request, Call call, HttpMethods method, String path, Map<String, Object> headers)
            throws IntercomUnavailable {
        request.calling(call);
        headers.clear();
        // as an enum: Camel would try to convert a text in several ways at every call
        headers.put("CamelHttpMethod", method);
        headers.put("CamelHttpUri", connection.uri(path));
        headers.put("Authorization", connection.authorization(request.platform()));
        headers.put("Intercom-Version", connection.apiVersion());
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json");
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
