package io.github.mparticleintercom.intercom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Only tags that have changed cost calls. */
class KnownTagsTest {

    private final KnownContacts contacts = new KnownContacts();
    private final IntercomCalls calls = new IntercomCalls();
    private final KnownTags tags = new KnownTags();
    private final Map<String, Object> headers = new HashMap<>();
    private final Map<String, Object> variables = new HashMap<>();
    /** The workspace's tags, by their names; Intercom answers with them. */
    private final Map<String, String> workspace = new HashMap<>(Map.of("VIP", "t1", "beta", "t2"));

    @BeforeEach
    void connect() {
        IntercomConnection connection = new IntercomConnection();
        connection.setAccessToken("t");
        calls.setConnection(connection);
        tags.setContacts(contacts);
        tags.setCalls(calls);
        confirm("k 1");
    }

    @Test
    void addsATagByTheNameOfTheWorkspacesAndRemembersIt() throws Exception {
        assertThat(deliver("{'VIP':true}")).containsExactly("POST /tags {\"name\":\"VIP\"}", "POST /contacts/k%201/tags {\"id\":\"t1\"}");
        assertThat(variables).containsEntry("answer", "done").containsEntry("contactId", "k 1");
        assertThat(deliver("{'vip':true}")).isEmpty();
        assertThat(variables).containsEntry("answer", "unchanged");
        assertThat(deliver("{'Vip':false}")).as("its id is known").containsExactly("DELETE /contacts/k%201/tags/t1");
        assertThat(deliver("{'vip':false}")).isEmpty();
        assertThat(deliver("{'vip':true}")).containsExactly("POST /contacts/k%201/tags {\"id\":\"t1\"}");
    }

    @Test
    void takesATagOffThatTheWorkspaceHas() throws Exception {
        assertThat(deliver("{'vip':false,'other':false,'beta':false}")).containsExactly("GET /tags", "DELETE /contacts/k%201/tags/t1",
                "GET /tags", "DELETE /contacts/k%201/tags/t2");
        assertThat(variables).containsEntry("answer", "done");
        assertThat(deliver("{'other':false}")).as("the workspace has none").isEmpty();
        workspace.put("other", "t3");
        assertThat(deliver("{'other':true}")).containsExactly("POST /tags {\"name\":\"other\"}", "POST /contacts/k%201/tags {\"id\":\"t3\"}");
    }

    @Test
    void doesEachOfManyWithCallsOfItsOwn() throws Exception {
        StringBuilder many = new StringBuilder("{'vip':true");
        for (int i = 0; i < 40; i++) {
            workspace.put("n" + i, "i" + i);
            many.append(",'n").append(i).append("':true");
        }

        assertThat(deliver(many + "}")).hasSize(82);
    }

    @Test
    void forgetsWhatAnotherContactOfTheUserHad() throws Exception {
        deliver("{'vip':true}");
        confirm("k2");
        assertThat(deliver("{'vip':true}")).containsExactly("POST /contacts/k2/tags {\"id\":\"t1\"}");
    }

    @Test
    void forgetsUsersAndWhatIsOlderThanTheSetting() throws Exception {
        deliver("{'vip':true}");
        tags.forgetUsers(List.of("c1")::contains);
        assertThat(deliver("{'vip':true}")).hasSize(1);
        tags.setUsers(10);
        assertThat(deliver("{'vip':true}")).as("the workspace's are still known").hasSize(1);
        tags.setUnchangedMinutes(10);
        assertThat(deliver("{'vip':true}")).hasSize(2);
    }

    @Test
    void isDoneWhereATagThatIsToGoIsGone() throws Exception {
        deliver("{'vip':true}");
        QueuedRequest request = begin("{'vip':false}");
        tags.call(request, "k 1", headers);
        request.answered(new IntercomAnswer("missing", 404, "", "", "", null, null));
        tags.missing(request, "k 1", variables);

        assertThat(variables).containsEntry("answer", "done").containsEntry("contactId", "k 1");
        assertThat(deliver("{'vip':false}")).isEmpty();
    }

    @Test
    void makesATagAndTheContactAnewThatAreGone() throws Exception {
        deliver("{'vip':true}");
        tags.forgetUsers(List.of("c1")::contains);
        QueuedRequest request = begin("{'vip':true}");
        tags.call(request, "k 1", headers);
        request.answered(new IntercomAnswer("missing", 404, "", "", "", null, null));
        tags.missing(request, "k 1", variables);

        assertThat(variables).containsEntry("answer", "send").doesNotContainKey("contactId");
        assertThat(contacts.contactId("c1")).isNull();
        tags.call(request, "k2", headers);
        assertThat(request.call()).isEqualTo(QueuedRequest.Call.TAG);
    }

    @Test
    void beginsAnew() {
        variables.put("reason", "old");
        QueuedRequest request = begin("{'vip':true}");

        assertThat(variables).doesNotContainKey("reason");
        assertThat(request.tried().attempts()).isEqualTo(1);
    }

    private void confirm(String contactId) {
        contacts.confirm(Queued.contact("{\"external_id\":\"c1\"}"), contactId);
    }

    private QueuedRequest begin(String json) {
        QueuedRequest request = Queued.request("tags", ("{'external_id':'c1','tags':" + json + "}").replace('\'', '"'));
        tags.prepare(request, variables);
        return request;
    }

    /** The calls that a request takes. */
    private List<String> deliver(String json) throws Exception {
        String contactId = contacts.contactId("c1");
        return Queued.calls(begin(json), variables, headers, request -> tags.call(request, contactId, headers), this::answer,
                request -> tags.settle(request, contactId, variables));
    }

    private JsonNode answer(String body) throws IOException {
        ObjectNode answer = Json.object();
        if (body.isEmpty()) {
            workspace.forEach((name, id) -> answer.withArray("data").addObject().put("name", name).put("id", id));
            return answer;
        }
        String made = Json.MAPPER.readTree(body).path("name").asText();
        workspace.forEach((name, id) -> {
            if (name.equalsIgnoreCase(made)) {
                answer.put("id", id);
            }
        });
        return answer;
    }
}
