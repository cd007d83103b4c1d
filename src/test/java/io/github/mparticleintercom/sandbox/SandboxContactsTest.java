package io.github.mparticleintercom.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.sandbox.SandboxClient.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Creating, updating, finding and searching contacts. */
class SandboxContactsTest {

    private final ManualClock clock = new ManualClock("2026-01-01T00:00:00Z");
    private IntercomSandbox sandbox;
    private SandboxClient client;

    @BeforeEach
    void start() {
        sandbox = IntercomSandbox.start(SandboxConfig.builder().clock(clock).noRateLimit().build());
        client = SandboxClient.of(sandbox);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void createsAUser() {
        Reply reply = client.post("/contacts", """
                {"role":"user","external_id":"c1","email":"Ann@Example.com","email_verified":true,"phone":"+353",
                 "name":"Ann","avatar":"https://example.com/a.png","signed_up_at":1571672154,"last_seen_at":null,
                 "owner_id":"321","unsubscribed_from_emails":true,"custom_attributes":{"plan":"pro","age":3}}""");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.id()).matches("[0-9a-f]{24}");
        assertThat(reply.json().path("type").asText()).isEqualTo("contact");
        assertThat(reply.json().path("workspace_id").asText()).isEqualTo("abc123");
        assertThat(reply.json().path("avatar").path("image_url").asText()).isEqualTo("https://example.com/a.png");
        assertThat(reply.json().path("signed_up_at").asLong()).isEqualTo(1571672154L);
        assertThat(reply.json().path("last_seen_at").isNull()).isTrue();
        assertThat(reply.json().path("unsubscribed_from_emails").asBoolean()).isTrue();
        assertThat(reply.json().path("created_at").asLong()).isEqualTo(clock.instant().getEpochSecond());
        SandboxContact contact = sandbox.contactByExternalId("c1").orElseThrow();
        assertThat(contact).isEqualTo(sandbox.contactByEmail("ann@example.COM").orElseThrow());
        assertThat(contact.id()).isEqualTo(reply.id());
        assertThat(contact.isUser()).isTrue();
        assertThat(contact.field("name").asText()).isEqualTo("Ann");
        assertThat(contact.field("last_seen_at")).isNull();
        assertThat(contact.customAttribute("age").asInt()).isEqualTo(3);
    }

    @Test
    void needsAnIdentityOrARole() {
        assertThat(client.post("/contacts", "{\"name\":\"x\"}").status()).isEqualTo(400);
        assertThat(client.post("/contacts", "{\"role\":\"lead\"}").status()).isEqualTo(200);
        assertThat(client.post("/contacts", "{\"email\":\"a@x.com\"}").json().path("role").asText())
                .isEqualTo("user");
    }

    @Test
    void userIdIsNoFieldOfAContact() {
        assertThat(client.post("/contacts", "{\"user_id\":\"c1\"}").status()).isEqualTo(400);
        Reply reply = client.post("/contacts", "{\"role\":\"user\",\"user_id\":\"c1\"}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("external_id").isNull()).isTrue();
        assertThat(sandbox.contactByExternalId("c1")).isEmpty();
        assertThat(sandbox.requests().get(1).body().path("user_id").asText()).isEqualTo("c1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "role|\"admin\"", "role|null", "external_id|5", "external_id|\"\"", "external_id|null", "email|\"ann\"",
        "email|\"a b@x.com\"", "email|\"a@b@c\"", "email|\"@x.com\"", "email|null", "email|7", "phone|353",
        "name|true", "avatar|{}", "owner_id|321", "signed_up_at|\"1571672154\"", "signed_up_at|1571672154000",
        "last_seen_at|1.5", "last_seen_at|-1", "unsubscribed_from_emails|\"true\"", "email_verified|true",
        "custom_attributes|[]"})
    void checksTheTypeOfEachField(String field, String value) {
        Reply created = client.post("/contacts", field.equals("role")
                ? "{\"email\":\"ok@x.com\",\"role\":" + value + "}"
                : "{\"role\":\"user\",\"" + field + "\":" + value + "}");
        assertInvalid(created, field);
        SandboxContact existing = sandbox.seed().user("c9", null);
        assertInvalid(client.put("/contacts/" + existing.id(), "{\"" + field + "\":" + value + "}"), field);
        assertThat(sandbox.contacts()).containsExactly(existing);
    }

    private static void assertInvalid(Reply reply, String field) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("parameter_invalid");
        assertThat(reply.field()).isEqualTo(field);
    }

