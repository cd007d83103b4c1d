package io.github.mparticleintercom.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.Change;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.sandbox.ManualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is remembered of contacts, and what that saves. */
class KnownContactsTest {

    private static final String ANN = "{'external_id':'c1','email':'a@example.com','role':'user','name':'Ann'}";
    private static final String LEAD = "{'email':'a@example.com','role':'lead'}";

    private final ManualClock clock = new ManualClock("2030-01-01T00:00:00Z");
    private final KnownContacts contacts = new KnownContacts(clock);
    private final UnknownAttributes attributes = new UnknownAttributes();
    private final Map<String, Object> variables = new HashMap<>();

    @BeforeEach
    void connect() {
        contacts.setUnknownAttributes(attributes);
    }

    @Test
    void beginsAnew() {
        variables.putAll(Map.of("reason", "old", "contactId", "old", "leadId", "old"));
        QueuedRequest request = contact(ANN);
        request.searchOnce();
        contacts.prepare(request, variables);

        assertThat(variables).isEqualTo(Map.of("answer", "send"));
        assertThat(request.tried().attempts()).isEqualTo(1);
        assertThat(request.searchOnce()).isTrue();
    }

    @Test
    void savesTheCallForAProfileThatWasConfirmed() {
        contacts.confirm(contact(ANN), "k1");

        assertThat(prepare("{'role':'user','name':'Ann','email':'a@example.com','external_id':'c1'}")).as("in another order").isEqualTo("unchanged");
        assertThat(variables).containsEntry("contactId", "k1");
        assertThat(prepare(ANN.replace("Ann", "Eva"))).isEqualTo("send");
        clock.advance(Duration.ofMinutes(1440).minusMillis(1));
        assertThat(prepare(ANN)).isEqualTo("unchanged");
        clock.advance(Duration.ofMillis(1));
        assertThat(prepare(ANN)).as("after a day").isEqualTo("send");
    }

    @Test
    void savesNoCallBySetting() {
        contacts.setUnchangedMinutes(0);
        contacts.confirm(contact(ANN), "k1");

        assertThat(prepare(ANN)).isEqualTo("send");
        assertThat(variables).containsEntry("contactId", "k1");
    }

    @Test
    void remembersWhomItUpdatesButNotWhatItHas() {
        contacts.remember(contact(ANN), "k1", variables);
        assertThat(variables).containsEntry("answer", "send");
        assertThat(prepare(ANN)).isEqualTo("send");
        assertThat(variables).containsEntry("contactId", "k1");

        contacts.confirm(contact(ANN), "k1");
        contacts.remember(contact(ANN), "k1", variables);
        assertThat(prepare(ANN)).as("the same contact").isEqualTo("unchanged");
        contacts.remember(contact(ANN), "k2", variables);
        assertThat(prepare(ANN)).as("another contact").isEqualTo("send");
        assertThat(contacts.contactId("c1")).isEqualTo("k2");
    }

    @Test
    void knowsNoContactByItsEmailAlone() {
        contacts.confirm(contact("{'email':'a@example.com','role':'user'}"), "k1");
        contacts.prepare(contact("{'email':'a@example.com','role':'user','name':'Ann'}"), variables);

        assertThat(variables).doesNotContainKey("contactId");
        assertThat(contacts.id(contact(ANN))).as("whoever it was last").isEqualTo("k1");
        assertThat(contacts.lead(contact("{'email':'a@example.com'}"))).isNull();
    }

    @Test
    void knowsALeadByItsEmail() {
        contacts.setRoleWithoutCustomerId("lead");
        confirmLead("c1", "k9");
        QueuedRequest event = Queued.event("{\"email\":\"a@example.com\"}");
        assertThat(contacts.lead(event)).isEqualTo("k9");
        assertThat(contacts.lead(contact(ANN))).as("a user is none").isNull();

        QueuedRequest lead = contact(LEAD);
        contacts.prepare(lead, variables);
        assertThat(variables).containsEntry("answer", "unchanged").containsEntry("contactId", "k9");
        assertThat(lead.isLead()).isTrue();
        clock.advance(Duration.ofDays(2));
        assertThat(prepare(LEAD)).as("it only says who it is").isEqualTo("unchanged");
        assertThat(prepare("{'email':'a@example.com','role':'lead','name':'Ann'}")).isEqualTo("send");
        QueuedRequest user = contact(ANN);
        contacts.prepare(user, variables);
        assertThat(user.isLead()).isFalse();
    }

    @Test
    void tellsWhichLeadAUserWasBefore() {
        contacts.confirm(contact("{'email':'a@example.com'}", "email-1"), "k8");
        confirmLead("email-2", "k9");
        contacts.prepare(contact(ANN), variables);
        assertThat(variables).as("no leads").doesNotContainKey("leadId");

        contacts.setRoleWithoutCustomerId("lead");
        contacts.prepare(contact(ANN), variables);
        assertThat(variables).as("a contact of that email").doesNotContainKey("leadId");
        confirmLead("email-1", "k9");
        contacts.prepare(contact(ANN), variables);
        assertThat(variables).containsEntry("leadId", "k9");
        QueuedRequest withoutEmail = contact(ANN);
        withoutEmail.otherUserKey(null);
        contacts.prepare(withoutEmail, variables);
        assertThat(variables).doesNotContainKey("leadId");
    }

