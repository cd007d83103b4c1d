package io.github.mparticleintercom.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.sandbox.SandboxClient.Reply;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Submitting events. */
class SandboxEventsTest {

    private static final long TIME = 1_571_672_154L;

    private IntercomSandbox sandbox;
    private SandboxClient client;
    private SandboxContact user;

    @BeforeEach
    void start() {
        sandbox = IntercomSandbox.start();
        client = SandboxClient.of(sandbox);
        user = sandbox.seed().user("c1", "a@x.com");
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void storesAnEventAndAnswersWithAnEmptyBody() {
        Reply reply = client.post("/events", event("Bought", "\"metadata\":{\"shop\":\"Dublin\"}"));
        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.text()).isEmpty();
        StoredEvent stored = sandbox.events().get(0);
        assertThat(stored.contactId()).isEqualTo(user.id());
        assertThat(stored.name()).isEqualTo("Bought");
        assertThat(stored.createdAt()).isEqualTo(TIME);
        assertThat(stored.metadata().path("shop").asText()).isEqualTo("Dublin");
        assertThat(sandbox.events(user.id())).containsExactly(stored);
        assertThat(sandbox.events("nobody")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"created_at\":1,\"user_id\":\"c1\"}",
        "{\"event_name\":\"\",\"created_at\":1,\"user_id\":\"c1\"}",
        "{\"event_name\":5,\"created_at\":1,\"user_id\":\"c1\"}",
        "{\"event_name\":\"e\",\"user_id\":\"c1\"}",
        "{\"event_name\":\"e\",\"created_at\":\"1\",\"user_id\":\"c1\"}",
        "{\"event_name\":\"e\",\"created_at\":1.5,\"user_id\":\"c1\"}",
        "{\"event_name\":\"e\",\"created_at\":1571672154000,\"user_id\":\"c1\"}",
        "{\"event_name\":\"e\",\"created_at\":1}",
        "{\"event_name\":\"e\",\"created_at\":1,\"external_id\":\"c1\"}",
        "{\"event_name\":\"e\",\"created_at\":1,\"user_id\":1}",
        "{\"event_name\":\"e\",\"created_at\":1,\"user_id\":\"c1\",\"metadata\":[]}"})
    void refusesIncompleteOrWrongEvents(String body) {
        Reply reply = client.post("/events", body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isIn("parameter_invalid", "parameter_missing");
        assertThat(sandbox.events()).isEmpty();
    }

    @Test
    void millisecondsAreCalledInvalid() {
        Reply reply = client.post("/events", "{\"event_name\":\"e\",\"created_at\":10000000001,\"user_id\":\"c1\"}");
        assertThat(reply.code()).isEqualTo("parameter_invalid");
        assertThat(reply.field()).isEqualTo("created_at");
    }

    @Test
    void findsUsersByAnyIdAndLeadsByTheirIdOnly() {
        SandboxContact lead = sandbox.seed().lead("lead@x.com");
        assertThat(submit("a", "\"user_id\":\"c1\"")).isEqualTo(202);
        assertThat(submit("b", "\"email\":\"A@x.com\"")).isEqualTo(202);
        assertThat(submit("c", "\"id\":\"" + user.id() + "\"")).isEqualTo(202);
        assertThat(submit("d", "\"email\":\"lead@x.com\"")).isEqualTo(404);
        assertThat(submit("e", "\"id\":\"" + lead.id() + "\"")).isEqualTo(202);
        assertThat(sandbox.events()).extracting(StoredEvent::contactId)
                .containsExactly(user.id(), user.id(), user.id(), lead.id());
    }

    private int submit(String name, String identity) {
        return client.post("/events", "{\"event_name\":\"" + name + "\",\"created_at\":1," + identity + "}").status();
    }

    @Test
    void neverCreatesAContact() {
        Reply reply = client.post("/events", "{\"event_name\":\"e\",\"created_at\":1,\"user_id\":\"new\"}");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.code()).isEqualTo("not_found");
        assertThat(reply.message()).isEqualTo("User Not Found");
        assertThat(sandbox.contacts()).containsExactly(user);
    }

    @Test
    void anEmailSharedByUsersIsNotSpecificEnough() {
        sandbox.seed().user("c2", "a@x.com");
        assertThat(submit("e", "\"email\":\"a@x.com\"")).isEqualTo(409);
    }

