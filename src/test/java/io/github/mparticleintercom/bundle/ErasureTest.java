package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.http.DeadLettersApi;
import io.github.mparticleintercom.http.HttpRefusal;
import io.github.mparticleintercom.intercom.KnownContacts;
import io.github.mparticleintercom.metrics.Metrics;
import io.github.mparticleintercom.sandbox.ActiveFault;
import io.github.mparticleintercom.sandbox.CallKind;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.RecordedRequest;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import io.github.mparticleintercom.sandbox.StoredEvent;
import io.micrometer.core.instrument.Counter;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.CamelExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A user who is to be forgotten is gone from Intercom and from here, and nothing that was accepted before comes back. */
class ErasureTest {

    private static final String DELIVER = "mparticle-intercom-deliver";
    private static final AtomicInteger NEXT = new AtomicInteger();

    private static IntercomSandbox intercom;
    private static Bundle bundle;

    private final String user = "erase-" + NEXT.incrementAndGet();
    private final String email = user + "@example.com";

    @BeforeAll
    static void start() throws Exception {
        intercom = IntercomSandbox.start(SandboxConfig.builder().noRateLimit().build());
        bundle = Erasures.on(Bundle.builder()).to(intercom).set("intercom.app-id", "workspace-1").set("throttle.requests-per-window", "100000")
                .set("deliver.max-attempts", "1000").start();
    }

    @AfterAll
    static void stop() throws Exception {
        bundle.close();
        intercom.close();
    }

    @AfterEach
    void clear() {
        intercom.clearFaults();
    }

    @Test
    void aCustomerIsDeletedForGood() throws Exception {
        try (AuditLines audit = new AuditLines()) {
            bundle.send(batch(user, email, "Signed up"));
            await().untilAsserted(() -> assertThat(audit.texts()).anyMatch(line -> line.contains(user) && line.contains("delivered")
                    && line.contains("\"event\"")));
            double before = counted("completed");
            int lines = audit.texts().size();
            ObjectNode request = Erasures.ofCustomer(user);

            Post.Reply reply = Erasures.post(bundle, request);

            assertThat(reply.status()).isEqualTo(201);
            assertThat(reply.header("X-Request-Id")).isNotBlank();
            assertThat(reply.json().path("subject_request_id").asText()).isEqualTo(Erasures.id(request));
            assertThat(reply.json().path("controller_id").asText()).isEqualTo("workspace-1");
            assertThat(Base64.getDecoder().decode(reply.json().path("encoded_request").asText()))
                    .isEqualTo(request.toString().getBytes(StandardCharsets.UTF_8));
            assertThat(reply.json().path("received_time").asText()).isLessThan(reply.json().path("expected_completion_time").asText());
            awaitStatus(request, "completed");
            assertThat(intercom.contactByExternalId(user)).isEmpty();
            assertThat(counted("completed")).isEqualTo(before + 1);
            await().untilAsserted(() -> assertThat(audit.with("batch_id", Erasures.id(request))).extracting(line -> line.path("outcome").asText())
                    .contains("received", "delivered", "completed"));
            assertThat(audit.texts().subList(lines, audit.texts().size())).noneMatch(line -> line.contains(user));
            assertThat(Files.readString(record(request))).doesNotContain(user);
        }
    }

    @Test
    void allContactsOfAnEmailAreTheUser() {
        String first = intercom.seed().user(user + "-a", email).id();
        String second = intercom.seed().user(user + "-b", email.toUpperCase()).id();
        String lead = intercom.seed().lead(email).id();
        String other = intercom.seed().user(user + "-c", "other-" + email).id();
        ObjectNode request = Erasures.ofEmail(email);

        Erasures.post(bundle, request);

        awaitStatus(request, "completed");
        assertThat(Stream.of(first, second, lead).map(intercom::contact)).allMatch(java.util.Optional::isEmpty);
        assertThat(intercom.contact(other)).isPresent();
    }

    @Test
    void moreContactsThanAPageHoldsAreFound() {
        for (int i = 0; i < 151; i++) {
            intercom.seed().lead(email);
        }
        ObjectNode request = Erasures.ofEmail(email);

        Erasures.post(bundle, request);

        awaitStatus(request, "completed");
        assertThat(intercom.contactsByEmail(email)).isEmpty();
    }

