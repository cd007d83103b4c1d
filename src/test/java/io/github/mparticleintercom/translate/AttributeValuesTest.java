package io.github.mparticleintercom.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.POJONode;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.intercom.IntercomRequest.Operation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeValuesTest {

    @ParameterizedTest
    @ValueSource(strings = {"'x'", "''", "'12'", "12", "-9223372036854775807", "12.50", "0", "0.000000001", "123456789012345678901234567890"})
    void leavesTextsAndNumbersAsTheyAre(String json) {
        for (Operation operation : Operation.values()) {
            JsonNode value = value(json);
            assertThat(AttributeValues.fault(operation, value)).isNull();
            assertThat(AttributeValues.legal(operation, value, null)).isSameAs(value);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        // value | on a contact | on an event | the reason on a contact | on an event
        "true|true|'true'||",
        "null|null|||value-empty",
        "['a',2,true,null,' ',['b']]|'a, 2, true'|'a, 2, true'|list-joined|list-joined",
        "[]|||value-empty|value-empty",
        "[[1],null,' ']|||value-empty|value-empty",
        "{'a':1}|||value-unsupported|value-unsupported",
        "1e400|||value-unsupported|value-unsupported",
        "1e-400|||value-unsupported|value-unsupported",
        "{'amount':1250,'currency':'usd'}||{'amount':1250,'currency':'usd'}|value-unsupported|",
        "{'amount':0,'currency':'usd'}|||value-unsupported|value-unsupported",
        "{'amount':12.5,'currency':'usd'}|||value-unsupported|value-unsupported",
        "{'amount':1250,'currency':'usd','x':1}|||value-unsupported|value-unsupported",
        "{'url':'https://example.com','value':'Go'}||{'url':'https://example.com','value':'Go'}|value-unsupported|",
        "{'url':'http://','value':'Go'}|||value-unsupported|value-unsupported",
        "{'url':'javascript:alert(1)','value':'Go'}|||value-unsupported|value-unsupported"})
    void changesTheRestAndSaysSo(String json, String contact, String event, String contactReason, String eventReason) {
        check(Operation.CONTACT, json, contact, contactReason);
        check(Operation.EVENT, json, event, eventReason);
    }

    @Test
    void leavesOutNumbersThatAreNone() {
        for (JsonNode value : new JsonNode[] {DoubleNode.valueOf(Double.NaN), new POJONode(null)}) {
            assertThat(AttributeValues.fault(Operation.EVENT, value)).isEqualTo(Reason.VALUE_UNSUPPORTED);
        }
    }

    private static void check(Operation operation, String json, String legal, String reason) {
        Reason fault = AttributeValues.fault(operation, value(json));
        assertThat(fault).isEqualTo(reason == null ? null : Reason.of(reason));
        assertThat(AttributeValues.legal(operation, value(json), fault)).isEqualTo(legal == null ? null : value(legal));
    }

    private static JsonNode value(String json) {
        return Requests.json("{'v':" + json + "}").get("v");
    }
}
