package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.sandbox.CallKind;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.RecordedRequest;
import io.github.mparticleintercom.sandbox.SandboxContact;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a user becomes the right contact. */
class ContactTest {

    private IntercomSandbox intercom;
    private Bundle bundle;

    @BeforeEach
    void start() throws Exception {
        intercom = IntercomSandbox.start();
        bundle = Bundle.builder().to(intercom).start();
    }

    @AfterEach
    void stop() throws Exception {
        bundle.close();
        intercom.close();
    }

    @Test
    void updatesTheContactThatTheConflictNames() {
        SandboxContact existing = intercom.seed().user("c1", "c1@example.com");
        bundle.send(Batches.of("c1", 0));

        await().untilAsserted(() ->
                assertThat(intercom.requests()).extracting(RecordedRequest::status).containsExactly(409, 200));
        assertThat(intercom.contact(existing.id()).orElseThrow().customAttribute("plan").asText()).isEqualTo("pro");
        assertThat(intercom.contacts()).hasSize(1);
    }

    @Test
    void remembersTheIdOfAContact() {
        bundle.send(Batches.of("c1", 0));
        bundle.send(Batches.of("c1", 1));
        bundle.send(Batches.of("c1", 1));

        await().untilAsserted(() -> assertThat(intercom.events()).hasSize(2));
        assertThat(intercom.calls(CallKind.CONTACT_CREATE)).isEqualTo(1);
        assertThat(intercom.answered(409)).isZero();
    }