    @Test
    void whoeverSharesTheEmailOfACustomerStays() {
        intercom.seed().user(user, email);
        String other = intercom.seed().user(user + "-other", email).id();
        ObjectNode request = Erasures.ofCustomer(user);

        Erasures.post(bundle, request);

        awaitStatus(request, "completed");
        assertThat(intercom.contactByExternalId(user)).isEmpty();
        assertThat(intercom.contact(other)).isPresent();
    }

    @Test
    void aContactThatNoSearchShowsYetIsFoundAllTheSame() {
        intercom.settings().searchDelay(Duration.ofHours(1));
        try {
            bundle.send(batch(user, null, "Signed up"));
            bundle.send(batch(null, email, "Signed up"));
            await().untilAsserted(() -> assertThat(intercom.contactsByEmail(email)).hasSize(1));
            await().untilAsserted(() -> assertThat(events(user)).hasSize(1));
            ObjectNode request = Erasures.request("controller_customer_id", user, "email", email);

            Erasures.post(bundle, request);

            awaitStatus(request, "completed");
            assertThat(intercom.contactByExternalId(user)).isEmpty();
            assertThat(intercom.contactsByEmail(email)).isEmpty();
        } finally {
            intercom.settings().searchDelay(Duration.ZERO);
        }
    }

    @Test
    void aMergedContactLeadsToTheOneItBecame() {
        String merged = intercom.seed().user(user, null).id();
        String whole = intercom.seed().user(user + "-whole", null).id();
        intercom.seed().merge(merged, whole);
        ObjectNode request = Erasures.ofCustomer(user);

        Erasures.post(bundle, request);

        awaitStatus(request, "completed");
        assertThat(intercom.contact(whole)).isEmpty();
    }

    @Test
    void nobodyToForgetIsDone() {
        ObjectNode request = Erasures.request("controller_customer_id", user, "email", email);

        Erasures.post(bundle, request);

        awaitStatus(request, "completed");
    }

    @Test
    void theSameRequestGetsTheSameAnswer() {
        intercom.seed().user(user, email);
        ObjectNode request = Erasures.ofCustomer(user);
        JsonNode first = Erasures.post(bundle, request).json();
        awaitStatus(request, "completed");
        intercom.seed().user(user, email);

        Post.Reply again = Erasures.post(bundle, request);

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(first);
        assertThat(Erasures.status(bundle, request)).isEqualTo("completed");
        assertThat(intercom.contactByExternalId(user)).as("who came after").isPresent();
        ObjectNode other = Erasures.ofCustomer("another").put("subject_request_id", Erasures.id(request));
        assertThat(openDsrError(Erasures.post(bundle, other), 400).path("reason").asText()).isEqualTo("erasure-id-taken");
    }

    @Test
    void whatWaitsIsDroppedAndWhatComesLaterIsANewPerson() throws Exception {
        intercom.seed().user(user, email);
        bundle.context().getRouteController().suspendRoute(DELIVER);
        bundle.send(batch(user, email, "Before as customer"));
        bundle.send(batch(null, email, "Before as email"));
        bundle.send(batch(user + "-friend", email, "Before as friend"));
        bundle.send(batch(user + "-stranger", "stranger-" + email, "Before as stranger"));
        ObjectNode request = Erasures.request("controller_customer_id", user, "email", email);
        Erasures.post(bundle, request);
        bundle.send(batch(user, email, "After"));
        int calls = intercom.requests().size();
        assertThat(Erasures.status(bundle, request)).isEqualTo("pending");
        bundle.context().getRouteController().resumeRoute(DELIVER);

        awaitStatus(request, "completed");
        await().untilAsserted(() -> assertThat(events(user)).containsExactly("After"));
        await().untilAsserted(() -> assertThat(events(user + "-stranger")).containsExactly("Before as stranger"));
        assertThat(names(intercom.requests().subList(calls, intercom.requests().size()))).containsExactlyInAnyOrder("After", "Before as stranger");
        assertThat(intercom.contactByExternalId(user + "-friend")).as("has the email that was to be forgotten").isEmpty();
        assertThat(bundle.waiting()).isEmpty();
        double dropped = bundle.bean("mparticleIntercomMetrics", Metrics.class).counters("requests")
                .filter(counter -> "erased".equals(counter.getId().getTag("outcome"))).mapToDouble(Counter::count).sum();
        assertThat(dropped).isGreaterThanOrEqualTo(6);
    }

