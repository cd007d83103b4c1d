package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import io.github.mparticleintercom.sandbox.SandboxContact;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users without a Customer ID as leads, and what becomes of them when they get one. */
class LeadTest {

    private static final AtomicInteger NEXT = new AtomicInteger();

    private static IntercomSandbox intercom;
    private static Bundle bundle;

    private String user;
    private String email;

    @BeforeAll
    static void start() throws Exception {
        intercom = IntercomSandbox.start(SandboxConfig.builder().noRateLimit().build());
        bundle = settings().start();
    }

    private static Bundle.Builder settings() {
        return Bundle.builder().to(intercom).set("contacts.role-without-customer-id", "lead");
    }

    @AfterAll
    static void stop() {
        bundle.close();
        intercom.close();
    }

    @BeforeEach
    void another() {
        user = "user-" + NEXT.incrementAndGet();
        email = user + "@example.com";
    }

    @AfterEach
    void heal() {
        intercom.clearFaults();
    }

    @Test
    void makesOneLeadOfAUserWithoutACustomerIdWithItsEvents() throws Exception {
        bundle.send(Batches.addEvent(of(null, "free"), "Opened"));
        bundle.send(Batches.addEvent(of(null, "pro"), "Opened"));
        awaitEvents(2);
        try (Bundle restarted = settings().start()) {
            restarted.send(Batches.addEvent(of(null, "team"), "Opened"));
            awaitEvents(3);
        }

        SandboxContact lead = only();
        assertThat(lead.role()).isEqualTo("lead");
        assertThat(lead.customAttribute("plan").asText()).isEqualTo("team");
    }

    @Test
    void sendsEventsOfALeadOfWhichNothingElseIsSaid() {
        bundle.send(Batches.addEvent(of(null, null), "Opened"));
        bundle.send(Batches.addEvent(of(null, null), "Opened"));

        awaitEvents(2);
        assertThat(only().role()).isEqualTo("lead");
        assertThat(intercom.requests("POST", "/events")).filteredOn(request -> request.rawBody().contains(email)).isEmpty();
    }

    @Test
    void keepsTheHistoryOfALeadThatBecomesAUser() throws Exception {
        bundle.send(Batches.addEvent(of(null, "free"), "Opened"));
        awaitEvents(1);
        bundle.send(Batches.addEvent(of(user, "pro"), "Signed up"));

        await().untilAsserted(() -> assertThat(intercom.contactByExternalId(user)
                .map(contact -> intercom.events(contact.id()).size())).hasValue(2));
        assertThat(live()).extracting(SandboxContact::role).containsExactly("user");
        bundle.send(Batches.addEvent(of(null, "late"), "Opened"));
        awaitEvents(3);
        assertThat(live()).extracting(SandboxContact::role).containsExactly("user");
        assertThat(bundle.dead()).isEmpty();
    }

    @Test
    void findsTheLeadAfterARestartAndMergesItThoughThatFailsAtFirst() throws Exception {
        SandboxContact lead = intercom.seed().lead(email);
        intercom.fault(Fault.status(503).on("POST", "/contacts/merge"));
        bundle.send(Batches.addEvent(of(user, "pro"), "Signed up"));

        await().untilAsserted(() -> assertThat(intercom.contactByExternalId(user)
                .map(contact -> intercom.events(contact.id()).size())).hasValue(1));
        assertThat(intercom.contact(lead.id()).orElseThrow().mergedInto()).isEqualTo(intercom.contactByExternalId(user).orElseThrow().id());
        assertThat(bundle.dead()).isEmpty();
    }

    @Test
    void leavesALeadThatIntercomDoesNotMerge() throws Exception {
        intercom.seed().lead(email);
        intercom.fault(Fault.status(400).on("POST", "/contacts/merge"));
        bundle.send(Batches.addEvent(of(user, "pro"), "Signed up"));

        await().untilAsserted(() -> assertThat(intercom.contactByExternalId(user)
                .map(contact -> intercom.events(contact.id()).size())).hasValue(1));
        assertThat(live()).hasSize(2);
        assertThat(bundle.dead()).isEmpty();
    }

    @Test
    void makesNoLeadOfAUserWhoHasTheEmailAlready() {
        SandboxContact known = intercom.seed().user(user, email);
        bundle.send(Batches.addEvent(of(null, "pro"), "Opened"));

        awaitEvents(1);
        assertThat(only().id()).isEqualTo(known.id());
        assertThat(only().role()).isEqualTo("user");
        assertThat(only().customAttribute("plan").asText()).isEqualTo("pro");
    }

    @Test
    void makesADeletedLeadAnewWhole() throws Exception {
        bundle.send(Batches.addEvent(of(null, "pro"), "Opened"));
        awaitEvents(1);
        intercom.seed().delete(only().id());
        bundle.send(Batches.addEvent(of(null, null), "Opened"));

        awaitEvents(1);
        assertThat(only().customAttribute("plan").asText()).isEqualTo("pro");
    }

    private ObjectNode of(String customerId, String plan) {
        ObjectNode batch = Batches.about(customerId);
        batch.withObject("user_identities").put("email", email);
        if (plan != null) {
            batch.putObject("user_attributes").put("plan", plan);
        }
        return batch;
    }

    private List<SandboxContact> live() {
        return intercom.contactsByEmail(email).stream().filter(SandboxContact::isLive).toList();
    }

    private SandboxContact only() {
        List<SandboxContact> live = live();
        assertThat(live).hasSize(1);
        return live.get(0);
    }

    private void awaitEvents(int number) {
        await().untilAsserted(() -> assertThat(live().stream().mapToInt(contact -> intercom.events(contact.id()).size()).sum())
                .isEqualTo(number));
    }
}
