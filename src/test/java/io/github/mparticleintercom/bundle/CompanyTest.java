package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.RecordedRequest;
import io.github.mparticleintercom.sandbox.SandboxCompany;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The company and the tags of a user, at an Intercom that refuses, fails and forgets. */
class CompanyTest {

    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final Predicate<RecordedRequest> COMPANY = request -> request.path().equals("/companies");
    private static final Predicate<RecordedRequest> ATTACH = request -> request.method().equals("POST")
            && request.path().endsWith("/companies") && !COMPANY.test(request);
    private static final Predicate<RecordedRequest> TAG = request -> request.path().endsWith("/tags");

    private static IntercomSandbox intercom;
    private static Bundle bundle;

    private String user;
    private int dead;

    @BeforeAll
    static void start() throws Exception {
        intercom = IntercomSandbox.start(SandboxConfig.builder().noRateLimit().build());
        bundle = settings().start();
    }

    private static Bundle.Builder settings() {
        return Bundle.builder().to(intercom).set("company.id-attribute", "company").set("company.name-attribute", "company_name")
                .set("company.attributes", "industry").set("user.tags", "*");
    }

    @AfterAll
    static void stop() {
        bundle.close();
        intercom.close();
    }

    @BeforeEach
    void another() {
        user = "user-" + NEXT.incrementAndGet();
        dead = bundle.dead().size();
    }

    @AfterEach
    void heal() {
        intercom.clearFaults();
        intercom.settings().strictAttributes(false);
    }

    @Test
    void sendsAndAttachesACompanyBeforeTheEventsAndOnlyWhenItChanges() {
        for (String name : List.of("Acme", "Acme", "Acme Inc")) {
            bundle.send(event(company(user, "a-" + user, name)));
        }

        awaitEvents(3);
        assertThat(calls()).containsSubsequence("POST /companies", "POST /contacts/{id}/companies", "POST /events")
                .filteredOn("POST /contacts/{id}/companies"::equals).hasSize(1);
        assertThat(calls()).filteredOn("POST /companies"::equals).hasSize(2);
        assertThat(companies()).extracting(company -> company.field("name").asText()).containsExactly("Acme Inc");
        assertThat(intercom.contactByExternalId(user).orElseThrow().customAttributes()).isEmpty();
    }

    @Test
    void attachesAUserToTheNextCompanyAndDetachesFromTheOneBefore() {
        bundle.send(company(user, "a-" + user, "A"));
        bundle.send(event(company(user, "b-" + user, "B")));

        awaitEvents(1);
        assertThat(companies()).extracting(SandboxCompany::companyId).containsExactly("b-" + user);
    }

    @Test
    void detachesFromTheCompanyThatWasDeleted() {
        bundle.send(company(user, "a-" + user, "A"));
        bundle.send(event(deleted(user)));
        bundle.send(event(deleted(user)));

        awaitEvents(2);
        assertThat(companies()).isEmpty();
        assertThat(calls()).filteredOn(call -> call.startsWith("DELETE")).hasSize(1);
        assertThat(calls()).filteredOn("GET /contacts/{id}/companies"::equals).isEmpty();
    }

    @Test
    void findsTheCompanyToDetachFromAfterARestart() throws Exception {
        bundle.send(event(company(user, "a-" + user, "A")));
        awaitEvents(1);
        try (Bundle restarted = settings().start()) {
            restarted.send(event(deleted(user)));
            awaitEvents(2);
            assertThat(companies()).isEmpty();
        }
    }

    @Test
    void detachesFromTheCompanyBeforeAfterARestart() throws Exception {
        bundle.send(event(company(user, "a-" + user, "A")));
        awaitEvents(1);
        assertThat(calls()).filteredOn("GET /contacts/{id}/companies"::equals).isEmpty();
        try (Bundle restarted = settings().start()) {
            restarted.send(event(company(user, "b-" + user, "B")));
            awaitEvents(2);
            assertThat(companies()).extracting(SandboxCompany::companyId).containsExactly("b-" + user);
            restarted.send(event(deleted(user)));
            awaitEvents(3);
            assertThat(companies()).isEmpty();
        }
    }

    @Test
    void attachesNobodyAgainAfterARestart() throws Exception {
        bundle.send(event(company(user, "a-" + user, "A")));
        awaitEvents(1);
        try (Bundle restarted = settings().start()) {
            restarted.send(event(company(user, "a-" + user, "A")));
            restarted.send(event(company(user, "a-" + user, "A")));
            awaitEvents(3);
            assertThat(calls()).filteredOn("GET /contacts/{id}/companies"::equals).hasSize(1);
            assertThat(calls()).filteredOn("POST /contacts/{id}/companies"::equals).hasSize(1);
            assertThat(companies()).hasSize(1);
        }
    }

