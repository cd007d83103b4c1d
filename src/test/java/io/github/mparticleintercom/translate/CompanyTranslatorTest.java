package io.github.mparticleintercom.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.Change;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompanyTranslatorTest {

    private final CompanyTranslator companies = new CompanyTranslator();

    @BeforeEach
    void set() {
        companies.setIdAttribute(" company_id ");
        companies.setNameAttribute("company_name");
        companies.setPlanAttribute(" ");
        companies.setSizeAttribute("company_size");
        companies.setMonthlySpendAttribute("company_mrr");
        companies.setAttributes("industry, renews");
    }

    @Test
    void namesTheUserByCustomerIdElseByEmail() throws IOException {
        assertThat(translate("{'customer_id':'c1','email':'a@example.com'}", "{'company_id':7}", "[]").body())
                .isEqualTo(Requests.json("{'external_id':'c1','company_id':'7'}"));
        IntercomRequest byEmail = translate("{'email':'a@example.com'}", "{'company_id':7}", "[]");
        assertThat(byEmail.body()).isEqualTo(Requests.json("{'email':'a@example.com','company_id':'7'}"));
        assertThat(byEmail.operation()).isEqualTo(IntercomRequest.Operation.COMPANY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"{}|[]", "{'company_name':'Acme'}|[]", "{'company_id':' '}|[]",
        "{'company_id':null}|['company_name']"})
    void saysNothingWithoutACompany(String attributes, String deleted) throws IOException {
        assertThat(translate("{'customer_id':'c1'}", attributes, deleted)).isNull();
    }

    @Test
    void saysNothingWhereThereAreNoCompanies() throws IOException {
        companies.setIdAttribute("");

        assertThat(translate("{'customer_id':'c1'}", "{'':7,'company_name':'Acme'}", "['']")).isNull();
        assertThat(companies.takes("company_name")).isFalse();
    }

    @Test
    void takesItsAttributesFromTheContact() {
        assertThat(List.of("company_id", "company_name", "industry")).allMatch(companies::takes);
        assertThat(List.of("plan", "", " ", "Company_name")).noneMatch(companies::takes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"company_size|120|'size':120", "company_size|'120.9'|'size':120",
        "company_size|0|'size':0", "company_mrr|2147483647|'monthly_spend':2147483647", "company_name|7|'name':'7'",
        "company_size|'000000000000000000000000000012'|'size':12", "industry|true|'custom_attributes':{'industry':true}"})
    void givesEachFieldItsType(String attribute, String value, String field) throws IOException {
        IntercomRequest request = translate("{'customer_id':'c1'}", "{'company_id':'7','" + attribute + "':" + value + "}", "[]");

        assertThat(request.body()).isEqualTo(Requests.json("{'external_id':'c1','company_id':'7'," + field + "}"));
        assertThat(request.changes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"company_size|2147483648|value-unsupported|size",
        "company_size|-1|value-unsupported|size", "company_size|'many'|value-unsupported|size", "company_mrr|null|value-empty|monthly_spend",
        "company_mrr|'0000000000000000000000000000012'|value-unsupported|monthly_spend", "company_name|' '|value-empty|name",
        "company_name|[1]|value-unsupported|name", "industry|null|value-empty|industry"})
    void reportsWhatAFieldCannotHold(String attribute, String value, Reason reason, String field) throws IOException {
        IntercomRequest request = translate("{'customer_id':'c1'}", "{'company_id':'7','" + attribute + "':" + value + "}", "[]");

        assertThat(request.body()).isEqualTo(Requests.json("{'external_id':'c1','company_id':'7'}"));
        assertThat(request.changes()).containsExactly(new Change(reason, "company." + field));
    }

    @Test
    void clearsWhatWasDeletedAndIsNotSet() throws IOException {
        IntercomRequest request = translate("{'customer_id':'c1'}", "{'company_id':'7','company_name':'Acme','industry':'Tools'}",
                "['industry','renews','company_name','company_size','other']");

        assertThat(request.body()).isEqualTo(Requests.json("{'external_id':'c1','company_id':'7','name':'Acme',"
                + "'custom_attributes':{'industry':'Tools','renews':null}}"));
        assertThat(request.changes()).as("Intercom clears no field").containsExactly(new Change(Reason.VALUE_UNSUPPORTED, "company.size"));
    }

    @Test
    void takesTheUserOutOfTheCompanyWhoseIdWasDeleted() throws IOException {
        assertThat(translate("{'customer_id':'c1'}", "{'company_name':'Acme'}", "['company_id']").body())
                .isEqualTo(Requests.json("{'external_id':'c1','company_id':null}"));
    }

    @Test
    void reportsAttributesOfNoCompanyInParticular() {
        List<Change> changes = new ArrayList<>();
        companies.report("company_name", Requests.json("{'company_id':[1]}"), changes);
        companies.report("company_id", Requests.json("{'company_id':[1]}"), changes);
        companies.report("company_name", Requests.json("{'company_id':1}"), changes);

        assertThat(changes).containsExactly(new Change(Reason.NO_COMPANY, "company.company_name"),
                new Change(Reason.VALUE_UNSUPPORTED, "company.company_id"));
    }

    private IntercomRequest translate(String identities, String attributes, String deleted) throws IOException {
        return companies.translate(Requests.batch("{'user_identities':" + identities + ",'user_attributes':" + attributes
                + ",'deleted_user_attributes':" + deleted + "}", "o"));
    }
}