    @Test
    void aLeadHasNoExternalId() {
        assertInvalid(client.post("/contacts", "{\"role\":\"lead\",\"external_id\":\"c1\"}"), "external_id");
        SandboxContact lead = sandbox.seed().lead("a@x.com");
        assertInvalid(client.put("/contacts/" + lead.id(), "{\"external_id\":\"c1\"}"), "external_id");
        assertThat(client.put("/contacts/" + lead.id(), "{\"role\":\"user\",\"external_id\":\"c1\"}").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{\"external_id\":\"c1\"}|true",
        "{\"external_id\":\"c1\",\"email\":\"new@x.com\"}|true",
        "{\"email\":\"A@x.com\"}|true",
        "{\"external_id\":\"c2\",\"email\":\"a@x.com\"}|false",
        "{\"role\":\"lead\",\"email\":\"a@x.com\"}|false"})
    void showsADuplicateOnlyByItsMessage(String body, boolean duplicate) {
        SandboxContact existing = sandbox.seed().user("c1", "a@x.com");
        Reply reply = client.post("/contacts", body);
        assertThat(reply.status()).isEqualTo(duplicate ? 409 : 200);
        if (duplicate) {
            assertThat(reply.code()).isEqualTo("conflict");
            assertThat(reply.message()).endsWith("id=" + existing.id());
            assertThat(reply.json().path("errors").path(0).properties()).hasSize(2);
            assertThat(reply.message()).doesNotContain("rchived");
        }
    }

    @Test
    void aUserKnownByEmailOnlyIsTheSameAsOneWithANewExternalId() {
        SandboxContact existing = sandbox.seed().user(null, "a@x.com");
        Reply reply = client.post("/contacts", "{\"external_id\":\"c1\",\"email\":\"a@x.com\"}");
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.message()).endsWith("id=" + existing.id());
        Reply update = client.put("/contacts/" + existing.id(), "{\"external_id\":\"c1\",\"email\":\"a@x.com\"}");
        assertThat(update.status()).isEqualTo(200);
        assertThat(sandbox.contactByExternalId("c1").orElseThrow().id()).isEqualTo(existing.id());
    }