    @Test
    void keepsTheFirstTenMetadataKeysSilently() {
        String metadata = IntStream.rangeClosed(1, 12)
                .mapToObj(i -> "\"k" + i + "\":" + (i == 12 ? "[]" : i)).collect(Collectors.joining(","));
        assertThat(client.post("/events", event("e", "\"metadata\":{" + metadata + "}")).status()).isEqualTo(202);
        assertThat(sandbox.events().get(0).metadata().properties()).hasSize(10)
                .extracting(Map.Entry::getKey).startsWith("k1").endsWith("k10");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "k|\"text\"|202", "k|1.5|202", "k|true|202", "k|null|400", "k|[1]|400", "k|{}|400",
        "k|{\"amount\":34999,\"currency\":\"eur\"}|202", "k|{\"amount\":0,\"currency\":\"eur\"}|400",
        "k|{\"amount\":-5,\"currency\":\"eur\"}|400", "k|{\"amount\":1.5,\"currency\":\"eur\"}|400",
        "k|{\"amount\":\"5\",\"currency\":\"eur\"}|400", "k|{\"amount\":5,\"currency\":\"euro\"}|400",
        "k|{\"amount\":5}|400", "k|{\"amount\":5,\"currency\":\"eur\",\"x\":1}|400",
        "k|{\"url\":\"https://example.org/a\",\"value\":\"A\"}|202", "k|{\"url\":\"ftp://x\",\"value\":\"A\"}|400",
        "k|{\"url\":\"https://example.org/a\",\"value\":1}|400", "k|{\"a\":{\"b\":1}}|400",
        "sent_date|1392036272|202", "sent_date|\"2026-01-01\"|400", "sent_date|1392036272000|400"})
    void checksTheTypesOfMetadata(String key, String value, int status) {
        Reply reply = client.post("/events", event("e", "\"metadata\":{\"" + key + "\":" + value + "}"));
        assertThat(reply.status()).isEqualTo(status);
        if (status == 400) {
            assertThat(reply.code()).isEqualTo("parameter_invalid");
            assertThat(reply.field()).isEqualTo("metadata." + key);
        }
    }

    @Test
    void booleansInMetadataCanBeRefused() {
        try (IntercomSandbox strict = IntercomSandbox.start(SandboxConfig.builder().booleanMetadata(false).build())) {
            strict.seed().user("c1", null);
            assertThat(SandboxClient.of(strict).post("/events", event("e", "\"metadata\":{\"k\":true}")).status())
                    .isEqualTo(400);
        }
    }

    @Test
    void swallowsDuplicatesWithoutAnError() {
        assertThat(client.post("/events", event("Bought", "\"metadata\":{\"n\":1}")).status()).isEqualTo(202);
        assertThat(client.post("/events", event("bought", "\"metadata\":{\"n\":2}")).status()).isEqualTo(202);
        assertThat(sandbox.events()).hasSize(1);
        assertThat(sandbox.swallowedEvents()).extracting(event -> event.metadata().path("n").asInt())
                .containsExactly(2);
        sandbox.seed().user("c2", null);
        client.post("/events", event("bought", "\"x\":0").replace("c1", "c2"));
        client.post("/events", event("bought", "\"x\":0").replace(String.valueOf(TIME), "5"));
        assertThat(sandbox.events()).hasSize(3);
    }

    @Test
    void replacesDotsAndDollarsInNames() {
        client.post("/events", event("a.b$c", "\"x\":0"));
        client.post("/events", event("a-b-c", "\"x\":0"));
        assertThat(sandbox.events()).extracting(StoredEvent::name).containsExactly("a-b-c");
        assertThat(sandbox.swallowedEvents()).hasSize(1);
    }

    @Test
    void refusesNewNamesBeyondTheLimit() {
        sandbox.seed().eventNames(IntStream.range(0, 119).mapToObj(i -> "name" + i).toList());
        assertThat(client.post("/events", event("last", "\"x\":0")).status()).isEqualTo(202);
        Reply refused = client.post("/events", event("one-more", "\"x\":0"));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("parameter_invalid");
        assertThat(refused.message()).contains("event name limit");
        assertThat(client.post("/events", event("NAME7", "\"x\":0")).status()).isEqualTo(202);
        sandbox.settings().eventNameLimit(121);
        assertThat(client.post("/events", event("one-more", "\"x\":0")).status()).isEqualTo(202);
        assertThat(sandbox.events()).extracting(StoredEvent::name).isEqualTo(List.of("last", "NAME7", "one-more"));
    }

    private static String event(String name, String more) {
        return "{\"event_name\":\"" + name + "\",\"created_at\":" + TIME + ",\"user_id\":\"c1\"," + more + "}";
    }
}
