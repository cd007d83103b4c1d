package io.github.mparticleintercom.mparticle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.mparticleintercom.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MparticleBatchesTest {

    private static final long NOW = 1_714_550_400_999L;

    private final MparticleBatches batches = new MparticleBatches();

    @Test
    void takesABatchInAnyForm() throws IOException {
        String text = "{\"batch_id\":7}";
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        RawBatch raw = RawBatch.parse(bytes, "a file", "o", NOW);
        for (Object body : List.of(text, bytes, new ByteArrayInputStream(bytes), Map.of("batch_id", 7),
                List.of(Map.of("batch_id", 7)), List.of(raw), raw)) {
            assertThat(open(body, null)).singleElement()
                    .satisfies(one -> assertThat(one.json().path("batch_id").asInt()).isEqualTo(7));
        }
    }

    @Test
    void keepsWhatIsNoJsonAtAll() throws IOException {
        assertThat(open(new Object() {
            @Override
            public String toString() {
                return "something";
            }
        }, null)).singleElement().satisfies(raw -> {
            assertThat(batches.read(raw).reason()).isNotNull();
            assertThat(raw.bytes()).isNotNull();
        });
    }

    @Test
    void takesAnArrayApartInItsOrderAndNamesEachPlace() throws IOException {
        assertThat(read("[{'batch_id':1},{'batch_id':2},{'batch_id':3}]")).extracting(MparticleBatch::id)
                .containsExactly("1", "2", "3");
        assertThat(open("[1,2]", null)).extracting(RawBatch::origin).containsExactly("delivery#0", "delivery#1");
        assertThat(open("{}", null)).extracting(RawBatch::origin).containsExactly("delivery");
        assertThat(open("{}", null)).extracting(RawBatch::receivedAt).containsExactly(NOW);
        assertThat(read("[]")).isEmpty();
    }

    @Test
    void takesADeliveryWithoutANameForOneOfItsOwn() throws IOException {
        assertThat(batches.takeApart("{}", null, null, null, NOW).get(0).origin())
                .isNotEqualTo(batches.takeApart("{}", null, null, null, NOW).get(0).origin());
    }

    @ParameterizedTest
    @CsvSource({"batch, '[{}]', not-a-batch", "array, '{}', not-a-batch", "array, 'x', invalid-json", "batch, '', invalid-json",
        "batch, '[{\"a\":1e99999999999}]', not-a-batch", "array, '{\"a\":1e99999999999}', not-a-batch"})
    void refusesTheWrongFormWhereOneIsExpected(String expected, String body, Reason reason) throws IOException {
        assertThat(open(body, expected)).singleElement().extracting(RawBatch::reason).isEqualTo(reason);
    }

    @Test
    void takesAHundredBatchesInOneRequestAndNoMore() throws IOException {
        String hundred = "[" + "{},".repeat(99) + "{}]";
        String more = "[" + "{},".repeat(100) + "{}]";

        assertThat(open(hundred, "array")).hasSize(100);
        assertThat(open(more, "array")).singleElement().extracting(RawBatch::reason).isEqualTo(Reason.TOO_MANY_BATCHES);
        assertThat(open(more, null)).hasSize(101);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{'batch_id':-7,'source_request_id':'r'}|-7", "{'source_request_id':'r'}|r",
        "{'batch_id':' ','source_request_id':'r'}|r", "{'batch_id':true,'source_request_id':'r'}|r", "{'batch_id':7e0}|7"})
    void namesABatchByItsId(String json, String id) throws IOException {
        assertThat(read(json)).singleElement().satisfies(batch -> {
            assertThat(batch.id()).isEqualTo(id);
            assertThat(batch.key()).isEqualTo(id);
        });
    }

    @Test
    void namesABatchWithoutAnIdByItsDeliveryAndNeverByItsContent() throws IOException {
        MparticleBatch batch = read("{'mpid':1}").get(0);
        MparticleBatch other = batches.read(open("[{\"mpid\":1}]", null).get(0));

        assertThat(batch.id()).isEqualTo(read("{'mpid':2}").get(0).id()).matches("[0-9a-f]{16}").isNotEqualTo(other.id());
        assertThat(batch.key()).isEqualTo("delivery");
        assertThat(other.key()).isEqualTo("delivery#0");
    }

    @Test
    void showsNoIdWithoutEnd() throws IOException {
        String id = "7".repeat(300_000);
        MparticleBatch batch = read("{'batch_id':'" + id + "'}").get(0);

        assertThat(batch.id()).hasSize(16);
        assertThat(batch.key()).isEqualTo(id);
        assertThat(batch.toString()).hasSizeLessThan(100);
    }

    @ParameterizedTest
    @CsvSource({"iOS, ios", "IOS, ios", "tvOS, tvos", "fire_tv, firetv", "FireTV, firetv", "web, web", "' Android ', android"})
    void writesPlatformsInOneWay(String given, String platform) throws IOException {
        assertThat(read("{'mpid':1,'device_info':{'platform':'" + given + "'}}").get(0).platform()).isEqualTo(platform);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'mpid':1}", "{'mpid':1,'device_info':null}", "{'mpid':1,'device_info':'x'}"})
    void knowsNoPlatformWithoutOne(String json) throws IOException {
        assertThat(read(json).get(0).platform()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"'Development'|development|true", "'production'|production|false", "null||false", "1|1|false"})
    void knowsTheEnvironment(String given, String environment, boolean development) throws IOException {
        MparticleBatch batch = read("{'mpid':1,'environment':" + given + "}").get(0);

        assertThat(batch.environment()).isEqualTo(environment == null ? "" : environment);
        assertThat(batch.development()).isEqualTo(development);
    }

    @ParameterizedTest
    @ValueSource(strings = {"events", "user_identities", "user_attributes", "deleted_user_attributes"})
    void namesTheFieldOfTheWrongKind(String field) throws IOException {
        MparticleBatch batch = read("{'" + field + "':'x'}").get(0);

        assertThat(batch.reason()).isEqualTo(Reason.INVALID_FIELD);
        assertThat(batch.field()).isEqualTo(field);
        assertThat(new String(batch.raw().bytes(), StandardCharsets.UTF_8)).contains(field);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"{'request_type':'alias','request_id':'r','data':{}}|alias-request", "{}|empty-object",
        "{'request_type':'ALIAS','batch_id':7}|alias-request", "{'hello':'world'}|not-a-batch", "{'request_type':'x'}|not-a-batch",
        "7|not-a-batch", "null|not-a-batch", "'x'|not-a-batch", "{'request_type':'batch','mpid':1}|"})
    void knowsWhatComesInTheBatchesPlace(String json, String reason) throws IOException {
        for (String body : List.of(json, "[" + json + "]")) {
            assertThat(read(body)).singleElement().extracting(MparticleBatch::reason)
                    .isEqualTo(reason == null ? null : Reason.of(reason));
        }
    }

    @Test
    void handsOutConsentsByName() throws IOException {
        assertThat(read("{'mpid':1,'consent_state':{'gdpr':{'Marketing':{'consented':true},'location':{'consented':'FALSE'},"
                + "'other':{'consented':null},'odd':7,'list':{'consented':['true']}},'ccpa':{'data_sale_opt_out':{'consented':true}}}}")
                .get(0).consents()).containsExactly(entry("ccpa_data_sale_opt_out", true), entry("location", false),
                        entry("marketing", true));
        for (String firehose : List.of("{'mpid':1,'consent_state':{%s}}", "{'mpid':1,%s}")) {
            assertThat(read(firehose.formatted("'gdpr_consent_state':{'A':{'consented':true}},'ccpa_consent_state':{'data_sale_opt_out':"
                    + "{'consented':false}}")).get(0).consents()).containsExactly(entry("a", true), entry("ccpa_data_sale_opt_out", false));
        }
        assertThat(read("{'mpid':1,'gdpr_consent_state':{'marketing':{'consented':true}}}").get(0).consents())
                .containsExactly(entry("marketing", true));
        for (String none : List.of("null", "{}", "{'gdpr':null}", "{'gdpr':[1],'ccpa':null}", "{'ccpa':{'data_sale_opt_out':null}}")) {
            assertThat(read("{'mpid':1,'consent_state':" + none + "}").get(0).consents()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'consent_state':{'ccpa':{'data_sale_opt_out':{'consented':1}}}                        | true",
        "'consent_state':{'ccpa':{'data_sale_opt_out':{'consented':'true'}}}                   | true",
        "'consent_state':{'ccpa':{'data_sale_opt_out':{'consented':null}}}                     | true",
        "'consent_state':{'ccpa':{'data_sale_opt_out':{}}}                                     | true",
        "'consent_state':{'ccpa':{'data_sale_opt_out':'x'}}                                    | true",
        "'consent_state':{'ccpa':'x'}                                                          | true",
        "'consent_state':['x']                                                                 | true",
        "'Consent_State':{'CCPA':{'Data_Sale_Opt_Out':{'Consented':true}}}                     | true",
        "'consent_state':{'CCPA':{'Data_Sale_Opt_Out':{'CONSENTED':'False'}}}                  | false",
        "'consent_state':{'ccpa':{'data_sale_opt_out':{'consented':false,'Consented':true}}}   | true",
        "'consent_state':{'ccpa':{'data_sale_opt_out':{'consented':false}},'CCPA':{'data_sale_opt_out':{'consented':true}}} | true",
        "'consent_state':{'ccpa':{'data_sale_opt_out':{'consented':false}}},'ccpa_consent_state':{'data_sale_opt_out':{'consented':true}} | true"})
    void takesWhatItCannotReadForAnOptOut(String said, boolean optedOut) throws IOException {
        assertThat(read("{'mpid':1," + said + "}").get(0).consents()).containsExactly(entry("ccpa_data_sale_opt_out", optedOut));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'marketing':{'consented':false},'Marketing':{'consented':true}}  | false",
        "{'marketing':{'consented':true},'Marketing':{'consented':false}}  | false",
        "{'marketing':{'consented':true},'Marketing':{'consented':'x'}}    | false",
        "{'marketing':'x','Marketing':{'consented':true}}                  | false",
        "{'marketing':{'consented':1}}                                     | false",
        "{'marketing':{'consented':true},'Marketing':{'consented':'TRUE'}} | true"})
    void heedsTheRefusalOfAPurposeThatIsNamedTwice(String purposes, boolean granted) throws IOException {
        assertThat(read("{'mpid':1,'consent_state':{'gdpr':" + purposes + "}}").get(0).grants(List.of("MARKETING"))).isEqualTo(granted);
    }

    /** What an engineer writes into a route. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"${variable.batch.consents[marketing]} == true|true",
        "${variable.batch.consents[Marketing]} == true|true", "${variable.batch.consents[analytics]} == true|false",
        "${variable.batch.platform} == 'ios'|true", "${variable.batch.user.customerId} == 'c1'|true",
        "${variable.batch.user.email} == null|true", "${variable.batch.environment} == 'development'|true",
        "${variable.batch.development}|true", "${variable.batch.userAttributes.get('plan').asText} == 'x'|true",
        "${variable.batch.events.size} == 0|true", "${variable.batch.reason} == null|true"})
    void canBeAskedInSimple(String simple, boolean expected) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.start();
            Exchange exchange = new DefaultExchange(camel);
            exchange.setVariable("batch", read("{'batch_id':1,'environment':'development','device_info':{'platform':'iOS'},"
                    + "'user_identities':{'customer_id':'c1'},'user_attributes':{'plan':'x'},"
                    + "'consent_state':{'gdpr':{'Marketing':{'consented':true}}}}").get(0));
            assertThat(camel.resolveLanguage("simple").createPredicate(simple).matches(exchange)).isEqualTo(expected);
        }
    }

    @Test
    void showsNothingOfWhatABatchSays() throws IOException {
        MparticleBatch batch = read("{'batch_id':7,'user_identities':{'email':'nora@example.com'},'user_attributes':{'plan':'secret'},"
                + "'events':[{'event_type':'custom_event','data':{'event_id':5,'event_name':'secret'}}]}").get(0);

        assertThat(batch).hasToString("MparticleBatch[7]");
        assertThat(batch.events()).hasToString("[MparticleEvent[5]]");
        assertThat(batch.raw()).hasToString("RawBatch[delivery]");
        assertThat(read("x").get(0).raw()).hasToString("RawBatch[delivery, invalid-json]");
    }

    private List<RawBatch> open(Object body, String expected) throws IOException {
        return batches.takeApart(body, expected, null, "delivery", NOW);
    }

    private List<MparticleBatch> read(String json) throws IOException {
        return open(json.replace('\'', '"'), null).stream().map(batches::read).toList();
    }
}
