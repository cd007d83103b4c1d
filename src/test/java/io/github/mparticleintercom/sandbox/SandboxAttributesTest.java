package io.github.mparticleintercom.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.sandbox.SandboxClient.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Custom attributes of contacts and the data attributes of the workspace. */
class SandboxAttributesTest {

    private IntercomSandbox sandbox;
    private SandboxClient client;

    @BeforeEach
    void start() {
        sandbox = IntercomSandbox.start(SandboxConfig.builder().attributeLimit(3).noRateLimit().build());
        client = SandboxClient.of(sandbox);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"a.b|1", "a$b|1", "list|[1]", "object|{}"})
    void refusesBadNamesAndValues(String name, String value) {
        assertRefused(set(name, value), name);
        String id = sandbox.seed().user("c2", null).id();
        assertRefused(client.put("/contacts/" + id, attributes(name, value)), name);
    }

    @Test
    void knowsTheLimitsOfLength() {
        assertThat(set("n".repeat(190), "\"" + "v".repeat(255) + "\"").status()).isEqualTo(200);
        String longName = "n".repeat(191);
        assertRefused(set(longName, "1"), longName);
        assertRefused(set("text", "\"" + "v".repeat(256) + "\""), "text");
    }

    private static void assertRefused(Reply reply, String name) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("parameter_invalid");
        assertThat(reply.field()).isEqualTo("custom_attributes." + name);
        assertThat(reply.message()).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"text\"", "1", "1.5", "true", "null"})
    void acceptsScalarsWithoutADataAttribute(String value) {
        assertThat(set("any", value).status()).isEqualTo(200);
    }

    @Test
    void limitsTheirNumber() {
        String id = client.post("/contacts", "{\"external_id\":\"c1\",\"custom_attributes\":{\"a\":1,\"b\":1}}").id();
        assertThat(client.put("/contacts/" + id, attributes("c", "1")).status()).isEqualTo(200);
        assertThat(client.put("/contacts/" + id, attributes("d", "1")).status()).isEqualTo(400);
        assertThat(client.put("/contacts/" + id, "{\"custom_attributes\":{\"a\":null,\"d\":1}}").status())
                .isEqualTo(200);
        assertThat(sandbox.contact(id).orElseThrow().customAttributes()).containsOnlyKeys("b", "c", "d");
    }

    @Test
    void inStrictModeTheyMustExist() {
        sandbox.settings().strictAttributes(true);
        Reply refused = set("plan", "\"pro\"");
        assertRefused(refused, "plan");
        assertThat(refused.message()).isEqualTo("Custom attribute 'plan' does not exist");
        assertThat(client.post("/data_attributes", definition("plan", "contact", "string")).status()).isEqualTo(200);
        assertThat(set("plan", "\"pro\"").status()).isEqualTo(200);
        assertRefused(set("Plan", "\"pro\""), "Plan");
    }

    @ParameterizedTest
    @CsvSource({"string,'\"x\"',1", "integer,1,1.5", "integer,-1,'\"1\"'", "float,1.5,'\"1.5\"'", "float,1,true",
        "boolean,true,'\"true\"'", "date,1571672154,'\"2026-01-01\"'", "datetime,1571672154,1.5"})
    void inStrictModeTheirTypeMustFit(String type, String good, String bad) {
        sandbox.settings().strictAttributes(true);
        sandbox.seed().dataAttribute("a", type);
        assertRefused(set("a", bad), "a");
        assertThat(set("a", good).status()).isEqualTo(200);
        String id = sandbox.contactByExternalId("c1").orElseThrow().id();
        assertThat(client.put("/contacts/" + id, attributes("a", "null")).status()).isEqualTo(200);
    }

    @Test
    void listAttributesTakeTheirOptionsOnly() {
        sandbox.settings().strictAttributes(true);
        Reply created = client.post("/data_attributes", "{\"name\":\"size\",\"model\":\"contact\","
                + "\"data_type\":\"options\",\"options\":[{\"value\":\"S\"},{\"value\":\"L\"}]}");
        assertThat(created.json().path("options")).hasSize(2);
        assertRefused(set("size", "\"M\""), "size");
        assertThat(set("size", "\"L\"").status()).isEqualTo(200);
    }

    @Test
    void createsAndListsDataAttributes() {
        Reply created = client.post("/data_attributes", definition("Mood now", "contact", "string"));
        assertThat(created.status()).isEqualTo(200);
        assertThat(created.json().path("type").asText()).isEqualTo("data_attribute");
        assertThat(created.json().path("full_name").asText()).isEqualTo("custom_attributes.Mood now");
        assertThat(created.json().path("custom").asBoolean()).isTrue();
        client.post("/data_attributes", definition("size", "company", "integer"));
        assertThat(customNames("/data_attributes?model=contact")).containsExactly("Mood now");
        assertThat(customNames("/data_attributes?model=company")).containsExactly("size");
        assertThat(customNames("/data_attributes")).containsExactly("Mood now", "size");
        assertThat(client.get("/data_attributes?model=contact").json().path("data").findValuesAsText("name"))
                .contains("email");
        assertThat(client.get("/data_attributes?model=conversation").status()).isEqualTo(422);
        assertThat(sandbox.dataAttributes()).extracting(DataAttribute::name).containsExactly("Mood now", "size");
    }

    private List<String> customNames(String path) {
        return client.get(path).json().path("data").valueStream()
                .filter(node -> node.path("custom").asBoolean())
                .map((JsonNode node) -> node.path("name").asText())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"taken,contact,string,name", "taken,company,string,name", "a.b,contact,string,name",
        "a$b,contact,string,name", "!x,contact,string,name", "x,conversation,string,model",
        "x,contact,mithril,data_type", "x,contact,options,options"})
    void refusesBadDataAttributes(String name, String model, String type, String field) {
        sandbox.seed().dataAttribute("taken", "string");
        Reply reply = client.post("/data_attributes", definition(name, model, type));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("parameter_invalid");
        assertThat(reply.field()).isEqualTo(field);
        assertThat(sandbox.dataAttributes()).hasSize(1);
    }

    private Reply set(String name, String value) {
        return client.post("/contacts", "{\"external_id\":\"c1\"," + attributes(name, value).substring(1));
    }

    private static String attributes(String name, String value) {
        return "{\"custom_attributes\":{\"" + name + "\":" + value + "}}";
    }

    private static String definition(String name, String model, String type) {
        return "{\"name\":\"" + name + "\",\"model\":\"" + model + "\",\"data_type\":\"" + type + "\"}";
    }
}
