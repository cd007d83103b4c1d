package io.github.mparticleintercom.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.intercom.Change;
import io.github.mparticleintercom.intercom.IntercomRequest.Operation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AttributeValuesTest {

    private final List<Change> changes = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"'x'", "''", "'12'", "12", "-9223372036854775807", "12.50", "0", "0.000000001"})
    void leavesTextsAndNumbersAsTheyAre(String json) {
        for (Operation operation : Operation.values()) {
            assertThat(legal(operation, json)).isEqualTo(value(json));
        }
        assertThat(changes).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        // value | on a contact | on an event | the reason on a contact | on an event
        "true|true|'true'||",
        "null|null|||value-empty",
        "['a',2,true,null,' ',['b']]|'a, 2, true'|'a, 2, true'|list-joined|list-joined",
        "[]|''|''|list-joined|list-joined",
        "{'a':1}|||value-unsupported|value-unsupported",
        "1e400|||value-unsupported|value-unsupported",
        "{'amount':1250,'currency':'usd'}||{'amount':1250,'currency':'usd'}|value-unsupported|",
        "{'amount':0,'currency':'usd'}|||value-unsupported|value-unsupported",
        "{'amount':12.5,'currency':'usd'}|||value-unsupported|value-unsupported",
        "{'amount':1250,'currency':'usd','x':1}|||value-unsupported|value-unsupported",
        "{'url':'https://example.com','value':'Go'}||{'url':'https://example.com','value':'Go'}|value-unsupported|",
        "{'url':'javascript:alert(1)','value':'Go'}|||value-unsupported|value-unsupported"})
    void changesTheRestAndSaysSo(String json, String contact, String event, String contactReason, String eventReason) {
        assertThat(legal(Operation.CONTACT, json)).isEqualTo(contact == null ? null : value(contact));
        assertThat(reasons()).isEqualTo(contactReason == null ? "" : contactReason);
        assertThat(legal(Operation.EVENT, json)).isEqualTo(event == null ? null : value(event));
        assertThat(reasons()).isEqualTo(eventReason == null ? "" : eventReason);
    }

    private String reasons() {
        String reasons = String.join(",", changes.stream().map(change -> change.reason().code()).toList());
        changes.clear();
        return reasons;
    }

    private JsonNode legal(Operation operation, String json) {
        return AttributeValues.legal(operation, value(json), "field", changes);
    }

    private static JsonNode value(String json) {
        return Requests.json("{'v':" + json + "}").get("v");
    }
}
