package io.github.mparticleintercom.intercom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.intercom.IntercomRequest.Operation;
import io.github.mparticleintercom.intercom.QueuedRequest.Call;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

    /**
     * {@code PUT /contacts/{id}} for the contact of variable {@code contactId}, {@code POST /contacts} without one. Where there are
     * leads, {@code POST /contacts/search} for the email comes before, once in an attempt: Intercom refuses no second lead.
     */
    public String contact(@Variable(REQUEST) QueuedRequest request, @Variable(CONTACT_ID) String contactId,
            @Variable("leadId") String leadId, @Headers Map<String, Object> headers) throws IntercomUnavailable {
        if (contactId != null) {
            call(request, Call.CONTACT_UPDATE, HttpMethods.PUT, "/contacts/" + encoded(contactId), headers);
            if (request.isAnothers()) {
                return Json.write(request.sent().deepCopy().remove(List.of("external_id", "email", "role")));
            }
            // whoever was found stays what it is
            return request.isLeadsRole() ? Json.write(request.sent().deepCopy().without("role")) : request.text();
        }
        if (knownContacts.areLeads() && leadId == null && request.sent().has("email") && request.searchOnce()) {
            return search(request, headers);
        }
        call(request, Call.CONTACT_CREATE, HttpMethods.POST, "/contacts", headers);
        request.lead(request.isLeadsRole());
        return request.text();
    }

    private String search(QueuedRequest request, Map<String, Object> headers) throws IntercomUnavailable {
        call(request, Call.CONTACT_SEARCH, HttpMethods.POST, "/contacts/search", headers);
        ObjectNode search = Json.object();
        search.putObject("query").put("field", "email").put("operator", "=").set("value", request.sent().get("email"));
        return Json.write(search);
    }

    /** {@code POST /contacts/merge} of the lead of variable {@code leadId}, which is forgotten, into the contact. */
    public String merge(@Variable(REQUEST) QueuedRequest request, @Variable(CONTACT_ID) String contactId,
            @Variable("leadId") String leadId, @Headers Map<String, Object> headers, @Variables Map<String, Object> variables)
            throws IntercomUnavailable {
        call(request, Call.CONTACT_MERGE, HttpMethods.POST, "/contacts/merge", headers);
        variables.remove("leadId");
        return Json.write(Json.object().put("from", leadId).put("into", contactId));
    }

    /** {@code POST /events}; of a lead by its contact's id, since Intercom takes no other name of one. */
    public String event(@Variable(REQUEST) QueuedRequest request, @Headers Map<String, Object> headers)
            throws IntercomUnavailable {
        call(request, Call.EVENT, HttpMethods.POST, "/events", headers);
        String lead = knownContacts.areLeads() ? knownContacts.lead(request) : null;
        return lead == null ? request.text() : Json.write(named(request, lead));
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
        request.send(named(request, contactId));
        variables.put(ANSWER, "send");
    }

    private static ObjectNode named(QueuedRequest request, String contactId) {
        ObjectNode event = request.body().deepCopy();
        event.remove("user_id");
        event.remove("email");
        return event.put("id", contactId);
    }

    /**
     * {@code POST /contacts} with all that is known of the contact that the request is about, or a search for its lead. Sets answer to
     * {@code send}, or to {@code missing} where there is nothing to send.
     */
    public String knownContact(@Variable(REQUEST) QueuedRequest request, @Headers Map<String, Object> headers,
            @Variables Map<String, Object> variables) throws IntercomUnavailable {
        boolean lead = knownContacts.areLeads() && !request.hasCustomerId();
        ObjectNode profile = lead ? null : knownContacts.lastProfile(request);
        boolean isAny = lead ? request.searchOnce() : profile != null;
        variables.put(ANSWER, isAny ? "send" : IntercomAnswers.MISSING);
        if (!isAny) {
            return NOTHING;
        }
        if (lead) {
            return search(request, headers);
        }
        call(request, Call.CONTACT_CREATE, HttpMethods.POST, "/contacts", headers);
        return Json.write(profile);
    }

    /** {@code POST /contacts} with the smallest contact that the request can be about; a lead, which nothing is in conflict with, whole. */
    public String ensureContact(@Variable(REQUEST) QueuedRequest request, @Headers Map<String, Object> headers)
            throws IntercomUnavailable {
        call(request, Call.CONTACT_CREATE, HttpMethods.POST, "/contacts", headers);
        JsonNode body = request.body();
        if (request.hasCustomerId()) {
            return Json.write(Json.object().put("role", "user").set("external_id", body.has("user_id") ? body.get("user_id") : body.get("external_id")));
        }
        request.lead(knownContacts.areLeads());
        ObjectNode profile = request.isLead() ? knownContacts.lastProfile(request) : null;
        return Json.write(profile != null ? profile
                : Json.object().put("role", request.isLead() ? "lead" : "user").set("email", body.get("email")));
    }

    /**
     * Looks for the contact that a conflict is about, where the answer leaves open whose it is. {@code GET /contacts/{id}} for the one
     * that the answer names, if the email or a merge may have led to it; {@code GET /contacts/find_by_external_id/{id}}, once in an attempt, where
     * the details of a new contact fit several. Sets answer to {@code send}; to {@code another} where only the email of a known
     * contact can be in conflict; or leaves it where there is nothing to look for.
     */
    public String lookup(@Variable(REQUEST) QueuedRequest request, @Variable(CONTACT_ID) String contactId,
            @Headers Map<String, Object> headers, @Variable(ANSWER) String answer, @Variables Map<String, Object> variables)
            throws IntercomUnavailable {
        if (answer.equals(IntercomAnswers.MERGED)) {
            request.anothers(false);
            if (!request.hasCustomerId()) {
                // the one that it was merged into may have another email by now
                variables.put(ANSWER, IntercomAnswers.MISSING);
                return NOTHING;
            }
            call(request, Call.MERGED_READ, HttpMethods.GET, "/contacts/" + encoded(contactId), headers);
            variables.put(ANSWER, "send");
            return NOTHING;
        }
        if (answer.equals(IntercomAnswers.CONFLICT)) {
            if (request.operation() == Operation.CONTACT && request.body().has("email") && request.body().has("external_id")) {
                call(request, Call.CONTACT_READ, HttpMethods.GET, "/contacts/" + encoded(contactId), headers);
                variables.put(ANSWER, "send");
            }
            return NOTHING;
        }
        if (!answer.equals(IntercomAnswers.AMBIGUOUS)) {
            return NOTHING;
        }
        if (request.call() == Call.CONTACT_UPDATE && request.namesTwice()) {
            variables.put(ANSWER, IntercomAnswers.ANOTHER);
            return NOTHING;
        }
        String customerId = request.customerId();
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

    /** {@code POST /contacts/search} for the query of variable {@code query}. */
    public String searchErased(@Variable(REQUEST) QueuedRequest request, @Variable("query") String query,
            @Headers Map<String, Object> headers) throws IntercomUnavailable {
        call(request, Call.ERASED_SEARCH, HttpMethods.POST, "/contacts/search", headers);
        return query;
    }

    /** {@code GET /contacts/{id}}. */
    public String read(@Variable(REQUEST) QueuedRequest request, @Variable(CONTACT_ID) String contactId,
            @Headers Map<String, Object> headers) throws IntercomUnavailable {
        call(request, Call.CONTACT_READ, HttpMethods.GET, "/contacts/" + encoded(contactId), headers);
        return NOTHING;
    }

    /** {@code GET /contacts/find_by_external_id/{id}} of the user who is to be forgotten; a search does not show new contacts. */
    public String lookupErased(@Variable(REQUEST) QueuedRequest request, @Headers Map<String, Object> headers)
            throws IntercomUnavailable {
        call(request, Call.CONTACT_LOOKUP, HttpMethods.GET, "/contacts/find_by_external_id/"
                + encoded(Json.text(request.body().get("identity_value"))), headers);
        return NOTHING;
    }

    /** {@code DELETE /contacts/{id}}, for good. */
    public String delete(@Variable(REQUEST) QueuedRequest request, @Variable(CONTACT_ID) String contactId,
            @Headers Map<String, Object> headers) throws IntercomUnavailable {
        call(request, Call.CONTACT_DELETE, HttpMethods.DELETE, "/contacts/" + encoded(contactId), headers);
        return NOTHING;
    }

    /** {@code POST /contacts/{id}/archive}. */
    public String archive(@Variable(REQUEST) QueuedRequest request, @Variable(CONTACT_ID) String contactId,
            @Headers Map<String, Object> headers) throws IntercomUnavailable {
        call(request, Call.CONTACT_ARCHIVE, HttpMethods.POST, "/contacts/" + encoded(contactId) + "/archive", headers);
        return NOTHING;
    }

    /**
     * {@code POST /data_attributes} for the attribute that the last answer named, in the type of the value that the contact has
     * for it. Sets answer to {@code send}, or to {@code refused} where it was created before, which then does not help, or where there is no
     * value of it.
     */
    public String createAttribute(@Variable(REQUEST) QueuedRequest request, @Headers Map<String, Object> headers,
            @Variables Map<String, Object> variables) throws IntercomUnavailable {
        String name = request.answer().attribute();
        request.unknownAttribute(name);
        if (unknownAttributes.wasCreated(request, name) || UnknownAttributes.isCleared(request, name)) {
            variables.put(ANSWER, "refused");
            return NOTHING;
        }
        call(request, Call.ATTRIBUTE_CREATE, HttpMethods.POST, "/data_attributes", headers);
        variables.put(ANSWER, "send");
        return UnknownAttributes.definition(request, name);
    }

    /** {@code GET /me} with the credential of the platform in the body; "" is the general one. */
    public String me(@Body String platform, @Headers Map<String, Object> headers, @Variables Map<String, Object> variables)
            throws IntercomUnavailable {
        QueuedRequest check = QueuedRequest.check(platform);
        variables.put(REQUEST, check);
        call(check, Call.CHECK, HttpMethods.GET, "/me", headers);
        return NOTHING;
    }

    void call(QueuedRequest request, Call call, HttpMethods method, String path, Map<String, Object> headers)
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

    static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
