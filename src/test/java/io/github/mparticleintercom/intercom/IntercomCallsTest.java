package io.github.mparticleintercom.intercom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.intercom.QueuedRequest.Call;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.component.http.HttpMethods;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which call is made for what. */
class IntercomCallsTest {

    private static final String BOTH = "{'external_id':'c1','email':'a@example.com','role':'user'}";
    private static final String EMAIL = "{'email':'a@example.com','role':'user'}";
    private static final String LEAD = "{'email':'a@example.com','role':'lead','name':'Ann'}";

    private final IntercomCalls calls = new IntercomCalls();
    private final KnownContacts contacts = new KnownContacts();
    private final UnknownAttributes attributes = new UnknownAttributes();
    private final Map<String, Object> headers = new HashMap<>();
    private final Map<String, Object> variables = new HashMap<>();

    @BeforeEach
    void connect() {
        IntercomConnection connection = new IntercomConnection();
        connection.setBaseUrl("http://intercom");
        connection.setAccessToken("general");
        connection.setIosApiKey("ios-key");
        contacts.setUnknownAttributes(attributes);
        calls.setConnection(connection);
        calls.setKnownContacts(contacts);
        calls.setUnknownAttributes(attributes);
    }

    @Test
    void leavesNothingOfTheHeadersThatWereThere() throws Exception {
        headers.put("X-Inbound", "x");
        calls.event(event("{'user_id':'c1'}"), headers);

        assertThat(headers).isEqualTo(Map.of("CamelHttpMethod", HttpMethods.POST, "CamelHttpUri", "http://intercom/events", "Authorization",
                "Bearer ios-key", "Intercom-Version", "2.16", "Content-Type", "application/json", "Accept", "application/json"));
    }

    @Test
    void asksWithTheCredentialOfThePlatform() throws Exception {
        assertThat(calls.me("", headers, variables)).isEmpty();
        made(Call.CHECK, (QueuedRequest) variables.get("request"), HttpMethods.GET, "/me");
        assertThat(headers).containsEntry("Authorization", "Bearer general");
        calls.me("ios", headers, variables);
        assertThat(headers).containsEntry("Authorization", "Bearer ios-key");
    }

    @Test
    void createsAContactThatIsNotKnownAndUpdatesOneThatIs() throws Exception {
        QueuedRequest request = contact(BOTH);

        assertThat(calls.contact(request, null, null, headers)).isEqualTo(request.original());
        made(Call.CONTACT_CREATE, request, HttpMethods.POST, "/contacts");
        assertThat(calls.contact(request, "k/1 2", null, headers)).isEqualTo(request.original());
        made(Call.CONTACT_UPDATE, request, HttpMethods.PUT, "/contacts/k%2F1%202");
    }

    @Test
    void looksForALeadOnceBeforeItMakesOne() throws Exception {
        contacts.setRoleWithoutCustomerId("lead");
        QueuedRequest request = contact(LEAD);

        assertThat(json(calls.contact(request, null, null, headers)))
                .isEqualTo(json("{'query':{'field':'email','operator':'=','value':'a@example.com'}}"));
        made(Call.CONTACT_SEARCH, request, HttpMethods.POST, "/contacts/search");
        assertThat(calls.contact(request, null, null, headers)).isEqualTo(request.original());
        made(Call.CONTACT_CREATE, request, HttpMethods.POST, "/contacts");
        assertThat(request.isLead()).isTrue();
        request.begin();
        calls.contact(request, null, null, headers);
        assertThat(request.call()).as("in the next attempt").isEqualTo(Call.CONTACT_SEARCH);
    }

    @Test
    void looksForNoLeadWhereNoneCanBe() throws Exception {
        QueuedRequest withoutLeads = contact(BOTH);
        calls.contact(withoutLeads, null, null, headers);
        contacts.setRoleWithoutCustomerId("lead");
        QueuedRequest withoutEmail = contact("{'external_id':'c1','role':'user'}");
        calls.contact(withoutEmail, null, null, headers);
        QueuedRequest known = contact(BOTH);
        calls.contact(known, null, "k9", headers);

        assertThat(new Call[] {withoutLeads.call(), withoutEmail.call(), known.call()}).containsOnly(Call.CONTACT_CREATE);
        assertThat(withoutEmail.isLead()).isFalse();
    }

    @Test
    void leavesWhoeverWasFoundWhatItIs() throws Exception {
        assertThat(json(calls.contact(contact(LEAD), "k1", null, headers))).isEqualTo(json("{'email':'a@example.com','name':'Ann'}"));
    }

    @Test
    void mergesALeadOnce() throws Exception {
        variables.put("leadId", "k9");
        QueuedRequest request = contact(BOTH);

        assertThat(json(calls.merge(request, "k1", "k9", headers, variables))).isEqualTo(json("{'from':'k9','into':'k1'}"));
        made(Call.CONTACT_MERGE, request, HttpMethods.POST, "/contacts/merge");
        assertThat(variables).isEmpty();
    }