    @Test
    void saysThatItCannotKnowWhichOfSeveralCompaniesWasTheOneBefore() throws Exception {
        bundle.send(event(company(user, "a-" + user, "A")));
        awaitEvents(1);
        bundle.send(event(company(user + "-too", "b-" + user, "B")));
        await().untilAsserted(() -> assertThat(intercom.companies()).extracting(SandboxCompany::companyId).contains("b-" + user));
        intercom.seed().attach(contactId(), company("b-" + user).id());
        try (Bundle restarted = settings().start(); AuditLines audit = new AuditLines()) {
            restarted.send(event(company(user, "c-" + user, "C")));
            awaitEvents(2);
            assertThat(companies()).hasSize(3);
            assertThat(audit.with("reason", "ambiguous-company")).singleElement()
                    .satisfies(line -> assertThat(line.path("outcome").asText()).isEqualTo("changed"));
            assertThat(restarted.dead()).isEmpty();
        }
    }

    @Test
    void keepsForPeopleWhatItCannotKnow() throws Exception {
        bundle.send(event(company(user, "a-" + user, "A")));
        bundle.send(event(company(user + "-too", "b-" + user, "B")));
        await().untilAsserted(() -> assertThat(intercom.companies()).extracting(SandboxCompany::companyId).contains("b-" + user));
        awaitEvents(1);
        intercom.seed().attach(contactId(), company("b-" + user).id());
        try (Bundle restarted = settings().start()) {
            restarted.send(event(deleted(user)));
            awaitEvents(2);
            assertThat(restarted.dead()).extracting(CompanyTest::reason).containsExactly("ambiguous-company");
            assertThat(companies()).hasSize(2);
        }
    }

    @Test
    void stopsNothingWhereThePermissionIsMissingAndKeepsWhatIsReplayedOnceItIsThere() throws Exception {
        var forbidden = intercom.fault(Fault.status(403).matching(COMPANY).always());
        bundle.send(event(company(user, "a-" + user, "A")));

        awaitEvents(1);
        await().untilAsserted(() -> assertThat(bundle.dead()).hasSize(dead + 1));
        Message letter = bundle.dead().get(dead);
        assertThat(reason(letter)).isEqualTo("intercom-refused");
        assertThat(letter.getStringProperty("operation")).isEqualTo("company");
        assertThat(bundle.context().getRouteController().getRouteStatus("mparticle-intercom-deliver")).isEqualTo(ServiceStatus.Started);

        forbidden.remove();
        bundle.deadLetters("replayed", List.of(letter.getStringProperty("deadLetterId")), null);
        await().untilAsserted(() -> assertThat(companies()).hasSize(1));
    }

    @Test
    void goesOnWhereAPlanHasNoCompaniesOrAContactHasTooMany() throws Exception {
        intercom.fault(Fault.status(402).matching(COMPANY));
        bundle.send(event(company(user, "a-" + user, "A")));
        awaitEvents(1);
        intercom.fault(Fault.status(400).body("""
                {"type": "error.list", "errors": [{"code": "contact_company_limit_exceeded", "message": "Maximum reached"}]}
                """).matching(ATTACH));
        bundle.send(event(company(user, "a-" + user, "A")));
        awaitEvents(2);
        assertThat(bundle.dead().subList(dead, bundle.dead().size())).extracting(CompanyTest::reason)
                .containsExactly("intercom-refused", "intercom-refused");
    }

    @Test
    void triesAgainWhatFailsOnTheWay() {
        intercom.fault(Fault.status(503).matching(ATTACH));
        intercom.fault(Fault.dropAfter().matching(COMPANY));
        intercom.fault(Fault.status(500).matching(TAG));
        ObjectNode batch = company(user, "a-" + user, "A");
        batch.withObject("user_attributes").putNull("vip");
        bundle.send(event(batch));

        awaitEvents(1);
        assertThat(companies()).hasSize(1);
        assertThat(intercom.tags(contactId())).containsExactly("vip");
        assertThat(bundle.dead()).hasSize(dead);
    }

    @Test
    void leavesOutAnAttributeThatIntercomDoesNotKnowOfACompany() {
        intercom.settings().strictAttributes(true);
        ObjectNode batch = company(user, "a-" + user, "A");
        batch.withObject("user_attributes").put("industry", "tools");
        bundle.send(event(batch));

        awaitEvents(1);
        assertThat(companies()).extracting(SandboxCompany::customAttributes).containsExactly(java.util.Map.of());
        assertThat(bundle.dead()).hasSize(dead);
    }

