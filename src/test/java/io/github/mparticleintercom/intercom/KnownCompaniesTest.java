package io.github.mparticleintercom.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Only what has changed of a company, and of who belongs to it, costs calls. */
class KnownCompaniesTest {

    private static final String MAKE = "POST /companies {\"company_id\":\"7\"}";
    private static final String ATTACH = "POST /contacts/k%201/companies {\"id\":\"i 7\"}";
    private static final String LIST = "GET /contacts/k%201/companies";

    private final KnownContacts contacts = new KnownContacts();
    private final UnknownAttributes attributes = new UnknownAttributes();
    private final IntercomCalls calls = new IntercomCalls();
    private final KnownCompanies companies = new KnownCompanies();
    private final Map<String, Object> headers = new HashMap<>();
    private final Map<String, Object> variables = new HashMap<>();
    /** What Intercom answers to the question for the companies of a contact. */
    private String listed = "{'data':[]}";

    @BeforeEach
    void connect() {
        IntercomConnection connection = new IntercomConnection();
        connection.setAccessToken("t");
        calls.setConnection(connection);
        companies.setContacts(contacts);
        companies.setCalls(calls);
        companies.setUnknownAttributes(attributes);
        confirm("k 1");
    }

    @Test
    void makesACompanyAndAttachesItsUser() throws Exception {
        assertThat(deliver("{'external_id':'c1','email':'a','company_id':'7'}")).containsExactly(MAKE, LIST, ATTACH);
        assertThat(variables).containsEntry("answer", "done").containsEntry("contactId", "k 1");
        assertThat(deliver("{'company_id':'7','external_id':'c1'}")).isEmpty();
        assertThat(variables).containsEntry("answer", "unchanged");
        assertThat(deliver("{'company_id':'7','size':9}")).containsExactly("POST /companies {\"company_id\":\"7\",\"size\":9}");
    }

    @Test
    void movesAUserFromOneCompanyToAnother() throws Exception {
        deliver("{'company_id':'7'}");

        assertThat(deliver("{'company_id':'8'}")).containsExactly("POST /companies {\"company_id\":\"8\"}",
                "DELETE /contacts/k%201/companies/i%207", "POST /contacts/k%201/companies {\"id\":\"i 8\"}");
        assertThat(deliver("{'company_id':'7'}")).as("it is known").containsExactly("DELETE /contacts/k%201/companies/i%208", ATTACH);
    }

    @Test
    void takesAUserOutOfTheCompanyItIsKnownToBeIn() throws Exception {
        deliver("{'company_id':'7'}");

        assertThat(deliver("{'company_id':null}")).containsExactly("DELETE /contacts/k%201/companies/i%207");
        assertThat(deliver("{'company_id':null}")).isEmpty();
        assertThat(deliver("{'company_id':'7'}")).containsExactly(ATTACH);
    }

    @Test
    void asksWhichCompanyAUserIsInWhereNoneIsKnown() throws Exception {
        assertThat(deliver("{'company_id':null}")).containsExactly("GET /contacts/k%201/companies");
        assertThat(deliver("{'company_id':null}")).as("in none").isEmpty();
        companies.forgetUsers(List.of("c1")::contains);
        listed = "{'companies':[{'id':'i 7','company_id':'7'}]}";
        assertThat(deliver("{'company_id':null}")).containsExactly("GET /contacts/k%201/companies", "DELETE /contacts/k%201/companies/i%207");
        companies.forgetUsers(List.of("c1")::contains);
        listed = "{'data':[{'id':'i 7'},{'id':'i 8'}]}";
        assertThat(deliver("{'company_id':null}")).containsExactly("GET /contacts/k%201/companies");
        assertThat(variables).as("several can be meant").containsEntry("answer", "ambiguous");
    }

    @Test
    void asksWhichCompanyWasTheOneBeforeWhereNoneIsKnown() throws Exception {
        listed = "{'data':[{'id':'i 8','company_id':'8'}]}";
        assertThat(deliver("{'company_id':'7'}")).as("the only one").containsExactly(MAKE, LIST, "DELETE /contacts/k%201/companies/i%208", ATTACH);
        companies.forgetUsers(List.of("c1")::contains);
        listed = "{'data':[{'id':'i 8','company_id':'8'},{'id':'i 7','company_id':'7'}]}";
        assertThat(deliver("{'company_id':'7'}")).as("attached already").containsExactly(LIST);
        companies.forgetUsers(List.of("c1")::contains);
        assertThat(deliver("{'company_id':'9'}")).as("any of several").containsExactly("POST /companies {\"company_id\":\"9\"}", LIST,
                "POST /contacts/k%201/companies {\"id\":\"i 9\"}");
    }

    @Test
    void leavesOutTheQuestionForAContactThatTheBatchMade() throws Exception {
        QueuedRequest contact = Queued.contact("{\"external_id\":\"c1\"}");
        contact.calling(QueuedRequest.Call.CONTACT_CREATE);
        contact.answered(new IntercomAnswer("done", 200, "", "", "", null, null));
        contacts.confirm(contact, "k 1");
        assertThat(deliver("{'company_id':'7'}")).containsExactly(MAKE, ATTACH);
    }