    @Test
    void createsAgainWhatWasDeleted() throws Exception {
        bundle.send(Batches.of("c1", 0));
        await().untilAsserted(() -> assertThat(intercom.contactByExternalId("c1")).isPresent());
        String id = intercom.contactByExternalId("c1").orElseThrow().id();
        intercom.seed().delete(id);

        bundle.send(Batches.of("c1", 1));
        await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));
        assertThat(intercom.contactByExternalId("c1").orElseThrow().id()).isNotEqualTo(id);
        assertThat(bundle.dead()).isEmpty();
    }

    @Test
    void bringsADeletedContactBackWholeWhereItsProfileWasNotSentAgain() throws Exception {
        bundle.send(withProfile("c1"));
        await().untilAsserted(() -> assertThat(intercom.contactByExternalId("c1")).isPresent());
        intercom.seed().delete(intercom.contactByExternalId("c1").orElseThrow().id());

        ObjectNode again = withProfile("c1");
        Batches.addEvent(again, "Opened");
        bundle.send(again);
        await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));
        assertThat(whole("c1")).isTrue();
        assertThat(intercom.contacts()).hasSize(1);
        assertThat(bundle.dead()).isEmpty();
    }

    @Test
    void bringsADeletedContactBackWholeWhereOnlyEventsCome() throws Exception {
        bundle.send(withProfile("c1"));
        bundle.send(Batches.of("c1", 0));
        await().untilAsserted(() -> assertThat(plan("c1")).isEqualTo("pro"));
        intercom.seed().delete(intercom.contactByExternalId("c1").orElseThrow().id());

        bundle.send(Batches.event("c1", "Opened"));
        await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));
        assertThat(whole("c1")).isTrue();
        assertThat(plan("c1")).isEqualTo("pro");
    }

    @Test
    void bringsADeletedContactBackWholeWithAnUpdateOfAPart() throws Exception {
        bundle.send(withProfile("c1"));
        await().untilAsserted(() -> assertThat(intercom.contactByExternalId("c1")).isPresent());
        intercom.seed().delete(intercom.contactByExternalId("c1").orElseThrow().id());

        bundle.send(Batches.of("c1", 0));
        await().untilAsserted(() -> assertThat(plan("c1")).isEqualTo("pro"));
        assertThat(whole("c1")).isTrue();
    }

    @Test
    void makesADeletedContactOfItsIdAloneWhereIntercomDoesNotTakeWhatWasKnown() throws Exception {
        bundle.send(withProfile("c1"));
        await().untilAsserted(() -> assertThat(intercom.contactByExternalId("c1")).isPresent());
        intercom.seed().delete(intercom.contactByExternalId("c1").orElseThrow().id());
        intercom.fault(Fault.status(422).on(CallKind.CONTACT_CREATE));

        bundle.send(Batches.event("c1", "Opened"));
        await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));
        bundle.send(withProfile("c1"));
        await().untilAsserted(() -> assertThat(whole("c1")).isTrue());
        assertThat(bundle.dead()).isEmpty();
    }

    @Test
    void writesNothingUnderAnOldEmailToTheContactThatHasAnotherByNow() throws Exception {
        bundle.send(known(null, "old@example.com", "free"));
        await().untilAsserted(() -> assertThat(intercom.contactByEmail("old@example.com")).isPresent());
        bundle.send(known("c1", "old@example.com", "pro"));
        bundle.send(known("c1", "new@example.com", "team"));
        await().untilAsserted(() -> assertThat(intercom.contactByEmail("new@example.com")).isPresent());

        bundle.send(known(null, "old@example.com", "late"));
        await().untilAsserted(() -> assertThat(intercom.contactByEmail("old@example.com")).isPresent());
        SandboxContact contact = intercom.contactByExternalId("c1").orElseThrow();
        assertThat(contact.email()).isEqualTo("new@example.com");
        assertThat(contact.customAttribute("plan").asText()).isEqualTo("team");
        assertThat(bundle.dead()).isEmpty();
    }

    @Test
    void neverRenamesAnotherPersonWhoSharesTheEmail() throws Exception {
        SandboxContact other = intercom.seed().user("other", "shared@example.com");
        intercom.fault(conflict("exists with id=" + other.id()).on(CallKind.CONTACT_CREATE));
        ObjectNode batch = known("c1", "shared@example.com", "pro");
        Batches.addEvent(batch, "Opened");
        try (AuditLines audit = new AuditLines()) {
            bundle.send(batch);
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));
            await().untilAsserted(() -> assertThat(audit.with("reason", "email-taken")).singleElement().satisfies(line ->
                    assertThat(line.path("field").asText()).isEqualTo("email")));
        }

        assertThat(intercom.contact(other.id()).orElseThrow()).isEqualTo(other);
        assertThat(intercom.contactByExternalId("c1").orElseThrow().email()).isNull();
        assertThat(plan("c1")).isEqualTo("pro");
        assertThat(intercom.events().get(0).contactId()).isEqualTo(intercom.contactByExternalId("c1").orElseThrow().id());
        assertThat(bundle.dead()).isEmpty();
    }

    @Test
    void keepsForPeopleWhatIsInConflictWithAnotherPersonInAnyCase() throws Exception {
        SandboxContact other = intercom.seed().user("other", "shared@example.com");
        intercom.fault(conflict("exists with id=" + other.id()).on(CallKind.CONTACT_CREATE).always());
        bundle.send(known("c1", "shared@example.com", "pro"));

        await().untilAsserted(() -> assertThat(bundle.dead()).hasSize(1));
        assertThat(bundle.dead().get(0).getStringProperty("reason")).isEqualTo("ambiguous-contact");
        assertThat(intercom.contact(other.id()).orElseThrow()).isEqualTo(other);
    }

    @Test
    void updatesWithoutAnEmailThatAnotherPersonHas() throws Exception {
        bundle.send(Batches.of("c1", 0));
        await().untilAsserted(() -> assertThat(intercom.contactByExternalId("c1")).isPresent());
        SandboxContact other = intercom.seed().user("other", "shared@example.com");
        intercom.fault(conflict("exists with id=" + other.id()).on(CallKind.CONTACT_UPDATE));
        bundle.send(known("c1", "shared@example.com", "team"));

        await().untilAsserted(() -> assertThat(plan("c1")).isEqualTo("team"));
        assertThat(intercom.contactByExternalId("c1").orElseThrow().email()).isNull();
        assertThat(intercom.contact(other.id()).orElseThrow()).isEqualTo(other);
    }

    @Test
    void createsWithoutAnEmailThatSeveralOthersShare() {
        intercom.seed().user("a", "shared@example.com");
        intercom.fault(conflict("Multiple users, be more specific").on(CallKind.CONTACT_CREATE));
        bundle.send(known("c1", "shared@example.com", "pro"));

        await().untilAsserted(() -> assertThat(intercom.contactByExternalId("c1")).isPresent());
        assertThat(intercom.contactByExternalId("c1").orElseThrow().email()).isNull();
    }

    @Test
    void updatesItsOwnContactWhereBothDetailsNameIt() {
        SandboxContact own = intercom.seed().user("c1", "c1@example.com");
        bundle.send(known("c1", "c1@example.com", "pro"));

        await().untilAsserted(() -> assertThat(plan("c1")).isEqualTo("pro"));
        assertThat(intercom.contact(own.id()).orElseThrow().email()).isEqualTo("c1@example.com");
        assertThat(intercom.contacts()).hasSize(1);
    }

    @Test
    void followsAMergedContactThatNobodyElseHas() throws Exception {
        SandboxContact into = intercom.seed().user(null, "other@example.com");
        mergeIntoAnother(into);

        bundle.send(known("c1", "c1@example.com", "team"));
        await().untilAsserted(() -> assertThat(plan("c1")).isEqualTo("team"));
        assertThat(intercom.contactByExternalId("c1").orElseThrow().id()).isEqualTo(into.id());
        bundle.send(known("c1", "c1@example.com", "next"));
        await().untilAsserted(() -> assertThat(plan("c1")).isEqualTo("next"));
        assertThat(intercom.answered(410)).isEqualTo(1);
        assertThat(bundle.dead()).isEmpty();
    }

    @Test
    void neverRenamesTheOtherPersonThatAContactWasMergedInto() throws Exception {
        SandboxContact first = intercom.seed().user("first", "first@example.com");
        SandboxContact into = intercom.seed().user("other", "other@example.com");
        mergeIntoAnother(first);
        intercom.seed().merge(first.id(), into.id());
        intercom.settings().strictAttributes(true);

        try (AuditLines audit = new AuditLines()) {
            for (String name : List.of("Ann", "Ann", "Bea")) {
                ObjectNode batch = known("c1", "c1@example.com", "team");
                batch.withObject("user_attributes").put("name", name);
                bundle.send(batch);
            }
            await().untilAsserted(() -> assertThat(intercom.contact(into.id()).orElseThrow().field("name")).hasToString("\"Bea\""));
            await().untilAsserted(() -> assertThat(audit.with("reason", "merged-into-another")).isNotEmpty());
        }
        SandboxContact after = intercom.contact(into.id()).orElseThrow();
        assertThat(after.externalId()).isEqualTo("other");
        assertThat(after.email()).isEqualTo("other@example.com");
        assertThat(intercom.contactByExternalId("c1").orElseThrow().isLive()).isFalse();
        bundle.send(Batches.event("c1", "Opened"));
        await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));
        assertThat(intercom.contact(into.id()).orElseThrow().externalId()).isEqualTo("other");
        assertThat(bundle.dead()).isEmpty();
    }

    @Test
    void makesTheContactAnewWhereTheOneItWasMergedIntoIsGone() throws Exception {
        SandboxContact into = intercom.seed().user("other", "other@example.com");
        mergeIntoAnother(into);
        intercom.seed().delete(into.id());

        bundle.send(known("c1", "c1@example.com", "team"));
        await().untilAsserted(() -> assertThat(plan("c1")).isEqualTo("team"));
        assertThat(bundle.dead()).isEmpty();
    }

    /** The user c1 is a contact, which somebody merges into this one. */
    private void mergeIntoAnother(SandboxContact into) throws Exception {
        bundle.send(Batches.of("c1", 0));
        await().untilAsserted(() -> assertThat(intercom.contactByExternalId("c1")).isPresent());
        intercom.seed().merge(intercom.contactByExternalId("c1").orElseThrow().id(), into.id());
    }

    @Test
    void createsTheContactThatAnEventIsTheFirstToName() {
        bundle.send(Batches.event("c1", "Opened"));

        await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));
        assertThat(intercom.requests()).extracting(RecordedRequest::kind)
                .containsExactly(CallKind.EVENT, CallKind.CONTACT_CREATE, CallKind.EVENT);
    }

    @Test
    void makesAUserOfAnEmailThatOnlyALeadHas() {
        SandboxContact lead = intercom.seed().lead("lead@example.com");
        bundle.send("""
                {"user_identities": {"email": "lead@example.com"}, "events": [{"event_type": "custom_event",
                 "data": {"event_id": 1, "event_name": "Opened", "timestamp_unixtime_ms": 1700000000000}}]}
                """);

        await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));
        assertThat(intercom.events().get(0).contactId()).isNotEqualTo(lead.id());
        assertThat(bundle.dead()).isEmpty();
    }

    @Test
    void neverGuessesAmongContactsThatShareAnEmail() throws Exception {
        intercom.seed().user("a", "shared@example.com");
        intercom.seed().user("b", "shared@example.com");
        bundle.send("""
                {"user_identities": {"email": "shared@example.com"}, "user_attributes": {"plan": "pro"}, "events": [
                 {"event_type": "custom_event", "data": {"event_id": 1, "event_name": "Opened", "timestamp_unixtime_ms": 1700000000000}}]}
                """);

        await().untilAsserted(() -> assertThat(bundle.dead()).hasSize(2));
        assertThat(bundle.dead().get(0).getStringProperty("reason")).isEqualTo("ambiguous-contact");
        assertThat(bundle.dead().get(1).getStringProperty("reason")).isEqualTo("ambiguous-contact");
        assertThat(intercom.calls(CallKind.CONTACT_UPDATE)).isZero();
    }

    @Test
    void findsByCustomerIdWhereAnEmailFitsSeveral() {
        intercom.seed().user("a", "shared@example.com");
        SandboxContact right = intercom.seed().user("b", "shared@example.com");
        intercom.fault(Fault.status(409).body("""
                {"type": "error.list", "errors": [{"code": "conflict", "message": "Multiple users, be more specific"}]}
                """).on(CallKind.CONTACT_CREATE));
        bundle.send("""
                {"user_identities": {"customer_id": "b", "email": "shared@example.com"}, "user_attributes": {"plan": "pro"}}
                """);

        await().untilAsserted(() -> assertThat(
                intercom.contact(right.id()).orElseThrow().customAttribute("plan").asText()).isEqualTo("pro"));
        assertThat(intercom.calls(CallKind.LOOKUP)).isEqualTo(1);
        assertThat(bundle.dead()).isEmpty();
    }

    @Test
    void bringsAnArchivedContactBack() {
        SandboxContact archived = intercom.seed().user("c1", "c1@example.com");
        intercom.seed().archive(archived.id());
        bundle.send(Batches.of("c1", 1));

        await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));
        assertThat(intercom.contact(archived.id()).orElseThrow().archived()).isFalse();
        assertThat(bundle.dead()).isEmpty();
    }

    @Test
    void deadLettersUpdatesOfAnArchivedContactWhereThatIsSet() throws Exception {
        SandboxContact archived = intercom.seed().user("c1", "c1@example.com");
        intercom.seed().archive(archived.id());
        try (Bundle parking = Bundle.builder().to(intercom).set("contacts.archived", "dead-letter").start()) {
            parking.send(Batches.of("c1", 0));

            await().untilAsserted(() -> assertThat(parking.dead()).hasSize(1));
            assertThat(parking.dead().get(0).getStringProperty("reason")).isEqualTo("archived-contact");
            assertThat(intercom.contact(archived.id()).orElseThrow().archived()).isTrue();
        }
    }

    @Test
    void makesOneContactOfWhatTwoInstancesCreateAtOnce() throws Exception {
        try (Bundle other = Bundle.builder().to(intercom).start()) {
            for (int user = 0; user < 20; user++) {
                bundle.send(Batches.of("c" + user, 1));
                other.send(Batches.of("c" + user, 1));
            }
            await().untilAsserted(() -> assertThat(intercom.events()).hasSize(40));
            assertThat(intercom.contacts()).hasSize(20);
            assertThat(bundle.dead()).isEmpty();
            assertThat(other.dead()).isEmpty();
        }
    }

    private static ObjectNode withProfile(String customerId) {
        ObjectNode batch = Batches.about(customerId);
        batch.putObject("user_attributes").put("name", "Ann").put("color", "blue");
        return batch;
    }

    /** A batch about a user with one or two identities, and a plan. */
    private static ObjectNode known(String customerId, String email, String plan) {
        ObjectNode batch = Batches.about(customerId);
        batch.withObject("user_identities").put("email", email);
        batch.putObject("user_attributes").put("plan", plan);
        return batch;
    }

    private boolean whole(String customerId) {
        return intercom.contactByExternalId(customerId).filter(contact -> contact.field("name") != null
                && contact.customAttribute("color").asText().equals("blue")).isPresent();
    }

    private String plan(String customerId) {
        return intercom.contactByExternalId(customerId).map(contact -> contact.customAttribute("plan").asText()).orElse(null);
    }

    private static Fault conflict(String message) {
        return Fault.status(409).body("""
                {"type": "error.list", "errors": [{"code": "conflict", "message": "A contact %s"}]}
                """.formatted(message));
    }
}