    @Test
    void aSharedEmailIsNotSpecificEnough() {
        sandbox.seed().user("c1", "a@x.com");
        sandbox.seed().user("c2", "a@x.com");
        SandboxContact third = sandbox.seed().user(null, "b@x.com");
        List<Reply> replies = List.of(client.post("/contacts", "{\"email\":\"a@x.com\"}"),
                client.put("/contacts/" + third.id(), "{\"email\":\"a@x.com\"}"));
        assertThat(replies).allSatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(409);
            assertThat(reply.code()).isEqualTo("conflict");
            assertThat(reply.message()).contains("more specific").doesNotContain(" id=");
        });
        assertThat(sandbox.contactsByEmail("a@x.com")).hasSize(2);
        assertThat(client.post("/contacts", "{\"external_id\":\"c3\",\"email\":\"a@x.com\"}").status())
                .isEqualTo(200);
        assertThat(sandbox.contactsByEmail("a@x.com")).hasSize(3);
    }

    @Test
    void anArchivedMatchIsSaidToBeArchived() {
        SandboxContact old = sandbox.seed().user("c1", "a@x.com");
        sandbox.seed().archive(old.id());
        for (String body : List.of("{\"external_id\":\"c1\"}", "{\"email\":\"a@x.com\"}")) {
            Reply reply = client.post("/contacts", body);
            assertThat(reply.status()).isEqualTo(409);
            assertThat(reply.message()).contains("archived").endsWith("id=" + old.id());
        }
    }

    @Test
    void aLeadWithTheSameEmailIsNoDuplicate() {
        SandboxContact lead = sandbox.seed().lead("a@x.com");
        Reply reply = client.post("/contacts", "{\"role\":\"user\",\"email\":\"a@x.com\"}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(sandbox.contactsByEmail("a@x.com")).extracting(SandboxContact::id)
                .containsExactly(lead.id(), reply.id());
    }

    @Test
    void onlyOneOfManySimultaneousCreatesSucceeds() {
        List<CompletableFuture<Reply>> replies = IntStream.range(0, 20)
                .mapToObj(i -> client.sendAsync("POST", "/contacts", "{\"external_id\":\"c1\"}")).toList();
        assertThat(replies.stream().map(reply -> reply.join().status()).sorted().toList())
                .isEqualTo(Stream.concat(Stream.of(200), Stream.generate(() -> 409).limit(19)).toList());
        assertThat(sandbox.contacts()).hasSize(1);
    }

    @Test
    void updatesOnlyWhatIsSent() {
        String id = client.post("/contacts", "{\"external_id\":\"c1\",\"email\":\"a@x.com\",\"name\":\"Ann\","
                + "\"phone\":\"1\",\"custom_attributes\":{\"plan\":\"pro\",\"age\":3}}").id();
        clock.advance(Duration.ofSeconds(5));
        Reply reply = client.put("/contacts/" + id,
                "{\"email\":\"b@x.com\",\"phone\":null,\"custom_attributes\":{\"age\":null,\"vip\":true}}");
        assertThat(reply.status()).isEqualTo(200);
        SandboxContact contact = sandbox.contact(id).orElseThrow();
        assertThat(contact.externalId()).isEqualTo("c1");
        assertThat(contact.field("name").asText()).isEqualTo("Ann");
        assertThat(contact.field("phone")).isNull();
        assertThat(contact.customAttributes()).containsOnlyKeys("plan", "vip");
        assertThat(contact.updatedAt() - contact.createdAt()).isEqualTo(5);
        assertThat(sandbox.contactByEmail("a@x.com")).isEmpty();
        assertThat(sandbox.contactByEmail("b@x.com")).contains(contact);
        assertThat(client.get("/contacts/" + id).json()).isEqualTo(reply.json());
    }

    @Test
    void anUpdateMayNotTakeAnothersExternalId() {
        SandboxContact owner = sandbox.seed().user("c1", null);
        SandboxContact other = sandbox.seed().user("c2", null);
        Reply reply = client.put("/contacts/" + other.id(), "{\"external_id\":\"c1\"}");
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.message()).endsWith("id=" + owner.id());
    }

    @Test
    void findsUsersByExternalId() {
        SandboxContact user = sandbox.seed().user("a/b c+d@x", null);
        Reply reply = client.get("/contacts/find_by_external_id/a%2Fb%20c+d%40x");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.id()).isEqualTo(user.id());
        assertThat(client.get("/contacts/find_by_external_id/nobody").code()).isEqualTo("not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET ", "PUT ", "DELETE ", "POST /archive", "POST /unarchive"})
    void unknownIdsAreNotFound(String call) {
        String[] parts = call.split(" ", 2);
        String body = parts[0].equals("PUT") ? "{}" : null;
        Reply reply = client.send(parts[0], "/contacts/000000000000000000000000" + parts[1], body);
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("not_found");
    }

    @Test
    void archivingHidesAContactUntilItIsUnarchived() {
        SandboxContact user = sandbox.seed().user("c1", "a@x.com");
        Reply archived = client.post("/contacts/" + user.id() + "/archive", null);
        assertThat(archived.json().path("archived").asBoolean()).isTrue();
        assertThat(archived.json().path("external_id").asText()).isEqualTo("c1");
        assertThat(sandbox.contact(user.id()).orElseThrow().archived()).isTrue();
        assertThat(client.put("/contacts/" + user.id(), "{}").status()).isEqualTo(404);
        assertThat(search("email", "a@x.com")).isEmpty();
        Reply unarchived = client.post("/contacts/" + user.id() + "/unarchive", null);
        assertThat(unarchived.json().path("archived").asBoolean(true)).isFalse();
        assertThat(client.put("/contacts/" + user.id(), "{}").status()).isEqualTo(200);
    }

    @Test
    void deletesForGood() {
        SandboxContact user = sandbox.seed().user("c1", "a@x.com");
        Reply reply = client.delete("/contacts/" + user.id());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("deleted").asBoolean()).isTrue();
        assertThat(sandbox.contacts()).isEmpty();
        assertThat(client.post("/contacts", "{\"external_id\":\"c1\",\"email\":\"a@x.com\"}").status())
                .isEqualTo(200);
    }

    @Test
    void mergedContactsPointToTheOneThatRemains() {
        SandboxContact a = sandbox.seed().user("a", "a@x.com");
        SandboxContact b = sandbox.seed().user("b", "b@x.com");
        SandboxContact c = sandbox.seed().user("c", "c@x.com");
        sandbox.seed().merge(a.id(), b.id());
        sandbox.seed().merge(b.id(), c.id());
        List<Reply> replies = List.of(client.get("/contacts/" + a.id()), client.put("/contacts/" + a.id(), "{}"),
                client.get("/contacts/find_by_external_id/a"));
        assertThat(replies).allSatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(410);
            assertThat(reply.code()).isEqualTo("contact_merged");
            assertThat(reply.header("Link")).contains("</contacts/" + c.id() + ">; rel=\"canonical\"");
        });
        assertThat(search("email", "a@x.com")).isEmpty();
    }

    @Test
    void searchesByOneField() {
        SandboxContact user = sandbox.seed().user("c1", "a@x.com");
        SandboxContact lead = sandbox.seed().lead("A@X.com");
        assertThat(search("email", "a@x.com")).containsExactly(user.id(), lead.id());
        assertThat(search("external_id", "c1")).containsExactly(user.id());
        assertThat(search("role", "lead")).containsExactly(lead.id());
        assertThat(search("email", "nobody@x.com")).isEmpty();
    }

    @Test
    void searchesByGroups() {
        SandboxContact user = sandbox.seed().user("c1", "a@x.com");
        SandboxContact lead = sandbox.seed().lead("a@x.com");
        SandboxContact other = sandbox.seed().user("c2", "b@x.com");
        String email = filter("email", "a@x.com");
        String isUser = filter("role", "user");
        assertThat(ids(query(group("AND", email, isUser)))).containsExactly(user.id());
        assertThat(ids(query(group("OR", email, isUser)))).containsExactly(user.id(), lead.id(), other.id());
        assertThat(ids(query(group("AND", isUser, group("OR", email, filter("external_id", "c2"))))))
                .containsExactly(user.id(), other.id());
        assertThat(query(group("AND", group("OR", group("AND", email)))).status()).isEqualTo(400);
        assertThat(query(group("AND", Stream.generate(() -> email).limit(16).toArray(String[]::new))).status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"query\":{}}", "{\"query\":{\"field\":\"email\",\"operator\":\"~\",\"value\":\"a\"}}",
        "{\"query\":{\"field\":\"shoe_size\",\"operator\":\"=\",\"value\":\"a\"}}",
        "{\"query\":{\"field\":\"email\",\"operator\":\"=\",\"value\":5}}",
        "{\"query\":{\"operator\":\"AND\",\"value\":[]}}"})
    void refusesQueriesItCanNotAnswer(String body) {
        assertThat(client.post("/contacts/search", body).status()).isEqualTo(400);
    }

    @Test
    void searchResultsComeInPages() {
        IntStream.range(0, 5).forEach(i -> sandbox.seed().user("c" + i, "a@x.com"));
        String query = "\"query\":" + filter("email", "a@x.com");
        Reply first = client.post("/contacts/search", "{" + query + ",\"pagination\":{\"per_page\":3}}");
        assertThat(first.json().path("type").asText()).isEqualTo("list");
        assertThat(first.json().path("data")).hasSize(3);
        assertThat(first.json().path("total_count").asInt()).isEqualTo(5);
        assertThat(first.json().path("pages").path("total_pages").asInt()).isEqualTo(2);
        String next = first.json().path("pages").path("next").path("starting_after").asText();
        Reply second = client.post("/contacts/search",
                "{" + query + ",\"pagination\":{\"per_page\":3,\"starting_after\":\"" + next + "\"}}");
        assertThat(second.json().path("data").findValuesAsText("external_id")).containsExactly("c3", "c4");
        assertThat(second.json().path("pages").has("next")).isFalse();
    }

    @Test
    void newContactsShowInSearchAfterAWhile() {
        sandbox.settings().searchDelay(Duration.ofMinutes(1));
        String id = client.post("/contacts", "{\"external_id\":\"c1\",\"email\":\"a@x.com\"}").id();
        assertThat(search("email", "a@x.com")).isEmpty();
        assertThat(client.get("/contacts/find_by_external_id/c1").status()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(1));
        assertThat(search("email", "a@x.com")).containsExactly(id);
    }

    private List<String> search(String field, String value) {
        return ids(query(filter(field, value)));
    }

    private Reply query(String query) {
        return client.post("/contacts/search", "{\"query\":" + query + "}");
    }

    private static List<String> ids(Reply reply) {
        assertThat(reply.status()).isEqualTo(200);
        return reply.json().path("data").valueStream().map(node -> node.path("id").asText()).toList();
    }

    private static String filter(String field, String value) {
        return "{\"field\":\"" + field + "\",\"operator\":\"=\",\"value\":\"" + value + "\"}";
    }

    private static String group(String operator, String... parts) {
        return "{\"operator\":\"" + operator + "\",\"value\":["
                + Stream.of(parts).collect(Collectors.joining(",")) + "]}";
    }
}