    @Test
    void anEmailAloneReachesWhatWaitsForItsCustomer() throws Exception {
        bundle.context().getRouteController().suspendRoute(DELIVER);
        bundle.send(batch(user, email, "Before"));
        ObjectNode request = Erasures.ofEmail(email);
        Erasures.post(bundle, request);
        bundle.context().getRouteController().resumeRoute(DELIVER);

        awaitStatus(request, "completed");
        await().untilAsserted(() -> assertThat(bundle.waiting()).isEmpty());
        assertThat(intercom.contactByExternalId(user)).isEmpty();
        assertThat(intercom.contactsByEmail(email)).isEmpty();
    }

    @Test
    void anOutageOnlyDelaysIt() {
        intercom.seed().user(user, email);
        ActiveFault outage = intercom.fault(Fault.status(503).always());
        bundle.send(batch(user, email, "Before"));
        await().until(() -> outage.hits() > 2);
        ObjectNode request = Erasures.request("controller_customer_id", user, "email", email);
        assertThat(Erasures.post(bundle, request).status()).isEqualTo(201);
        int hits = outage.hits();
        await().until(() -> outage.hits() > hits + 5);
        assertThat(Erasures.status(bundle, request)).isIn("pending", "in_progress");
        outage.remove();

        awaitStatus(request, "completed");
        assertThat(intercom.contactByExternalId(user)).isEmpty();
        assertThat(intercom.contactsByEmail(email)).isEmpty();
        assertThat(intercom.events()).extracting(StoredEvent::name).doesNotContain("Before");
    }

    @Test
    void anAnswerThatConfirmsNothingIsNotBelieved() {
        intercom.seed().user(user, null);
        ActiveFault vague = intercom.fault(Fault.status(200).body("{\"type\":\"contact\",\"id\":\"x\",\"deleted\":false}")
                .matching(call -> call.method().equals("DELETE")).times(2));
        ObjectNode request = Erasures.ofCustomer(user);
        Erasures.post(bundle, request);

        awaitStatus(request, "completed");
        assertThat(vague.hits()).isEqualTo(2);
        assertThat(intercom.contactByExternalId(user)).isEmpty();
    }

    @Test
    void aRefusalIsADeadLetterThatCanBeReplayed() throws Exception {
        intercom.seed().user(user, null);
        intercom.fault(Fault.status(403).body("{\"type\":\"error.list\",\"errors\":[{\"code\":\"forbidden\",\"message\":\"no\"}]}")
                .matching(call -> call.method().equals("DELETE")));
        ObjectNode request = Erasures.ofCustomer(user);
        Erasures.post(bundle, request);

        await().untilAsserted(() -> assertThat(deadLetters(Erasures.id(request))).hasSize(1));
        Message dead = deadLetters(Erasures.id(request)).get(0);
        assertThat(dead.getStringProperty("reason")).isEqualTo("intercom-refused");
        assertThat(dead.getStringProperty("operation")).isEqualTo("erasure");
        assertThat(Erasures.status(bundle, request)).isEqualTo("in_progress");
        assertThat(openDsrError(Erasures.cancel(bundle, request), 409).path("reason").asText()).isEqualTo("erasure-begun");
        // Intercom has no second contact of a Customer ID
        bundle.send(batch(user, null, "Until then"));
        await().untilAsserted(() -> assertThat(events(user)).containsExactly("Until then"));
        bundle.send(batch(user + "-other", null, "Goes on"));
        await().untilAsserted(() -> assertThat(events(user + "-other")).containsExactly("Goes on"));

        DeadLettersApi api = bundle.bean("mparticleIntercomDeadLettersApi", DeadLettersApi.class);
        assertThatThrownBy(() -> api.replacement(body(dead).replace(user, user + "-other").getBytes(StandardCharsets.UTF_8),
                "/dead-letters/" + text(dead, "deadLetterId") + "/replay")).as("another user's body").isInstanceOf(HttpRefusal.class)
                .hasMessage(Reason.ERASURE_NOT_REPLACEABLE.sentence());
        bundle.deadLetters("replayed", List.of(dead.getStringProperty("deadLetterId")), null);
        awaitStatus(request, "completed");
        assertThat(intercom.contactByExternalId(user)).isEmpty();
    }