    @Test
    void forgetsWhatAnotherContactOfTheUserWasIn() throws Exception {
        deliver("{'company_id':'7'}");
        confirm("k2");
        assertThat(deliver("{'company_id':'7'}")).containsExactly("GET /contacts/k2/companies", "POST /contacts/k2/companies {\"id\":\"i 7\"}");
        confirm("k3");
        assertThat(deliver("{'company_id':null}")).containsExactly("GET /contacts/k3/companies");
    }

    @Test
    void takesTheContactThatCameMeanwhile() throws Exception {
        deliver("{'company_id':'7'}");
        QueuedRequest request = begin("{'company_id':'7','size':9}");
        companies.call(request, "k2", headers);
        request.answered(new IntercomAnswer("done", 200, "", "", "", null, Json.object().put("id", "i 7")));
        companies.settle(request, "k2", variables);

        assertThat(variables).containsEntry("answer", "send");
    }

    @Test
    void forgetsWhatIsOlderThanTheSetting() throws Exception {
        deliver("{'company_id':'7'}");
        companies.forgetUsers(List.of("c1")::contains);
        assertThat(deliver("{'company_id':'7'}")).containsExactly(LIST, ATTACH);
        companies.setUsers(10);
        assertThat(deliver("{'company_id':'7'}")).containsExactly(MAKE, LIST, ATTACH);
        companies.setUnchangedMinutes(10);
        assertThat(deliver("{'company_id':'7'}")).containsExactly(MAKE, LIST, ATTACH);
    }

    @Test
    void isDoneWhereTheUserIsOutOfTheCompanyAlready() throws Exception {
        deliver("{'company_id':'7'}");
        QueuedRequest request = missing("{'company_id':null}", "company_not_found");

        assertThat(variables).containsEntry("answer", "done");
        assertThat(contacts.contactId("c1")).isEqualTo("k 1");
        assertThat(request.call()).isEqualTo(QueuedRequest.Call.COMPANY_DETACH);
    }

    @Test
    void makesACompanyAnewThatIsGone() throws Exception {
        deliver("{'company_id':'7'}");
        companies.forgetUsers(List.of("c1")::contains);
        QueuedRequest request = missing("{'company_id':'7'}", "company_not_found");

        assertThat(variables).containsEntry("answer", "send").containsEntry("contactId", "k 1");
        companies.call(request, "k 1", headers);
        assertThat(request.call()).isEqualTo(QueuedRequest.Call.COMPANY);
    }

    @Test
    void makesAContactAnewThatIsGone() throws Exception {
        deliver("{'company_id':'7'}");
        companies.forgetUsers(List.of("c1")::contains);
        QueuedRequest request = missing("{'company_id':'7'}", "not_found");

        assertThat(variables).containsEntry("answer", "send").doesNotContainKey("contactId");
        companies.call(request, "k2", headers);
        assertThat(request.call()).isEqualTo(QueuedRequest.Call.COMPANY_LIST);
    }

    @Test
    void beginsAnewWithoutUnknownAttributes() {
        QueuedRequest refused = Queued.request("company", "{\"custom_attributes\":{\"plan\":1}}");
        refused.unknownAttribute("plan");
        attributes.created(refused, "refused", variables);
        variables.put("reason", "old");
        QueuedRequest request = begin("{'company_id':'7','custom_attributes':{'plan':1}}");

        assertThat(variables).doesNotContainKey("reason");
        assertThat(request.tried().attempts()).isEqualTo(1);
        assertThat(request.body().path("custom_attributes").has("plan")).isFalse();
    }

    private void confirm(String contactId) {
        contacts.confirm(Queued.contact("{\"external_id\":\"c1\"}"), contactId);
    }

    private QueuedRequest begin(String json) {
        QueuedRequest request = Queued.request("company", json.replace('\'', '"'));
        companies.prepare(request, variables);
        return request;
    }

    private QueuedRequest missing(String json, String code) throws Exception {
        QueuedRequest request = begin(json);
        companies.call(request, "k 1", headers);
        request.answered(new IntercomAnswer("missing", 404, code, "", "", null, null));
        companies.missing(request, "k 1", variables);
        return request;
    }

    /** The calls that a request takes. */
    private List<String> deliver(String json) throws Exception {
        String contactId = contacts.contactId("c1");
        return Queued.calls(begin(json), variables, headers, request -> companies.call(request, contactId, headers), this::answer,
                request -> companies.settle(request, contactId, variables));
    }

    private JsonNode answer(String body) throws IOException {
        return body.isEmpty() ? Json.MAPPER.readTree(listed.replace('\'', '"'))
                : Json.object().put("id", "i " + Json.MAPPER.readTree(body).path("company_id").asText());
    }
}
