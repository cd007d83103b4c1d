package io.github.mparticleintercom.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.mparticleintercom.Change;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomRequest;
import io.github.mparticleintercom.mparticle.MparticleBatch;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContactTranslatorTest {

    private final ContactTranslator contacts = new ContactTranslator();

    ContactTranslatorTest() {
        contacts.setStandardFields("name,phone,email,avatar,signed_up_at");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'name':'A. Souza','$firstname':'Ana','$lastname':'Souza'}|'name':'A. Souza'|$firstname",
        "{'$firstname':'Ana','$lastname':'Souza','name':'A. Souza'}|'name':'A. Souza'|$firstname",
        "{'$lastname':'Souza','name':'A. Souza'}|'name':'A. Souza'|$lastname",
        "{'$firstname':'Ana','$lastname':'Souza','name':'Ana Souza'}|'name':'Ana Souza'|",
        "{'$FirstName':'Ana','$LASTNAME':'Souza'}|'name':'Ana Souza'|",
        "{'name':null,'$firstname':'Ana'}|'name':'Ana'|name",
        "{'name':{'a':1},'$firstname':'Ana'}|'name':'Ana'|name",
        "{'phone':'1','$mobile':'2'}|'phone':'1'|$mobile",
        "{'$mobile':'2','phone':'1'}|'phone':'1'|$mobile",
        "{'$mobile':2.0}|'phone':'2'|",
        "{'$firstname':'Ana','$FIRSTNAME':'Eva'}|'name':'Ana'|$FIRSTNAME"})
    void letsAnExplicitNameOrPhoneWin(String attributes, String fields, String changed) throws IOException {
        IntercomRequest contact = translate("{'user_identities':{'customer_id':'c1'},'user_attributes':" + attributes + "}");

        assertThat(contact.body()).isEqualTo(Requests.json("{'external_id':'c1','role':'user'," + fields + "}"));
        assertThat(contact.changes()).extracting(Change::field).isEqualTo(changed == null ? List.of() : List.of(changed));
    }

    @Test
    void takesThePhoneOfTheIdentityLast() throws IOException {
        IntercomRequest contact = translate("{'user_identities':{'customer_id':'c1','mobile_number':'3'},'user_attributes':"
                + "{'$mobile':'2','phone':'1'}}");

        assertThat(contact.body().get("phone").asText()).isEqualTo("1");
        assertThat(contact.changes()).containsExactly(new Change(Reason.NAME_COLLISION, "$mobile"),
                new Change(Reason.NAME_COLLISION, "mobile_number"));
    }

    @Test
    void letsTheIdentitysEmailWin() throws IOException {
        IntercomRequest contact = translate("{'user_identities':{'customer_id':'c1','email':'a@example.com'},'user_attributes':"
                + "{'email':'b@example.com'}}");

        assertThat(contact.body()).isEqualTo(Requests.json("{'external_id':'c1','role':'user','email':'a@example.com'}"));
        assertThat(contact.changes()).containsExactly(new Change(Reason.NAME_COLLISION, "email"));
    }

    @Test
    void makesALeadOfWhoeverHasNoCustomerIdBySetting() throws IOException {
        contacts.setRoleWithoutCustomerId("lead");

        assertThat(translate("{'user_identities':{'email':'a@example.com'}}").body().path("role").asText()).isEqualTo("lead");
        assertThat(translate("{'user_identities':{'customer_id':'c1'}}").body().path("role").asText()).isEqualTo("user");
    }

    @Test
    void saysNothingWhereOnlyTheKeyIsKnownAndEventsFollow() throws IOException {
        String event = "'events':[{'event_type':'custom_event','data':{'event_name':'x'}}]";

        assertThat(translate("{'user_identities':{'customer_id':'c1'}," + event + "}").saysNothing()).isTrue();
        assertThat(translate("{'user_identities':{'email':'a@example.com'}," + event + "}").saysNothing()).isTrue();
        assertThat(translate("{'user_identities':{'customer_id':'c1'}}").saysNothing()).isFalse();
        assertThat(translate("{'user_identities':{'customer_id':'c1','email':'a@example.com'}," + event + "}").saysNothing()).isFalse();
        assertThat(translate("{'user_identities':{'customer_id':'c1'},'user_attributes':{'a':1}," + event + "}").saysNothing()).isFalse();
        assertThat(translate("{'user_identities':{'customer_id':'c1'},'deleted_user_attributes':['a']," + event + "}").saysNothing())
                .isFalse();
    }

    @Test
    void knowsTheSameProfileAgainByBatchOrDeliveryNeverByContent() throws IOException {
        String profile = "{%s'user_identities':{'customer_id':'c1'},'user_attributes':{'plan':'a'}}";

        assertThat(Requests.batch(profile.formatted(""), "o1")).satisfies(batch -> {
            assertThat(contacts.translate(batch).stableId())
                    .isEqualTo(contacts.translate(Requests.batch(profile.formatted(""), "o1")).stableId())
                    .isNotEqualTo(contacts.translate(Requests.batch(profile.formatted(""), "o2")).stableId());
        });
        assertThat(contacts.translate(Requests.batch(profile.formatted("'batch_id':7,"), "o1")).stableId())
                .isEqualTo(contacts.translate(Requests.batch(profile.formatted("'batch_id':7,"), "o2")).stableId())
                .isNotEqualTo(contacts.translate(Requests.batch(profile.formatted("'batch_id':7,").replace("'a'", "'b'"), "o1")).stableId());
    }

    @Test
    void leavesTheBatchAsItCame() throws IOException {
        MparticleBatch batch = Requests.batch("{'batch_id':7,'user_identities':{'customer_id':'c1'},'user_attributes':{'plan':'a','b':[1]}}", "o");
        String before = batch.raw().json().toString();
        IntercomRequest contact = new IntercomLimits().truncate(contacts.translate(batch));
        contact.body().put("name", "x");
        contact.attributes().put("plan", "y");

        assertThat(batch.raw().json()).hasToString(before);
    }

    @Test
    void showsNothingOfWhatItSays() throws IOException {
        assertThat(translate("{'batch_id':7,'user_identities':{'email':'nora@example.com'}}"))
                .hasToString("IntercomRequest[contact, batch 7]");
    }

    @Test
    void refusesSettingsThatCannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> contacts.setRename("a")).withMessageContaining("old=new");
        assertThatIllegalArgumentException().isThrownBy(() -> contacts.setStandardFields("name,role")).withMessageContaining("role");
    }

    private IntercomRequest translate(String json) throws IOException {
        return contacts.translate(Requests.batch(json, "o"));
    }
}
