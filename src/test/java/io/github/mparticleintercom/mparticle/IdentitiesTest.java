package io.github.mparticleintercom.mparticle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.Json;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