    @ParameterizedTest
    @CsvSource({"done, false", "missing, false", "refused, true"})
    void forgetsALeadThatWasMerged(String answer, boolean reported) {
        confirmLead("email-1", "k9");
        QueuedRequest request = contact(ANN);
        contacts.merged(request, answer, variables);

        assertThat(variables).isEqualTo(Map.of("answer", "done"));
        assertThat(contacts.contactId("email-1")).isNull();
        assertThat(request.changes()).isEqualTo(reported ? List.of(new Change(Reason.LEAD_NOT_MERGED, "email")) : List.of());
        request.otherUserKey(null);
        contacts.merged(request, answer, variables);
    }

    @Test
    void makesAContactAnewFromAllThatWasConfirmed() throws IOException {
        contacts.confirm(contact("{'external_id':'c1','name':'Ann','phone':'1','custom_attributes':{'a':1,'b':2,'c':3}}"), "k1");
        contacts.confirm(contact("{'external_id':'c1','phone':null,'custom_attributes':{'b':null,'c':4},'avatar':'x'}"), "k1");
        QueuedRequest request = contact("{'external_id':'c1','custom_attributes':{'d':5}}");
        variables.put("contactId", "k1");
        contacts.forget(request, variables);

        assertThat(request.sent()).isEqualTo(Json.MAPPER.readTree(
                "{\"external_id\":\"c1\",\"name\":\"Ann\",\"custom_attributes\":{\"a\":1,\"c\":4,\"d\":5},\"avatar\":\"x\"}"));
        assertThat(request.text()).contains("Ann");
        assertThat(variables).isEqualTo(Map.of("answer", "send"));
        assertThat(contacts.contactId("c1")).isNull();
        assertThat(contacts.lastProfile(request)).isNull();
    }

    @Test
    void leavesAnEventOfAForgottenContactAsItIs() {
        contacts.confirm(contact(ANN), "k1");
        QueuedRequest event = Queued.event("{\"user_id\":\"c1\"}");
        contacts.forget(event, variables);

        assertThat(event.text()).isEqualTo(event.original());
        assertThat(contacts.lastProfile(event)).as("for the contact that comes before it").isNotNull();
    }

    @Test
    void sendsAContactOfWhomNothingIsKnownAsItIs() {
        QueuedRequest request = contact(ANN);
        contacts.forget(request, variables);

        assertThat(request.text()).isEqualTo(request.original());
    }

    @Test
    void keepsTheProfileOfAContactThatIsUnchanged() {
        contacts.confirm(contact(ANN), "k1");
        contacts.setProfileBytes(1_000_000);
        assertThat(prepare(ANN)).isEqualTo("unchanged");

        assertThat(contacts.lastProfile(contact(ANN)).path("name").asText()).isEqualTo("Ann");
        assertThat(prepare("{'external_id':'c2'}")).isEqualTo("send");
    }

    @Test
    void leavesOutAnEmailThatIsAnothers() {
        contacts.remember(contact(ANN), "k1", variables);
        variables.put("contactId", "k2");
        QueuedRequest request = contact(ANN);
        contacts.leaveEmailOut(request, variables);

        assertThat(request.sent().has("email")).isFalse();
        assertThat(request.text()).doesNotContain("email");
        assertThat(request.body().has("email")).as("in the next attempt").isTrue();
        assertThat(request.changes()).containsExactly(new Change(Reason.EMAIL_TAKEN, "email"));
        contacts.leaveEmailOut(request, variables);
        assertThat(request.changes()).as("once").hasSize(1);
        assertThat(variables).isEqualTo(Map.of("answer", "send", "contactId", "k1"));
    }

    @Test
    void leavesOutAttributesThatAreUnknown() {
        QueuedRequest refused = contact("{'custom_attributes':{'plan':1}}");
        refused.answered(new IntercomAnswer("unknown-attribute", 400, "", "", "", "plan", null));
        attributes.drop(refused, variables);
        QueuedRequest request = contact("{'external_id':'c1','custom_attributes':{'plan':1,'seats':2}}");
        contacts.prepare(request, variables);

        assertThat(request.text()).contains("seats").doesNotContain("plan");
    }

    @Test
    void forgetsUsersWhole() {
        contacts.confirm(contact(ANN), "k1");
        contacts.forgetUsers(List.of("c1")::contains);

        assertThat(contacts.contactId("c1")).isNull();
        assertThat(contacts.lastProfile(contact(ANN))).isNull();
        contacts.confirm(contact(ANN), "k1");
        contacts.setUsers(10);
        assertThat(contacts.contactId("c1")).isNull();
    }

    private void confirmLead(String userKey, String id) {
        QueuedRequest lead = contact(LEAD, userKey);
        lead.lead(true);
        contacts.confirm(lead, id);
    }

    private String prepare(String json) {
        contacts.prepare(contact(json), variables);
        return (String) variables.get("answer");
    }

    private static QueuedRequest contact(String json) {
        return contact(json, "c1");
    }

    private static QueuedRequest contact(String json, String userKey) {
        Map<String, Object> headers = Queued.headers("contact");
        headers.put("JMSXGroupID", userKey);
        return RequestMessages.read(json.replace('\'', '"'), headers);
    }
}
