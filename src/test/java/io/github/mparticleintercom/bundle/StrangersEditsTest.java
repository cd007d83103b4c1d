package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.check.OfflineCheck;
import io.github.mparticleintercom.check.Problem;
import io.github.mparticleintercom.metrics.Metrics;
import io.github.mparticleintercom.recipes.KafkaBroker;
import io.github.mparticleintercom.recipes.Recipe;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.RecordedRequest;
import io.github.mparticleintercom.sandbox.StoredEvent;
import io.micrometer.core.instrument.Counter;
import jakarta.jms.Connection;
import jakarta.jms.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Message;
import org.apache.camel.Route;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.processor.TotalRequestsThrottler;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.EventNotifier;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each edit of the README's table, made from the text of its recipe on a copy of routes and settings: it is one file, the check
 * finds nothing wrong with it, and Intercom, the receipt, the audit log and the metrics show what it is for.
 */
class StrangersEditsTest extends WithIntercom {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| \\[(.+?)]\\((?:src/main/dist/)?docs/recipes\\.md#([a-z0-9-]+)\\) \\| `(.+?)`.*\\|$");
    private static final String BATCH = """
            {"batch_id": "b1", "timestamp_unixtime_ms": 1700000000123, "user_identities": {"customer_id": "c1"},
             "device_info": {"platform": "web"}, "user_attributes": {"plan": "pro"}, "events": [
              {"event_type": "custom_event", "data": {"event_id": "e1", "event_name": "Signed up", "custom_attributes":
               {"sku": "1", "b": "2", "c": "3", "d": "4", "e": "5", "f": "6", "g": "7", "h": "8", "total": "9", "order_id": "10"}}},
              {"event_type": "custom_event", "data": {"event_id": "e2", "event_name": "Opened"}},
              {"event_type": "screen_view", "data": {"event_id": "e3", "screen_name": "Settings"}},
              {"event_type": "session_start", "data": {"event_id": "e4"}},
              {"event_type": "commerce_event", "data": {"event_id": "e5", "product_action": {"action": "purchase",
               "total_amount": 9.5}}}]}""";

    private final AuditLines audit = new AuditLines();
    @TempDir
    private Path home;

    @AfterEach
    void closeAudit() {
        audit.close();
    }

    @Test
    void theReadmeNamesTheFileOfEveryEdit() throws IOException {
        Map<String, String> rows = new LinkedHashMap<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("README.md")));
        while (row.find()) {
            Recipe recipe = recipe(row.group(2));
            assertThat(row.group(3)).as("the file in the README of '%s'", row.group(1)).isEqualTo(recipe.file());
            rows.put(row.group(2), row.group(1));
        }
        assertThat(rows).hasSize(20);
    }

    @Test
    void onlyListedEvents() throws Exception {
        try (Bundle bundle = edited("Forward only listed events").start()) {
            JsonNode receipt = bundle.send(BATCH);
            assertThat(receipt.at("/skipped/reasons/event-name-off").asInt()).isEqualTo(2);
            assertThat(audit.with("event_id", "e2")).singleElement().satisfies(line -> assertThat(line.path("reason").asText())
                    .isEqualTo("event-name-off"));
            assertThat(counted(bundle, "events", "outcome", "skipped", "reason", "event-name-off")).isEqualTo(2);
            awaitEvents("Signed up", "purchase");
        }
    }

    @Test
    void aUserAttributeIsRenamed() throws Exception {
        try (Bundle bundle = edited("Rename a user attribute").start()) {
            bundle.send(BATCH);
            awaitEvents("Signed up", "Opened", "screen_view", "purchase");
            assertThat(intercom.requests("POST", "/contacts").get(0).rawBody()).contains("\"subscription_plan\":\"pro\"")
                    .doesNotContain("\"plan\"");
        }
    }

    @Test
    void usersAreAttachedToTheirCompanies() throws Exception {
        try (Bundle bundle = edited("Attach users to their companies").start()) {
            bundle.send("""
                    {"user_identities": {"customer_id": "c1"}, "user_attributes": {"company_id": "acme", "company_name": "Acme", "vip": null}}
                    """);
            await().untilAsserted(() -> assertThat(intercom.contactByExternalId("c1").map(contact -> intercom.tags(contact.id())))
                    .hasValue(List.of("vip")));
            assertThat(intercom.companies(intercom.contactByExternalId("c1").orElseThrow().id()))
                    .extracting(company -> company.field("name").asText()).containsExactly("Acme");
        }
    }

    @Test
    void whoIsToBeForgottenIsArchived() throws Exception {
        String id = intercom.seed().user("c1", null).id();
        try (Bundle bundle = Erasures.on(edited("Archive users who are to be forgotten")).start()) {
            Erasures.post(bundle, Erasures.ofCustomer("c1"));
            await().untilAsserted(() -> assertThat(intercom.contact(id).orElseThrow().archived()).isTrue());
        }
    }

    @Test
    void anEventAttributeIsRenamed() throws Exception {
        try (Bundle bundle = edited("Rename an event attribute").start()) {
            bundle.send(BATCH);
            assertThat(metadata("Signed up")).contains("product_code").doesNotContain("sku");
        }
    }

    @Test
    void theAttributesThatMatterStay() throws Exception {
        try (Bundle bundle = edited("Keep the attributes that matter").start()) {
            JsonNode receipt = bundle.send(BATCH);
            assertThat(receipt.at("/changed/too-many-attributes").asInt()).isEqualTo(5);
            assertThat(counted(bundle, "changes", "reason", "too-many-attributes")).isEqualTo(5);
            assertThat(metadata("Signed up")).containsExactlyInAnyOrder("order_id", "total", "sku", "b", "c");
        }
    }

    @Test
    void tenAttributes() throws Exception {
        try (Bundle bundle = edited("Raise the limit of event attributes to ten").start()) {
            assertThat(bundle.send(BATCH).at("/changed").isEmpty()).isTrue();
            assertThat(metadata("Signed up")).hasSize(10);
        }
    }

    @Test
    void theRateIsLower() throws Exception {
        try (Bundle bundle = edited("Lower the rate of calls").start()) {
            bundle.send(BATCH);
            awaitEvents("Signed up", "Opened", "screen_view", "purchase");
            List<Integer> limits = new ArrayList<>();
            for (Route route : bundle.context().getRoutes()) {
                route.filter("*").stream().filter(TotalRequestsThrottler.class::isInstance)
                        .forEach(throttle -> limits.add(((TotalRequestsThrottler) throttle).getCurrentMaximumRequests()));
            }
            assertThat(limits).containsExactly(500);
        }
    }

    @Test
    void onlyWithConsentByHttpFilesAndJms() throws Exception {
        Bundle.Builder edited = edited("Forward a batch only with consent").set("http.enabled", "true").set("files.enabled", "true")
                .set("files.settle-millis", "1").set("jms.enabled", "true");
        try (Bundle bundle = edited.start()) {
            Post.Reply refused = Post.to(bundle, "/v2/events").send(Batches.signup("http-without"));
            assertThat(refused.status()).isEqualTo(202);
            assertThat(refused.json().at("/skipped/reasons/no-consent").asInt()).isEqualTo(1);
            Post.to(bundle, "/v2/events").send(withConsent("http-with", "true"));
            Post.to(bundle, "/v2/events").send(withConsent("http-refused", "false"));
            Path inbox = Files.createDirectories(bundle.folder().resolve("inbox"));
            Files.writeString(inbox.resolve("batches.jsonl"), Batches.signup("file-without") + "\n" + withConsent("file-with", "true"));
            sendByJms(bundle, Batches.signup("jms-without"), withConsent("jms-with", "true"));

            await().untilAsserted(() -> assertThat(new TreeSet<>(intercom.contacts().stream().map(contact -> contact.externalId())
                    .toList())).containsExactly("file-with", "http-with", "jms-with"));
            for (String batch : List.of("http-without", "http-refused", "file-without", "jms-without")) {
                await().untilAsserted(() -> assertThat(audit.with("batch_id", batch)).isNotEmpty().allSatisfy(line -> {
                    assertThat(line.path("outcome").asText()).isEqualTo("skipped");
                    assertThat(line.path("reason").asText()).isEqualTo("no-consent");
                }));
            }
            assertThat(counted(bundle, "batches", "outcome", "skipped", "reason", "no-consent")).isEqualTo(4);
        }
    }

    @Test
    void someEventsOnlyWithConsent() throws Exception {
        try (Bundle bundle = edited("Forward some events only with consent").start()) {
            assertThat(bundle.send(BATCH).at("/skipped/reasons/no-consent").asInt()).isEqualTo(1);
            awaitEvents("Signed up", "Opened", "screen_view");
            assertThat(audit.with("event_id", "e5")).singleElement().satisfies(line -> assertThat(line.path("reason").asText())
                    .isEqualTo("no-consent"));
            assertThat(counted(bundle, "events", "outcome", "skipped", "reason", "no-consent")).isEqualTo(1);
            bundle.send(BATCH.replace("\"b1\",", "\"b2\", \"consent_state\": {\"gdpr\": {\"Marketing\": {\"consented\": true}}},"));
            awaitEvents("Signed up", "Opened", "screen_view", "purchase");
        }
    }

    @Test
    void skippedEventsHaveAReasonOfTheEngineersOwn() throws Exception {
        try (Bundle bundle = edited("Give skipped events a reason of your own").start()) {
            JsonNode receipt = bundle.send(BATCH);
            assertThat(receipt.at("/skipped/reasons/not-for-intercom").asInt()).isEqualTo(1);
            assertThat(audit.with("event_id", "e4")).singleElement().satisfies(line -> assertThat(line.path("reason").asText())
                    .isEqualTo("not-for-intercom"));
            assertThat(counted(bundle, "events", "outcome", "skipped", "reason", "not-for-intercom")).isEqualTo(1);
            awaitEvents("Signed up", "Opened", "screen_view", "purchase");
        }
        assertThat(notes()).anyMatch(note -> note.toString().contains("not-for-intercom"));
    }

    @Test
    void everyScreenHasItsOwnEventName() throws Exception {
        try (Bundle bundle = edited("Name each screen view after its screen").start()) {
            bundle.send(BATCH);
            awaitEvents("Signed up", "Opened", "Viewed Settings", "purchase");
        }
    }

    @Test
    void everySkippedBatchIsCopied() throws Exception {
        Path folder = home.resolve("skipped");
        Bundle.Builder edited = edited("Copy every skipped batch to a folder").set("skipped-batches.folder", folder.toString())
                .set("http.enabled", "true");
        try (Bundle bundle = edited.start()) {
            Post.to(bundle, "/v2/events").send(BATCH.replace("customer_id", "other"));
            JsonNode receipt = bundle.send(BATCH);
            assertThat(receipt.at("/queued/events").asInt()).isEqualTo(4);
            Path file = folder.resolve("batches.jsonl");
            await().untilAsserted(() -> assertThat(file).content().contains("\"other\"").endsWith("\n"));
            assertThat(Files.readString(file)).doesNotContain("customer_id").hasLineCount(1);
            awaitEvents("Signed up", "Opened", "screen_view", "purchase");
        }
    }

    @Test
    void aSettingOfTheEngineersOwn() throws Exception {
        Recipe recipe = Recipe.of("Skip platforms by a setting of your own");
        try (Bundle bundle = edited("Skip platforms by a setting of your own").set("skipped.platforms", "web,tvos").start()) {
            JsonNode receipt = bundle.send(BATCH);
            assertThat(receipt.at("/skipped/reasons/platform-off").asInt()).isEqualTo(1);
            assertThat(counted(bundle, "events", "outcome", "skipped", "reason", "platform-off")).isEqualTo(5);
            bundle.send(BATCH.replace("\"web\"", "\"ios\"").replace("b1", "b2"));
            awaitEvents("Signed up", "Opened", "screen_view", "purchase");
        }
        assertThat(recipe.file()).isEqualTo("routes/batch.camel.yaml");
    }

    @Test
    void batchesFromKafka() throws Exception {
        try (KafkaBroker kafka = new KafkaBroker(home.resolve("kafka"))) {
            kafka.send("mparticle.batches", BATCH);
            try (Bundle ignored = edited("Take batches from Kafka").camel("kafka.brokers", kafka.address()).start()) {
                awaitEvents("Signed up", "Opened", "screen_view", "purchase");
            }
        }
    }

    @Test
    void aKafkaThatIsUnavailableTurnsNoCallerAway() throws Exception {
        try (Bundle bundle = edited("Take batches from Kafka").camel("kafka.brokers", "127.0.0.1:1").start()) {
            HealthCheckRegistry checks = HealthCheckRegistry.get(bundle.context());
            await().atMost(Duration.ofSeconds(30)).until(() -> checks.stream().anyMatch(check -> check.getId().equals("consumer:kafka-batches")
                    && check.call().getState() == HealthCheck.State.DOWN));
            await().until(() -> HealthCheckHelper.isResultsUp(HealthCheckHelper.invokeReadiness(bundle.context()), true));
            bundle.context().getRouteController().stopRoute("mparticle-intercom-entry");
            assertThat(HealthCheckHelper.isResultsUp(HealthCheckHelper.invokeReadiness(bundle.context()), true)).isFalse();
        }
    }

    @Test
    void aSecondWorkspace() throws Exception {
        try (IntercomSandbox other = IntercomSandbox.start();
                Bundle first = Bundle.builder().to(intercom).set("http.enabled", "true").start();
                Bundle second = edited("Deliver to a second workspace").to(other).set("http.enabled", "true").start()) {
            assertThat(Post.to(first, "/v2/events").send(BATCH).status()).isEqualTo(202);
            assertThat(Post.to(second, "/v2/events").send(BATCH).status()).isEqualTo(202);
            awaitEvents("Signed up", "Opened", "screen_view", "purchase");
            await().untilAsserted(() -> assertThat(other.events()).extracting(StoredEvent::name).containsExactly("purchase"));
        }
    }

    @Test
    void aSingleEventIsMapped() throws Exception {
        try (Bundle bundle = edited("Map a single event").set("limits.event-attributes", "10").start()) {
            assertThat(bundle.send(BATCH).at("/skipped/reasons/event-name-off").asInt()).isEqualTo(1);
            awaitEvents("Registered", "screen_view", "purchase");
            assertThat(metadata("Registered")).contains("plan", "product_code", "order_id").doesNotContain("sku", "total");
        }
    }

    @Test
    void eachProductIsAnEvent() throws Exception {
        try (Bundle bundle = edited("Send an event for each product").start()) {
            JsonNode receipt = bundle.send(BATCH.replace("\"total_amount\": 9.5", "\"products\": [{\"id\": \"p1\"}, {\"id\": \"p1\"}]"));
            assertThat(receipt.at("/queued/products").asInt()).isEqualTo(2);
            awaitEvents("Signed up", "Opened", "screen_view", "purchase", "purchase_product", "purchase_product");
            assertThat(audit.with("event_id", "e5")).extracting(line -> line.path("outcome").asText()).contains("queued");
            assertThat(counted(bundle, "events", "outcome", "queued")).isEqualTo(4);
            assertThat(counted(bundle, "requests", "operation", "event", "outcome", "queued")).isEqualTo(6);
        }
    }

    @Test
    void theEndOfASessionIsForwarded() throws Exception {
        try (Bundle bundle = edited("Forward the end of a session").start()) {
            bundle.send(BATCH.replace("session_start", "session_end").replace("\"e4\"", "\"e4\", \"session_duration_ms\": 5"));
            awaitEvents("Signed up", "Opened", "screen_view", "session_end", "purchase");
            assertThat(metadata("session_end")).containsExactly("session_duration_ms");
        }
    }

    @Test
    void aConflictIsADeadLetter() throws Exception {
        try (Bundle bundle = edited("Change what happens on a 409").start()) {
            intercom.seed().user("c1", null);
            bundle.send(BATCH);
            await().untilAsserted(() -> assertThat(bundle.dead()).singleElement().satisfies(letter ->
                    assertThat(letter.getStringProperty("reason")).isEqualTo("contact-exists")));
            awaitEvents("Signed up", "Opened", "screen_view", "purchase");
            assertThat(intercom.requests("PUT", "/contacts")).isEmpty();
            await().untilAsserted(() -> assertThat(audit.with("reason", "contact-exists")).singleElement().satisfies(line ->
                    assertThat(line.path("outcome").asText()).isEqualTo("dead_lettered")));
            assertThat(counted(bundle, "dead.letters", "outcome", "dead_lettered", "reason", "contact-exists")).isEqualTo(1);
        }
    }

    @Test
    void anotherRegion() throws Exception {
        List<String> addresses = new CopyOnWriteArrayList<>();
        // nothing leaves this machine: the sandbox stands behind Intercom's address
        EventNotifier network = new EventNotifierSupport() {
            @Override
            public void notify(CamelEvent event) {
                Message message = ((CamelEvent.ExchangeSendingEvent) event).getExchange().getMessage();
                String address = message.getHeader("CamelHttpUri", "", String.class);
                if (address.startsWith("https://")) {
                    addresses.add(address);
                    message.setHeader("CamelHttpUri", address.replaceFirst("https://[^/]+", intercom.baseUrl()));
                }
            }

            @Override
            public boolean isEnabled(CamelEvent event) {
                return event instanceof CamelEvent.ExchangeSendingEvent;
            }
        };
        Bundle.Builder edited = edited("Choose the region").set("intercom.base-url", "").bind("network", network);
        try (Bundle bundle = edited.start()) {
            assertThat(bundle.context().getManagementStrategy().getEventNotifiers()).contains(network);
            bundle.send(BATCH);
            awaitEvents("Signed up", "Opened", "screen_view", "purchase");
            assertThat(addresses).hasSize(5).allMatch(address -> address.startsWith("https://api.eu.intercom.io/"));
        }
    }

    /** The bundle after this edit, which the check has nothing against and which changes one file only. */
    private Bundle.Builder edited(String title) throws Exception {
        Recipe recipe = Recipe.of(title);
        Path folder = recipe.in(home.resolve("edited"));
        assertThat(problems()).as("what check says of '%s'", title).isEmpty();
        Set<String> different = new TreeSet<>();
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path shipped = folder.relativize(file);
                if (!Files.exists(shipped) || Files.mismatch(shipped, file) >= 0) {
                    different.add(shipped.toString());
                }
            }
        }
        assertThat(different).containsExactly(recipe.file());
        return Bundle.builder().to(intercom).from(folder).set("events.mapping", folder.resolve("event-mapping.yaml").toString());
    }

    private List<Problem> problems() throws IOException {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            return check(context).problems();
        }
    }

    private List<Problem> notes() throws IOException {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            return check(context).notes();
        }
    }

    private OfflineCheck check(DefaultCamelContext context) {
        Path settings = home.resolve("edited/application.properties");
        context.getPropertiesComponent().setLocation("file:" + settings);
        return new OfflineCheck(context, settings, home.resolve("edited/routes"));
    }

    /** The recipe that a link leads to. */
    private static Recipe recipe(String anchor) throws IOException {
        List<String> titles = Recipe.titles().stream().filter(title -> title.toLowerCase().replace(' ', '-').equals(anchor)).toList();
        assertThat(titles).as("recipes of the link #%s", anchor).hasSize(1);
        return Recipe.of(titles.get(0));
    }

    private static String withConsent(String id, String given) {
        return Batches.signup(id).replaceFirst("\\{", "{\"consent_state\": {\"gdpr\": {\"marketing\": {\"consented\": " + given + "}}}, ");
    }

    private static void sendByJms(Bundle bundle, String... batches) throws Exception {
        try (Connection connection = bundle.connect(); Session session = connection.createSession()) {
            for (String batch : batches) {
                session.createProducer(session.createQueue("mparticle.batches")).send(session.createTextMessage(batch));
            }
        }
    }

    private static double counted(Bundle bundle, String metric, String... labels) {
        return bundle.bean("mparticleIntercomMetrics", Metrics.class).counters(metric).filter(counter -> {
            for (int i = 0; i < labels.length; i += 2) {
                if (!labels[i + 1].equals(counter.getId().getTag(labels[i]))) {
                    return false;
                }
            }
            return true;
        }).mapToDouble(Counter::count).sum();
    }

    private List<String> metadata(String event) {
        await().untilAsserted(() -> assertThat(intercom.events()).extracting(StoredEvent::name).contains(event));
        List<String> names = new ArrayList<>();
        intercom.events().stream().filter(stored -> stored.name().equals(event)).findFirst().orElseThrow().metadata().fieldNames()
                .forEachRemaining(names::add);
        return names;
    }

    private void awaitEvents(String... names) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(intercom.requests("POST", "/events"))
                .extracting(RecordedRequest::rawBody).hasSize(names.length)
                .allSatisfy(body -> assertThat(List.of(names)).anyMatch(name -> body.contains("\"event_name\":\"" + name + "\""))));
        // a request is known a moment before its event is kept
        await().untilAsserted(() -> assertThat(intercom.events()).extracting(StoredEvent::name).containsExactlyInAnyOrder(names));
    }
}