    @Test
    void namesALeadOfAnEventByItsContact() throws Exception {
        QueuedRequest event = event("{'email':'a@example.com','event_name':'Paid'}");
        contacts.remember(lead(), "k9", variables);
        assertThat(calls.event(event, headers)).as("there are no leads").isEqualTo(event.original());

        contacts.setRoleWithoutCustomerId("lead");
        assertThat(json(calls.event(event, headers))).isEqualTo(json("{'event_name':'Paid','id':'k9'}"));
        made(Call.EVENT, event, HttpMethods.POST, "/events");
        QueuedRequest ofAUser = event("{'user_id':'c1'}");
        assertThat(calls.event(ofAUser, headers)).isEqualTo(ofAUser.original());
    }

    @Test
    void namesAUserOfAnEventByTheContactOnce() throws Exception {
        QueuedRequest event = event("{'user_id':'c1','email':'a@example.com','event_name':'Paid'}");
        calls.nameByContactId(event, "k1", variables);

        assertThat(json(event.text())).isEqualTo(json("{'event_name':'Paid','id':'k1'}"));
        assertThat(variables).containsEntry("answer", "send");
        assertThatThrownBy(() -> calls.nameByContactId(event, "k1", variables)).isInstanceOf(IntercomUnavailable.class);
        event.begin();
        calls.nameByContactId(event, "k1", variables);
    }

    @Test
    void makesAKnownContactAnew() throws Exception {
        QueuedRequest event = event("{'user_id':'c1'}");
        assertThat(calls.knownContact(event, headers, variables)).isEmpty();
        assertThat(variables).containsEntry("answer", "missing");

        contacts.confirm(contact(BOTH), "k1");
        assertThat(json(calls.knownContact(event, headers, variables))).isEqualTo(json(BOTH));
        assertThat(variables).containsEntry("answer", "send");
        made(Call.CONTACT_CREATE, event, HttpMethods.POST, "/contacts");
    }

