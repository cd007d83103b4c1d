package io.github.mparticleintercom.mparticle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.Json;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentitiesTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "{'customer_id':'c1','email':'nora@example.com','mobile_number':'+45'}",
        "{'CustomerId':'c1','Email':'nora@example.com','MOBILE_NUMBER':'+45'}",
        "[{'identity_type':'customer_id','identity':'c1'},{'identity_type':'email','identity':'nora@example.com'},"
                + "{'identity_type':'mobile_number','identity':'+45'}]",
        "[{'type':'customer','encoding':'raw','value':'c1'},{'type':'email','encoding':'Raw','value':'nora@example.com'},"
                + "{'type':'mobile_number','value':'+45'}]"})
    void readsEveryShape(String json) throws IOException {
        assertThat(read(json)).isEqualTo(new Identities("c1", "nora@example.com", "+45", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "[]", "{'customer_id':null,'email':' '}", "{'facebook':'f','other_id_2':'x'}",
        "['customer_id']", "[null]", "[{'identity':'c1'}]", "[{'identity_type':'customer_id'}]", "{'customer_id':['c1']}",
        "[{'type':'customer','encoding':'sha256','value':'5f9b'},{'type':'email','encoding':'md5','value':'c160'}]"})
    void knowsNobodyWithoutAUsableIdentity(String json) throws IOException {
        assertThat(read(json)).isEqualTo(Identities.NONE);
        assertThat(read(json).known()).isFalse();
    }

    @Test
    void takesTheFirstOfTwo() throws IOException {
        assertThat(read("[{'identity_type':'customer_id','identity':'c1'},{'identity_type':'customer_id','identity':'c2'}]")
                .customerId()).isEqualTo("c1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nora", "@example.com", "nora@", "nora lind@example.com"})
    void leavesOutAnEmailThatIsNone(String email) throws IOException {
        assertThat(read("{'email':'" + email + "'}")).isEqualTo(new Identities(null, null, null, true));
    }

    @Test
    void takesTheLatestOfSeveral() throws IOException {
        String emails = "[{'identity_type':'email','identity':'a@example.com','timestamp_unixtime_ms':1714550390999},"
                + "{'identity_type':'email','identity':'b@example.com','timestamp_unixtime_ms':1714550391999},"
                + "{'identity_type':'email','identity':'c@example.com'},{'identity_type':'email','identity':'none','"
                + "timestamp_unixtime_ms':1714550392999},"
                + "{'identity_type':'email','identity':'d@example.com','timestamp_unixtime_ms':'2024-05-01T07:00:00Z'}]";

        assertThat(read(emails)).isEqualTo(new Identities(null, "b@example.com", null, true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"100000|100000", "1e5|100000", "100000.0|100000", "1.0|1", "0.0|0",
        "12.50|12.5", "-7|-7", "'1e5'|1e5", "' 1.0 '|1.0", "9223372036854775808|9223372036854775808", "true|", "false|", "['c1']|",
        "{'id':'c1'}|", "null|", "' '|", "1e400|", "1e-400|"})
    void keepsOneSpellingOfANumberAndTakesNothingElseForAnIdentity(String value, String customerId) throws IOException {
        assertThat(read("{'customer_id':" + value + "}").customerId()).isEqualTo(customerId);
        assertThat(read("[{'identity_type':'customer_id','identity':" + value + "}]").customerId()).isEqualTo(customerId);
    }

    @Test
    void knowsTheKeyOfTheSameUserByEmailAlone() throws IOException {
        assertThat(read("{'customer_id':'c1','email':'nora@example.com'}").emailKey())
                .isEqualTo(read("{'email':'Nora@example.com'}").key());
        assertThat(read("{'customer_id':'c1'}").emailKey()).isNull();
        assertThat(read("{'email':'nora@example.com'}").emailKey()).isNull();
    }

    @Test
    void makesNoKeyWithoutEndAndShowsNoValues() throws IOException {
        assertThat(read("{'customer_id':'" + "7".repeat(300_000) + "'}").key()).hasSizeLessThan(50);
        assertThat(Identities.NONE.key()).isEmpty();
        assertThat(read("{'customer_id':'c1','email':'nora@example.com','mobile_number':'+45'}")).hasToString("Identities[c1]");
    }

    @Test
    void showsNoEmailInTheKey() throws IOException {
        assertThat(read("{'customer_id':'c1','email':'nora@example.com'}").key()).isEqualTo("c1");
        assertThat(read("{'customer_id':'nora@example.com'}").key()).doesNotContain("nora", "@");
        assertThat(read("{'email':'nora@example.com'}").key()).doesNotContain("nora", "@")
                .isEqualTo(read("{'email':'NORA@example.com'}").key())
                .isNotEqualTo(read("{'customer_id':'nora@example.com'}").key());
    }

    private static Identities read(String json) throws IOException {
        return Identities.read(Json.MAPPER.readTree(json.replace('\'', '"')));
    }
}