    @Test
    void bringsCompanyAndTagsBackWithADeletedContact() throws Exception {
        ObjectNode batch = company(user, "a-" + user, "A");
        batch.withObject("user_attributes").put("plan", "pro").putNull("vip");
        bundle.send(event(batch));
        awaitEvents(1);
        intercom.seed().delete(contactId());

        bundle.send(Batches.event(user, "Opened"));
        await().untilAsserted(() -> assertThat(intercom.contactByExternalId(user)).isPresent());
        awaitEvents(1);
        ObjectNode again = company(user, "a-" + user, "A");
        again.withObject("user_attributes").put("plan", "pro").putNull("vip");
        bundle.send(event(again));
        awaitEvents(2);
        assertThat(companies()).hasSize(1);
        assertThat(intercom.tags(contactId())).containsExactly("vip");
    }

    @Test
    void takesOffATagThatIsNotKnownOrNotThere() throws Exception {
        ObjectNode batch = Batches.about(user);
        batch.putObject("user_attributes").putNull("vip");
        bundle.send(event(batch));
        awaitEvents(1);
        try (Bundle restarted = settings().start()) {
            ObjectNode lost = Batches.about(user);
            lost.putArray("deleted_user_attributes").add("VIP").add("never-there");
            restarted.send(event(lost));
            awaitEvents(2);
            assertThat(intercom.tags(contactId())).isEmpty();
            assertThat(calls()).filteredOn("GET /tags"::equals).hasSizeLessThanOrEqualTo(1);
            assertThat(restarted.dead()).isEmpty();
        }
    }

    @Test
    void attachesAUserWhoIsKnownByEmailAlone() {
        ObjectNode batch = Batches.about(null);
        batch.withObject("user_identities").put("email", user + "@example.com");
        batch.putObject("user_attributes").put("company", "a-" + user).put("plan", "pro");
        bundle.send(batch);

        await().untilAsserted(() -> assertThat(intercom.contactByEmail(user + "@example.com")
                .map(contact -> intercom.companies(contact.id()).size())).hasValue(1));
    }

    @Test
    void showsItInAPreview() throws Exception {
        ObjectNode batch = company(user, "a-" + user, "A");
        batch.withObject("user_attributes").putNull("vip");
        JsonNode preview = Json.MAPPER.readTree(bundle.context().createProducerTemplate()
                .requestBody("direct:mparticle-intercom-preview", batch.toString(), String.class));

        assertThat(preview.path("requests")).extracting(request -> request.path("path").asText())
                .containsExactly("/companies", "/contacts/{id}/tags");
        assertThat(preview.at("/requests/0/body/company_id").asText()).isEqualTo("a-" + user);
    }

    @Test
    void goesOnWithTheContactThatItsOwnWasMergedInto() throws Exception {
        bundle.send(event(company(user, "a-" + user, "A")));
        awaitEvents(1);
        var into = intercom.seed().user("other-" + user, user + "@other.example.com");
        intercom.seed().merge(contactId(), into.id());

        ObjectNode batch = company(user, "b-" + user, "B");
        batch.withObject("user_attributes").putNull("vip");
        bundle.send(batch);
        await().untilAsserted(() -> assertThat(intercom.tags(into.id())).containsExactly("vip"));
        assertThat(intercom.companies(into.id())).extracting(SandboxCompany::companyId).containsExactly("b-" + user);
        assertThat(intercom.contact(into.id()).orElseThrow().externalId()).isEqualTo("other-" + user);
        assertThat(bundle.dead()).hasSize(dead);
    }

    private static SandboxCompany company(String id) {
        return intercom.companies().stream().filter(company -> company.companyId().equals(id)).findFirst().orElseThrow();
    }

    private static ObjectNode company(String user, String id, String name) {
        ObjectNode batch = Batches.about(user);
        batch.putObject("user_attributes").put("company", id).put("company_name", name);
        return batch;
    }

    private static ObjectNode deleted(String user) {
        ObjectNode batch = Batches.about(user);
        batch.putArray("deleted_user_attributes").add("company");
        return batch;
    }

    private static ObjectNode event(ObjectNode batch) {
        return Batches.addEvent(batch, "Opened");
    }

    private void awaitEvents(int number) {
        await().untilAsserted(() -> assertThat(intercom.contactByExternalId(user)
                .map(contact -> intercom.events(contact.id()).size())).hasValue(number));
    }

    private String contactId() {
        return intercom.contactByExternalId(user).orElseThrow().id();
    }

    private List<SandboxCompany> companies() {
        return intercom.contactByExternalId(user).map(contact -> intercom.companies(contact.id())).orElse(List.of());
    }

    /** The calls for this test's user since it began, without those that name nobody. */
    private List<String> calls() {
        String id = contactId();
        return intercom.requests().stream()
                .filter(request -> request.path().contains(id) || request.rawBody().contains(user))
                .map(request -> request.method() + " " + request.path().replace(id, "{id}")).toList();
    }

    private static String reason(Message message) {
        try {
            return message.getStringProperty("reason");
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }
}