    @Test
    void whatIsPendingCanBeCancelledAndIsNotCarriedOut() throws Exception {
        bundle.send(batch(user, email, "Before"));
        await().untilAsserted(() -> assertThat(events(user)).containsExactly("Before"));
        var routes = bundle.context().getRouteController();
        routes.suspendRoute(DELIVER);
        ObjectNode request = Erasures.request("controller_customer_id", user, "email", email);
        Erasures.post(bundle, request);
        bundle.send(batch(user, null, "Meanwhile"));
        double before = counted("cancelled");

        Post.Reply reply = Erasures.cancel(bundle, request);
        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.json().path("subject_request_id").asText()).isEqualTo(Erasures.id(request));
        assertThat(reply.json().path("controller_id").asText()).isEqualTo("workspace-1");
        assertThat(reply.json().path("received_time").asText()).isNotBlank();
        assertThat(Erasures.cancel(bundle, request).status()).isEqualTo(202);
        routes.resumeRoute(DELIVER);

        await().untilAsserted(() -> assertThat(events(user)).containsExactly("Before", "Meanwhile"));
        await().untilAsserted(() -> assertThat(bundle.waiting()).isEmpty());
        assertThat(intercom.contactByExternalId(user)).isPresent();
        assertThat(counted("cancelled")).isEqualTo(before + 1);
        assertThat(Erasures.status(bundle, request)).isEqualTo("cancelled");
        assertThat(Erasures.post(bundle, request).status()).isEqualTo(201);
        assertThat(Erasures.status(bundle, request)).isEqualTo("cancelled");
        assertThat(openDsrError(Erasures.cancel(bundle, Erasures.ofCustomer(user)), 404).path("reason").asText()).isEqualTo("no-such-erasure");
        assertThat(openDsrError(Post.to(bundle, "/opendsr/v2/requests/" + Erasures.id(request)).as("DELETE").send(""), 401)).isNotNull();
    }

    @Test
    void otherInstancesForgetTheUserAsWell() throws Exception {
        try (Bundle other = Erasures.on(Bundle.builder()).to(intercom)
                .set("erasure.folder", bundle.folder().resolve("data/erasures").toString()).start()) {
            other.send(batch(user, email, "Before"));
            await().untilAsserted(() -> assertThat(events(user)).containsExactly("Before"));
            ObjectNode request = Erasures.ofCustomer(user);
            Erasures.post(bundle, request);
            awaitStatus(request, "completed");
            KnownContacts known = other.bean("intercomKnownContacts", KnownContacts.class);
            await().until(() -> known.contactId(user) == null);

            other.send(Batches.event(user, "After"));
            await().untilAsserted(() -> assertThat(events(user)).containsExactly("After"));
            assertThat(intercom.contactByExternalId(user).orElseThrow().email()).isNull();
            assertThat(intercom.contactByExternalId(user).orElseThrow().customAttributes()).isEmpty();
        }
    }

    @Test
    void aRefusalThatIsDiscardedIsCancelled() throws Exception {
        intercom.seed().user(user, null);
        intercom.fault(Fault.status(422).matching(call -> call.method().equals("DELETE")));
        ObjectNode request = Erasures.ofCustomer(user);
        Erasures.post(bundle, request);
        await().untilAsserted(() -> assertThat(deadLetters(Erasures.id(request))).hasSize(1));

        bundle.deadLetters("discarded", List.of(text(deadLetters(Erasures.id(request)).get(0), "deadLetterId")), null);

        assertThat(Erasures.status(bundle, request)).isEqualTo("cancelled");
        assertThat(intercom.contactByExternalId(user)).isPresent();
    }

    @Test
    void whatIsOnItsWayToIntercomWhenItsEmailIsForgottenGoesAsWell() {
        ActiveFault hanging = intercom.fault(Fault.hang().on(CallKind.CONTACT_CREATE));
        bundle.send(batch(user, email, "Before"));
        await().until(() -> hanging.waiting() > 0);
        ObjectNode request = Erasures.ofEmail(email);
        Erasures.post(bundle, request);
        awaitStatus(request, "completed");
        long sequence = intercom.requests().get(intercom.requests().size() - 1).sequence();
        hanging.release();

        await().until(() -> intercom.requests().stream().anyMatch(call -> call.method().equals("DELETE")
                && call.sequence() > sequence));
        assertThat(intercom.contactsByEmail(email)).isEmpty();
    }

    @Test
    void aRetryThatWaitsInAnOutageDoesNotComeBackAfterItsEmailIsForgotten() throws Exception {
        ActiveFault outage = intercom.fault(Fault.status(503).on(CallKind.CONTACT_CREATE).always());
        bundle.send(batch(user, email, "Before"));
        await().until(() -> outage.hits() > 2);
        ObjectNode request = Erasures.ofEmail(email);
        Erasures.post(bundle, request);
        awaitStatus(request, "completed");
        outage.remove();

        bundle.send(batch("others-" + user, null, "Opened"));
        await().untilAsserted(() -> assertThat(events("others-" + user)).hasSize(1));
        await().untilAsserted(() -> assertThat(bundle.waiting()).isEmpty());
        await().untilAsserted(() -> assertThat(intercom.contactByExternalId(user)).isEmpty());
    }

    @Test
    void deadLettersOfTheUserGo() throws Exception {
        try (AuditLines audit = new AuditLines()) {
            intercom.fault(Fault.status(422).on(CallKind.EVENT).matching(call -> !call.body().path("user_id").asText().contains("never"))
                    .always());
            bundle.send(batch(user, email, "As request"));
            bundle.send(batch(null, email, "As request"));
            bundle.send(invalid(user, null));
            bundle.send(invalid(user + "-friend", email));
            bundle.send(invalid(user + "-stranger", null));
            await().untilAsserted(() -> assertThat(deadAbout(user)).hasSize(5));
            int lines = audit.texts().size();
            ObjectNode request = Erasures.request("controller_customer_id", user, "email", email);
            Erasures.post(bundle, request);

            awaitStatus(request, "completed");
            assertThat(deadAbout(user)).singleElement().asString().contains(user + "-stranger");
            assertThat(audit.texts().subList(lines, audit.texts().size())).noneMatch(line -> line.contains(user));
            await().untilAsserted(() -> assertThat(audit.with("outcome", "erased")).filteredOn(line -> line.has("dead_letter_id"))
                    .hasSize(4));
        }
    }

    @Test
    void whatIsTriedApartIsDropped() throws Exception {
        ActiveFault poison = intercom.fault(Fault.status(500).on(CallKind.CONTACT_CREATE)
                .matching(call -> call.body().path("external_id").asText().equals(user)).always());
        bundle.send(batch(user, null, "Before"));
        await().untilAsserted(() -> {
            bundle.send(batch("others-" + NEXT.incrementAndGet(), null, "Opened"));
            assertThat(poison.hits()).isGreaterThan(3);
        });
        ObjectNode request = Erasures.ofCustomer(user);
        Erasures.post(bundle, request);

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            bundle.send(batch("others-" + NEXT.incrementAndGet(), null, "Opened"));
            assertThat(Erasures.status(bundle, request)).isEqualTo("completed");
        });
        int hits = poison.hits();
        bundle.send(batch("others-" + user, null, "Opened"));
        await().untilAsserted(() -> assertThat(events("others-" + user)).hasSize(1));
        assertThat(poison.hits()).isEqualTo(hits);
    }

    @Test
    void aHostAsksByTheRoute() throws Exception {
        intercom.seed().user(user, null);
        ObjectNode request = Erasures.ofCustomer(user);

        JsonNode answer = Json.MAPPER.readTree(bundle.context().createProducerTemplate().requestBody("direct:mparticle-intercom-erasure",
                Json.MAPPER.convertValue(request, Map.class), String.class));

        assertThat(answer.path("subject_request_id").asText()).isEqualTo(Erasures.id(request));
        awaitStatus(request, "completed");
        assertThat(intercom.contactByExternalId(user)).isEmpty();
        assertThatThrownBy(() -> bundle.context().createProducerTemplate().requestBody("direct:mparticle-intercom-erasure", "{}"))
                .isInstanceOf(CamelExecutionException.class).hasCauseInstanceOf(HttpRefusal.class);
    }

    static List<JsonNode> refused() throws IOException {
        List<JsonNode> cases = new ArrayList<>();
        try (var file = ErasureTest.class.getResourceAsStream("/erasure/refused.json")) {
            Json.MAPPER.readTree(file).forEach(cases::add);
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatCannotBeDoneIsRefused(JsonNode refused) {
        ObjectNode request = Erasures.ofCustomer(user);
        request.setAll((ObjectNode) refused.path("change"));

        JsonNode error = openDsrError(Erasures.post(bundle, request), 400);

        assertThat(error.path("reason").asText()).isEqualTo(refused.path("reason").asText());
        assertThat(error.path("field").asText()).isEqualTo(refused.path("field").asText());
        assertThat(error.toString()).doesNotContain(user);
    }

    @Test
    void onlyWhoIsAuthorisedMayAsk() {
        for (String path : List.of("/opendsr/v2/discovery", "/opendsr/v2/requests/a7551968-d5d6-44b2-9831-815ac9017798")) {
            assertThat(openDsrError(Post.to(bundle, path).as("GET").send(""), 401).path("reason").asText()).isEqualTo("missing-authorization");
        }
        ObjectNode request = Erasures.ofCustomer(user);
        Post.Reply wrong = Post.to(bundle, "/opendsr/v2/requests").with("Authorization", "Bearer guess").send(request.toString());
        assertThat(openDsrError(wrong, 403).path("reason").asText()).isEqualTo("wrong-authorization");
        assertThat(Erasures.get(bundle, "requests/" + Erasures.id(request)).status()).isEqualTo(404);
    }

    @Test
    void theDiscoverySaysWhatCanBeAsked() {
        assertThat(Erasures.get(bundle, "discovery").json()).hasToString("{\"api_version\":\"2.0\",\"supported_identities\":["
                + "{\"identity_type\":\"controller_customer_id\",\"identity_format\":\"raw\"},{\"identity_type\":\"email\",\"identity_format\":\"raw\"}],"
                + "\"supported_subject_request_types\":[\"erasure\"]}");
    }

    @Test
    void otherCallsAreAnsweredInTheSameShape() {
        assertThat(openDsrError(Erasures.get(bundle, "requests/a7551968-d5d6-44b2-9831-815ac9017798"), 404).path("reason").asText())
                .isEqualTo("no-such-erasure");
        assertThat(openDsrError(Erasures.get(bundle, "requests/..%2f..%2fsecret"), 404)).isNotNull();
        assertThat(openDsrError(Post.to(bundle, "/opendsr/v2/requests").with("Authorization", Erasures.SECRET).send("{"), 400).path("reason").asText())
                .isEqualTo("invalid-json");
        assertThat(openDsrError(Post.to(bundle, "/opendsr/v2/requests").with("Authorization", Erasures.SECRET).with("Content-Type", "text/plain")
                .send("{}"), 415)).isNotNull();
    }

    private static JsonNode openDsrError(Post.Reply reply, int status) {
        assertThat(reply.status()).as(reply.raw().body()).isEqualTo(status);
        JsonNode error = reply.json().path("error");
        assertThat(error.path("code").asInt()).isEqualTo(status);
        assertThat(error.path("message").asText()).isNotBlank();
        return error.path("errors").path(0);
    }

    private static void awaitStatus(JsonNode request, String status) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(Erasures.status(bundle, request)).isEqualTo(status));
    }

    private static Path record(JsonNode request) {
        return bundle.folder().resolve("data/erasures").resolve(Erasures.id(request) + ".json");
    }

    private static double counted(String outcome) {
        return bundle.bean("mparticleIntercomMetrics", Metrics.class).counters("erasures")
                .filter(counter -> outcome.equals(counter.getId().getTag("outcome"))).mapToDouble(Counter::count).sum();
    }

    private static List<String> events(String customerId) {
        return intercom.contactByExternalId(customerId).map(contact -> intercom.events(contact.id()).stream().map(StoredEvent::name).toList())
                .orElse(List.of());
    }

    private static List<String> names(List<RecordedRequest> requests) {
        return requests.stream().filter(call -> call.kind() == CallKind.EVENT).map(call -> call.body().path("event_name").asText()).toList();
    }

    private static List<Message> deadLetters(String batchId) {
        return bundle.dead().stream().filter(dead -> text(dead, "batchId").equals(batchId)).toList();
    }

    private static List<String> deadAbout(String user) {
        return bundle.dead().stream().map(ErasureTest::body).filter(body -> body.contains(user)).toList();
    }

    private static String body(Message dead) {
        try {
            return dead.isBodyAssignableTo(String.class) ? dead.getBody(String.class)
                    : new String(dead.getBody(byte[].class), StandardCharsets.UTF_8);
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    private static String text(Message message, String name) {
        try {
            return String.valueOf(message.getStringProperty(name));
        } catch (JMSException e) {
            throw new AssertionError(e);
        }
    }

    /** A batch of whoever has these identities, with one event. */
    static ObjectNode batch(String customerId, String email, String event) {
        ObjectNode batch = Batches.event(customerId == null ? "" : customerId, event);
        ObjectNode identities = batch.putObject("user_identities");
        if (customerId != null) {
            identities.put("customer_id", customerId);
        }
        if (email != null) {
            identities.put("email", email);
        }
        return batch;
    }

    private static ObjectNode invalid(String customerId, String email) {
        ObjectNode batch = batch(customerId, email, "x");
        ((ObjectNode) batch.at("/events/0/data")).remove("event_name");
        return batch;
    }
}
