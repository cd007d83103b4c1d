package io.github.mparticleintercom.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.sandbox.SandboxClient.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SandboxCompaniesTest {

    private IntercomSandbox sandbox;
    private SandboxClient client;
    private String contact;

    @BeforeEach
    void start() {
        sandbox = IntercomSandbox.start();
        client = SandboxClient.of(sandbox);
        contact = "/contacts/" + sandbox.seed().user("c1", "c1@example.com").id();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void updatesACompanyByItsIdAndAttachesContactsByIntercoms() {
        String id = client.post("/companies", "{\"company_id\": \"acme\", \"name\": \"Acme\", \"plan\": \"Pro\"}").id();
        assertThat(client.post("/companies", "{\"company_id\": \"acme\", \"size\": 3}").id()).isEqualTo(id);
        assertThat(sandbox.companies()).singleElement().satisfies(company -> assertThat(company.fields()).containsKeys("name", "plan", "size"));

        assertThat(client.post(contact + "/companies", "{\"id\": \"" + id + "\"}").status()).isEqualTo(200);
        assertThat(client.get(contact + "/companies").json().path("data")).hasSize(1);
        assertThat(client.delete(contact + "/companies/" + id).status()).isEqualTo(200);
        assertThat(client.delete(contact + "/companies/" + id).code()).isEqualTo("company_not_found");
        assertThat(client.post(contact + "/companies", "{\"id\": \"other\"}").code()).isEqualTo("company_not_found");
    }

    @Test
    void refusesWhatACompanyDoesNotHave() {
        assertThat(client.post("/companies", "{\"company_id\": \"acme\", \"test\": 1}").message()).isEqualTo("bad 'test' parameter");
        assertThat(client.post("/companies", "{\"company_id\": \"acme\", \"monthly_spend\": 1.5}").status()).isEqualTo(400);
        assertThat(client.post("/companies", "{\"name\": \"Acme\"}").status()).isEqualTo(400);
    }

    @Test
    void tagsContactsByTheIdOfATag() {
        String id = client.post("/tags", "{\"name\": \"VIP\"}").id();
        assertThat(client.post("/tags", "{\"name\": \"vip\"}").id()).isEqualTo(id);
        assertThat(client.post(contact + "/tags", "{\"id\": \"vip\"}").status()).isEqualTo(404);
        assertThat(client.post(contact + "/tags", "{\"id\": \"" + id + "\"}").status()).isEqualTo(200);
        assertThat(sandbox.tags(contact.substring("/contacts/".length()))).containsExactly("VIP");
        assertThat(client.delete(contact + "/tags/" + id).status()).isEqualTo(200);
        assertThat(client.delete(contact + "/tags/" + id).status()).isEqualTo(404);
    }

    @Test
    void mergesALeadIntoAUserOfTheSameEmail() {
        String user = contact.substring("/contacts/".length());
        String lead = sandbox.seed().lead("c1@example.com").id();
        String other = sandbox.seed().lead("other@example.com").id();
        client.post("/events", "{\"id\": \"" + lead + "\", \"event_name\": \"Opened\", \"created_at\": 1700000000}");

        assertThat(merge(user, lead).code()).isEqualTo("invalid_merge");
        assertThat(merge(other, user).code()).isEqualTo("invalid_merge");
        assertThat(merge(lead, user).id()).isEqualTo(user);
        assertThat(sandbox.events(user)).hasSize(1);
        assertThat(client.get("/contacts/" + lead).status()).isEqualTo(410);
    }

    private Reply merge(String from, String into) {
        return client.post("/contacts/merge", "{\"from\": \"" + from + "\", \"into\": \"" + into + "\"}");
    }
}