    @Test
    void looksOnceForTheLeadThatAnEventIsOf() throws Exception {
        contacts.setRoleWithoutCustomerId("lead");
        QueuedRequest event = event("{'email':'a@example.com'}");

        assertThat(json(calls.knownContact(event, headers, variables)).at("/query/value").asText()).isEqualTo("a@example.com");
        made(Call.CONTACT_SEARCH, event, HttpMethods.POST, "/contacts/search");
        assertThat(variables).containsEntry("answer", "send");
        assertThat(calls.knownContact(event, headers, variables)).isEmpty();
        assertThat(variables).containsEntry("answer", "missing");
        contacts.confirm(contact(BOTH), "k1");
        assertThat(json(calls.knownContact(event("{'user_id':'c1'}"), headers, variables))).as("a user is none").isEqualTo(json(BOTH));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "event|{'user_id':'c1','email':'a@example.com'}|{'role':'user','external_id':'c1'}",
        "contact|{'external_id':'c1','name':'Ann'}|{'role':'user','external_id':'c1'}",
        "event|{'email':'a@example.com'}|{'role':'user','email':'a@example.com'}"})
    void makesTheSmallestContact(String operation, String body, String contact) throws Exception {
        QueuedRequest request = Queued.request(operation, body.replace('\'', '"'));
        contacts.confirm(contact("{'email':'a@example.com','role':'user','name':'Ann'}"), "k1");

        assertThat(json(calls.ensureContact(request, headers))).isEqualTo(json(contact));
        made(Call.CONTACT_CREATE, request, HttpMethods.POST, "/contacts");
        assertThat(request.isLead()).isFalse();
    }

    @Test
    void makesALeadWhole() throws Exception {
        contacts.setRoleWithoutCustomerId("lead");
        QueuedRequest event = event("{'email':'a@example.com'}");
        assertThat(json(calls.ensureContact(event, headers))).isEqualTo(json("{'role':'lead','email':'a@example.com'}"));
        assertThat(event.isLead()).isTrue();

        contacts.confirm(lead(), "k9");
        assertThat(json(calls.ensureContact(event, headers))).isEqualTo(json(LEAD));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", value = {
        // what it is | its last call | the answer | the call that tells more | the answer then
        "contact|" + BOTH + "|CONTACT_CREATE|conflict|/contacts/k%201|send",
        "contact|" + EMAIL + "|CONTACT_CREATE|conflict|-|conflict",
        "contact|{'external_id':'c1'}|CONTACT_CREATE|conflict|-|conflict",
        "event|{'external_id':'c1','email':'a@example.com'}|CONTACT_CREATE|conflict|-|conflict",
        "contact|" + EMAIL + "|CONTACT_UPDATE|merged|-|missing",
        "contact|" + BOTH + "|CONTACT_UPDATE|merged|/contacts/k%201|send",
        "contact|" + BOTH + "|CONTACT_UPDATE|ambiguous|-|another",
        "contact|{'external_id':'c1'}|CONTACT_UPDATE|ambiguous|-|ambiguous",
        "contact|" + BOTH + "|CONTACT_CREATE|ambiguous|/contacts/find_by_external_id/c1|send",
        "event|{'user_id':'c 1'}|CONTACT_CREATE|ambiguous|/contacts/find_by_external_id/c%201|send",
        "contact|" + EMAIL + "|CONTACT_CREATE|ambiguous|-|ambiguous",
        "contact|" + BOTH + "|CONTACT_CREATE|archived|-|archived"})
    void looksWhoseAContactIs(String operation, String body, Call last, String answer, String path, String then) throws Exception {
        QueuedRequest request = Queued.request(operation, body.replace('\'', '"'));
        request.calling(last);
        variables.put("answer", answer);

        assertThat(calls.lookup(request, "k 1", headers, answer, variables)).isEmpty();
        assertThat(variables).containsEntry("answer", then);
        if (path == null) {
            assertThat(headers).isEmpty();
        } else {
            made(path.contains("find") ? Call.CONTACT_LOOKUP : answer.equals("merged") ? Call.MERGED_READ : Call.CONTACT_READ, request, HttpMethods.GET, path);
        }
    }

    @Test
    void looksForACustomerIdOnce() throws Exception {
        QueuedRequest request = contact(BOTH);
        for (String path : new String[] {"http://intercom/contacts/find_by_external_id/c1", null}) {
            request.calling(Call.CONTACT_CREATE);
            headers.clear();
            calls.lookup(request, null, headers, "ambiguous", variables);
            assertThat(headers.get("CamelHttpUri")).isEqualTo(path);
        }
    }

    @Test
    void callsForOneContactByItsId() throws Exception {
        QueuedRequest request = Queued.request("erasure", "{\"identity_value\":\"c 1\"}");

        assertThat(calls.unarchive(request, "k 1", headers)).isEmpty();
        made(Call.CONTACT_UNARCHIVE, request, HttpMethods.POST, "/contacts/k%201/unarchive");
        assertThat(calls.read(request, "k 1", headers)).isEmpty();
        made(Call.CONTACT_READ, request, HttpMethods.GET, "/contacts/k%201");
        assertThat(calls.delete(request, "k 1", headers)).isEmpty();
        made(Call.CONTACT_DELETE, request, HttpMethods.DELETE, "/contacts/k%201");
        assertThat(calls.archive(request, "k 1", headers)).isEmpty();
        made(Call.CONTACT_ARCHIVE, request, HttpMethods.POST, "/contacts/k%201/archive");
        assertThat(calls.lookupErased(request, headers)).isEmpty();
        made(Call.CONTACT_LOOKUP, request, HttpMethods.GET, "/contacts/find_by_external_id/c%201");
        assertThat(calls.searchErased(request, "a query", headers)).isEqualTo("a query");
        made(Call.ERASED_SEARCH, request, HttpMethods.POST, "/contacts/search");
    }

    @Test
    void createsAnAttributeOnce() throws Exception {
        QueuedRequest request = unknown("{'custom_attributes':{'plan':'pro'}}");

        assertThat(json(calls.createAttribute(request, headers, variables)))
                .isEqualTo(json("{'name':'plan','model':'contact','data_type':'string'}"));
        made(Call.ATTRIBUTE_CREATE, request, HttpMethods.POST, "/data_attributes");
        assertThat(variables).containsEntry("answer", "send");
        attributes.created(request, "done", variables);

        QueuedRequest again = unknown("{'custom_attributes':{'plan':'pro'}}");
        assertThat(calls.createAttribute(again, headers, variables)).isEmpty();
        assertThat(variables).containsEntry("answer", "refused");
    }

    @Test
    void createsNoAttributeOfNoValue() throws Exception {
        assertThat(calls.createAttribute(unknown("{'custom_attributes':{'plan':null}}"), headers, variables)).isEmpty();
        assertThat(variables).containsEntry("answer", "refused");
        assertThat(headers).isEmpty();
    }

    @Test
    void waitsWhereAnswersLeadToNoEnd() throws Exception {
        QueuedRequest event = event("{'user_id':'c1'}");
        for (int call = 0; call < 16; call++) {
            calls.event(event, headers);
        }
        assertThatThrownBy(() -> calls.event(event, headers)).isInstanceOf(IntercomUnavailable.class);
        event.settled();
        calls.event(event, headers);
    }

    private void made(Call call, QueuedRequest request, HttpMethods method, String path) {
        assertThat(request.call()).isEqualTo(call);
        assertThat(headers).containsEntry("CamelHttpMethod", method).containsEntry("CamelHttpUri", "http://intercom" + path);
    }

    private static QueuedRequest unknown(String json) {
        QueuedRequest request = contact(json);
        request.answered(new IntercomAnswer("unknown-attribute", 400, "", "", "", "plan", null));
        return request;
    }

    private static QueuedRequest lead() throws IntercomUnavailable {
        QueuedRequest lead = contact(LEAD);
        lead.lead(true);
        return lead;
    }

    private static QueuedRequest contact(String json) {
        return Queued.contact(json.replace('\'', '"'));
    }

    private static QueuedRequest event(String json) {
        return Queued.event(json.replace('\'', '"'));
    }

    private static JsonNode json(String text) throws IOException {
        return Json.MAPPER.readTree(text.replace('\'', '"'));
    }
}
