package io.github.mparticleintercom.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.Change;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An attribute that Intercom does not know costs one failed call. */
class UnknownAttributesTest {

    private final UnknownAttributes attributes = new UnknownAttributes();
    private final Map<String, Object> variables = new HashMap<>();

    @Test
    void leavesAnUnknownOneOutFromNowOn() throws IOException {
        QueuedRequest refused = contact("{'name':'Ann','custom_attributes':{'plan':1,'seats':2}}", "plan");
        assertThat(attributes.strip(refused)).isFalse();
        attributes.drop(refused, variables);

        assertThat(variables).isEqualTo(Map.of("answer", "send"));
        assertThat(refused.text()).isEqualTo("{\"name\":\"Ann\",\"custom_attributes\":{\"seats\":2}}");
        assertThat(refused.changes()).containsExactly(new Change(Reason.UNKNOWN_ATTRIBUTE, "custom_attributes.plan"));
        QueuedRequest next = contact("{'custom_attributes':{'plan':1,'seats':2}}", null);
        assertThat(attributes.strip(next)).isTrue();
        assertThat(next.text()).isEqualTo("{\"custom_attributes\":{\"seats\":2}}");
        assertThat(attributes.strip(next)).isFalse();
        assertThat(attributes.strip(contact("{'name':'Ann'}", null))).isFalse();
        assertThat(attributes.strip(request("company", "{'custom_attributes':{'plan':1}}", null))).as("of a company").isFalse();
    }

    @Test
    void triesItAgainLater() {
        attributes.drop(contact("{'custom_attributes':{'plan':1}}", "plan"), variables);
        attributes.setMinutes(5);

        assertThat(attributes.strip(contact("{'custom_attributes':{'plan':1}}", null))).isFalse();
    }

    @Test
    void sendsTheRequestAsItIsWhereOnlyAnEarlierProfileHadIt() throws IOException {
        QueuedRequest request = contact("{'name':'Ann'}", "plan");
        request.send(Json.object().put("name", "Ann").set("custom_attributes", Json.object().put("plan", 1)));
        attributes.drop(request, variables);

        assertThat(request.text()).isEqualTo("{\"name\":\"Ann\"}");
        assertThat(request.changes()).isEmpty();
    }

    @Test
    void givesEachThatIsSettledCallsOfItsOwn() throws IntercomUnavailable {
        QueuedRequest request = contact("{'custom_attributes':{'plan':1}}", null);
        call(request, 16);
        attributes.drop(request, variables);
        call(request, 16);
        request.unknownAttribute("seats");
        attributes.created(request, "done", variables);
        call(request, 16);
        request.body().putObject("custom_attributes").putNull("gone");
        request.unknownAttribute("gone");
        attributes.created(request, "refused", variables);
        call(request, 16);
    }

    private static void call(QueuedRequest request, int times) throws IntercomUnavailable {
        for (int call = 0; call < times; call++) {
            request.calling(QueuedRequest.Call.CONTACT_UPDATE);
        }
        request.answered(new IntercomAnswer("unknown-attribute", 400, "", "", "", "plan", null));
    }

    @Test
    void createsOneAndSendsItThen() {
        QueuedRequest request = afterCreation("{'custom_attributes':{'plan':1}}", "done");

        assertThat(attributes.wasCreated(request, "plan")).isTrue();
        assertThat(attributes.wasCreated(request, "seats")).isFalse();
        assertThat(attributes.wasCreated(request("company", "{}", null), "plan")).isFalse();
        assertThat(request.text()).contains("plan");
    }

    @Test
    void leavesOneOutThatCannotBeCreated() {
        QueuedRequest request = afterCreation("{'custom_attributes':{'plan':1}}", "refused");

        assertThat(attributes.wasCreated(request, "plan")).isFalse();
        assertThat(request.text()).doesNotContain("plan");
        assertThat(attributes.strip(contact("{'custom_attributes':{'plan':1}}", null))).isTrue();
    }

    @Test
    void takesOneForClearedThatIsNotThere() {
        QueuedRequest request = afterCreation("{'custom_attributes':{'plan':null,'seats':2}}", "refused");

        assertThat(request.text()).isEqualTo("{\"custom_attributes\":{\"seats\":2}}");
        assertThat(attributes.strip(contact("{'custom_attributes':{'plan':1}}", null))).as("a value may come").isFalse();
        assertThat(UnknownAttributes.isCleared(contact("{'custom_attributes':{'plan':null}}", null), "plan")).isTrue();
        assertThat(UnknownAttributes.isCleared(contact("{'custom_attributes':{'plan':1}}", null), "plan")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"plan|'pro'|string", "seats|2|integer", "price|2.5|float", "vip|true|boolean",
        "renews_at|1893456000|date", "renews_at|'soon'|string", "seen_at|false|boolean"})
    void definesThemInTheTypeOfTheirValue(String name, String value, String type) {
        String json = "{'custom_attributes':{'" + name + "':" + value + "}}";

        assertThat(UnknownAttributes.definition(contact(json, null), name))
                .isEqualTo("{\"name\":\"" + name + "\",\"model\":\"contact\",\"data_type\":\"" + type + "\"}");
        assertThat(UnknownAttributes.definition(request("company", json, null), name)).contains("\"model\":\"company\"");
    }

    /** A contact of which plan was to be created, and that is sent again. */
    private QueuedRequest afterCreation(String json, String answer) {
        QueuedRequest request = contact(json, null);
        request.unknownAttribute("plan");
        attributes.created(request, answer, variables);
        assertThat(variables).isEqualTo(Map.of("answer", "send"));
        return request;
    }

    private static QueuedRequest contact(String json, String unknown) {
        return request("contact", json, unknown);
    }

    private static QueuedRequest request(String operation, String json, String unknown) {
        QueuedRequest request = Queued.request(operation, json.replace('\'', '"'));
        request.answered(new IntercomAnswer("unknown-attribute", 400, "", "", "", unknown, null));
        return request;
    }
}
