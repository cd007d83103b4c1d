package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.browser.Chromium;
import io.github.mparticleintercom.browser.Tab;
import io.github.mparticleintercom.browser.Tab.Key;
import io.github.mparticleintercom.sandbox.CallKind;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The console in a real browser, without a mouse. Skipped where no Chromium is installed. */
class ConsoleInBrowserTest {

    private static final String HOSTILE = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
    private static final String BATCH = """
            {"batch_id": 1, "timestamp_unixtime_ms": 1700000000000, "user_identities": {"customer_id": "c1"},
             "user_attributes": {"a.b": "x"}, "events": [
              {"event_type": "custom_event", "data": {"event_id": 1, "event_name": "Opened",
               "custom_attributes": {"a": 1, "b": 2, "c": 3, "d": 12345678901234567890, "e": [5], "f": 6}}},
              {"event_type": "custom_event", "data": {"event_id": 2, "event_name": "Opened"}},
              {"event_type": "session_start", "data": {"event_id": 3}}]}
            """;
    /** A quarter of an hour for the pictures, which no test runs for. */
    private static final String QUARTER = """
            { let received = 0, delivered = 0, throttled = 0;
            samples = Array.from({length: 180}, (none, at) => { const wave = Math.sin(at / 17) + Math.sin(at / 5) / 4;
              received += Math.round(90 + 60 * wave + 9 * (at % 3)); delivered += Math.round(120 + 70 * wave); throttled += at > 110 && at < 118 ? 2 : 0;
              return {at: Date.now() - (180 - at) * 5000, received, delivered, throttled, allowed: 1666, used: Math.round(700 + 500 * wave),
                waiting: Math.max(0, Math.round(60 * wave)), oldest: Math.max(0, Math.round(4 * wave))}; }); } undefined""";

    private static final String AUDIT = "mparticle-intercom.audit.file";
    /** What axe-core (github.com/dequelabs/axe-core) finds, each with where. */
    private static final String FINDINGS = "axe.run().then(result => result.violations.flatMap(found =>"
            + " found.nodes.map(node => found.id + ': ' + node.html + ' ' + node.failureSummary)))";
    /** The colours that a person may prefer, each with what is behind all. */
    private static final Map<String, String> SCHEMES = Map.of("light", "rgb(244, 246, 248)", "dark", "rgb(18, 22, 27)");
    private static final Path PICTURES = Path.of("src/main/dist/docs");

    @TempDir
    private static Path folder;
    private static Chromium chromium;
    private static IntercomSandbox intercom;
    private static AuditLines audit;
    private static Bundle bundle;
    private Tab tab;

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.start();
        intercom = IntercomSandbox.start();
        audit = new AuditLines();
        System.setProperty(AUDIT, folder.resolve("audit.jsonl").toString());
        bundle = Bundle.builder().to(intercom).watched().set("console.enabled", "true").set("intercom.app-id", "acme")
                .set("health.queue-millis", "200").start();
        bundle.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:crm?size=7").routeId("crm-export").routeDescription("What the CRM exports").to("direct:mparticle-intercom");
            }
        });
    }

    @AfterAll
    static void stop() throws Exception {
        System.clearProperty(AUDIT);
        if (chromium != null) {
            chromium.close();
            bundle.close();
            audit.close();
            intercom.close();
        }
    }

    @BeforeEach
    void open() {
        tab = chromium.tab();
        tab.open(bundle.managementUrl() + "/");
        tab.until("document.querySelector('#received').textContent !== '-'");
    }

    @AfterEach
    void leaveNothing() throws Exception {
        List<String> complaints = tab.complaints();
        tab.close();
        intercom.reset();
        await().untilAsserted(() -> assertThat(bundle.waiting()).isEmpty());
        List<String> deadLetters = new ArrayList<>();
        for (Message deadLetter : bundle.dead()) {
            deadLetters.add(deadLetter.getStringProperty("deadLetterId"));
        }
        bundle.deadLetters("discarded", deadLetters, null);
        assertThat(complaints).isEmpty();
    }

    @Test
    void followsWhatHappens() {
        int before = number("received");
        assertThat(text("#instance")).startsWith("workspace acme, http://127.0.0.1:");

        bundle.send(Batches.of("c" + System.nanoTime(), 3));
        bundle.send("{\"events\": [{\"event_type\": \"session_start\", \"data\": {}}]}");
        tab.until("document.querySelector('#received').textContent === '" + (before + 4) + "'");
        tab.until("document.querySelector('#skipped-note').textContent.includes('no-identity')");
        tab.until("document.querySelector('#delivered').textContent !== '0'");
        tab.until("[...document.querySelectorAll('#graphs .now')].at(4).textContent === '0'");
        tab.until("document.querySelectorAll('#graphs path')[1].getAttribute('d').startsWith('M')");
        assertThat(tab.look("document.title").asText()).endsWith("mparticle-intercom").contains("acme");
    }

    @Test
    void drawsTheWayFromTheRoutesThatRun() {
        bundle.send("{\"events\": [{\"event_type\": \"session_start\", \"data\": {}}]}");

        tab.until("document.querySelector('#way').innerText.match(/skip-batch[^]*?own\\s*[1-9]/)");
        assertThat(tab.look("[...document.querySelectorAll('#way > li > .route strong')].map(it => it.textContent)"))
                .extracting(name -> name.asText()).contains("crm-export", "entry", "deliver").doesNotContain("batch");
        assertThat(tab.look("[...document.querySelectorAll('#way strong')].find(it => it.textContent === 'batch')"
                + ".closest('ul').closest('li').querySelector('strong').textContent").asText()).isEqualTo("batch-alone");
        assertThat(text("#way")).contains("crm-export yours seda:crm What the CRM exports", "Decide how one mParticle batch is handled")
                .doesNotContain("size=7");
        assertThat(tab.look("document.querySelector('#others').textContent").asText()).contains("health-queues", "dead-letters-api-list");
    }

    @Test
    void findsAllThatIsRecordedOfAnIdByOneClick() throws Exception {
        ObjectNode batch = Batches.event("c-audited", "Opened");
        String event = batch.at("/events/0/data/event_id").asText();
        bundle.send(batch);
        await().untilAsserted(() -> assertThat(audit.with("event_id", event)).hasSize(2));
        bundle.send(Batches.event("c-other", "Opened"));
        writeAudit();
        tab.until("document.querySelector('#trail').innerText.includes('c-other')");

        tab.look("[...document.querySelectorAll('#trail button')].find(it => it.textContent === '" + event + "').focus()");
        tab.press(Key.ENTER);
        tab.until("document.activeElement.id === 'events-title'");
        assertThat(text("#events-title")).isEqualTo("All of " + event);
        assertThat(text("#trail")).contains("queued", "delivered", "c-audited").doesNotContain("c-other");
        tab.tabTo("it.id === 'back'");
        tab.press(Key.ENTER);
        tab.until("document.querySelector('#trail').innerText.includes('c-other')");

        assertThat(tab.look("document.querySelector('#trail time').focus(), getComputedStyle(document.activeElement, '::after').content").asText())
                .contains("Z \u00b7 ");
    }

    @Test
    void resumesDeliveryWhereItIsPaused() {
        intercom.fault(Fault.status(401).always());
        bundle.send(Batches.event("c1", "Opened"));
        tab.until("document.querySelector('#chip').textContent === 'Delivery is paused'");
        assertThat(text("#state")).contains("since", "Set a valid token");
        assertThat(tab.look("document.title").asText()).startsWith("Delivery is paused");

        intercom.clearFaults();
        tab.look("document.querySelector('#state button').focus()");
        tab.press(Key.ENTER);
        tab.until("document.querySelector('#messages').textContent.includes('resumed')");
        tab.until("document.querySelector('#chip').textContent !== 'Delivery is paused'");
        await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));
    }

    @Test
    void saysSinceWhenIntercomIsOut() {
        intercom.fault(Fault.status(503).always());
        bundle.send(Batches.event("c1", "Opened"));

        tab.until("document.querySelector('#chip').textContent === 'Intercom does not answer'");
        tab.until("document.querySelector('#state').innerText.match(/since [0-9:]+ \\(\\d+ s\\)/)");
        intercom.clearFaults();
        tab.until("document.querySelector('#chip').textContent !== 'Intercom does not answer'");
    }

    @Test
    void previewsByKeyboardAndMarksEveryChange() {
        int calls = intercom.calls();
        jump("Preview");
        tab.tabTo("it.id === 'batch'");
        assertThat(tab.look("getComputedStyle(document.activeElement).outlineStyle").asText()).isEqualTo("solid");
        tab.type(BATCH);
        tab.tabTo("it.textContent === 'Preview'");
        tab.press(Key.ENTER);
        tab.until("document.activeElement.id === 'previewed'");

        assertThat(tab.look("[...document.querySelectorAll('#previewed .requests h3')].map(it => it.textContent)"))
                .extracting(line -> line.asText()).containsExactly("POST /contacts", "POST /events", "POST /events");
        assertThat(tab.look("[...document.querySelectorAll('#previewed mark')].map(it => it.textContent.trim()"
                + " + ' ' + it.nextElementSibling.textContent)")).extracting(line -> line.asText())
                .contains("\"a_b\": \"x\" name-cleaned", "\"e\": \"5\" list-joined")
                .anyMatch(line -> line.matches("\"created_at\": \\d+,? same-second"));
        assertThat(tab.look("[...document.querySelectorAll('#previewed li li, #previewed > ul li')].map(it => it.textContent)"))
                .extracting(line -> line.asText())
                .anyMatch(line -> line.startsWith("too-many-attributes event 1, metadata.f changed: More attributes"))
                .anyMatch(line -> line.startsWith("event-type-off event 3 skipped: Events of this type"));
        assertThat(tab.look("document.querySelector('#previewed').textContent").asText()).contains("\"d\": 12345678901234567890,");
        assertThat(intercom.calls()).isEqualTo(calls);
        assertThat(bundle.waiting()).isEmpty();
    }

    @Test
    void replaysByKeyboard() throws Exception {
        String id = deadLetter("Opened", "1");
        jump("Dead letters");
        tab.tabTo("it.textContent === 'Replay' && it.closest('li').dataset.id === '" + id + "'");
        tab.press(Key.ENTER);

        await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));
        tab.until("document.querySelector('#messages span')?.textContent === 'Replayed 1'");
        assertThat(tab.look("document.querySelector('main').getBoundingClientRect().bottom"
                + " <= document.querySelector('#messages').getBoundingClientRect().top").asBoolean()).as("covers nothing").isTrue();
        tab.until("!document.querySelector('[data-id=\"" + id + "\"]')");
        assertThat(tab.look("document.activeElement.tagName").asText()).isNotEqualTo("BODY");
        tab.look("document.querySelector('#messages button').focus()");
        tab.press(Key.ENTER);
        assertThat(text("#messages")).isEmpty();
    }

    @Test
    void editsAndReplaysInPlace() throws Exception {
        ObjectNode batch = Batches.event("c1", "Opened");
        ((ObjectNode) batch.at("/events/0/data")).remove("event_name");
        bundle.send(batch);
        tab.until("document.querySelector('#dead-letters li')");
        jump("Dead letters");
        tab.tabTo("it.textContent === 'Show and edit'");
        tab.press(Key.ENTER);
        tab.until("document.querySelector('#dead-letters textarea')");
        String edited = "#dead-letters textarea";
        tab.tabTo("it.tagName === 'TEXTAREA'");
        tab.look("document.activeElement.setSelectionRange(0, 1)");
        tab.type("{{");
        tab.until("document.querySelector('#dead-letters [role=status]').textContent.startsWith('Not JSON: ')");
        assertThat(tab.look("[...document.querySelectorAll('#dead-letters button')].find(it => it.textContent === 'Replay as edited').disabled")
                .asBoolean()).isTrue();
        tab.look("document.querySelector('" + edited + "').setSelectionRange(0, 2)");
        tab.type("{");
        tab.look("{ const area = document.querySelector('" + edited + "'), at = area.value.indexOf('\"event_id\"'); area.setSelectionRange(at, at); }");
        tab.type("\"event_name\": \"Mended\", ");
        tab.until("document.querySelector('#dead-letters [role=status]').textContent === '1 change:'");
        assertThat(text("#dead-letters ul")).contains("events.0.data.event_name", "added \"Mended\"");
        tab.tabTo("it.textContent === 'Replay as edited'");
        tab.press(Key.ENTER);

        await().untilAsserted(() -> assertThat(intercom.events()).extracting(event -> event.name()).containsExactly("Mended"));
        tab.until("!document.querySelector('#dead-letters li')");
    }

    @Test
    void asksTheNumberBackBeforeItTouchesMany() throws Exception {
        String kept = deadLetter("Opened", "1");
        for (int i = 0; i < 60; i++) {
            bundle.send("{no json " + i);
        }
        tab.until("document.querySelector('#reasons').innerText.includes('invalid-json 60')");
        assertThat(text("#dead-note")).isEqualTo("1 to 50 of 61, the newest first");
        jump("Dead letters");
        tab.tabTo("it.className === 'older'");
        tab.press(Key.ENTER);
        tab.until("document.querySelector('[data-id=\"" + kept + "\"]')");
        assertThat(text("#dead-note")).isEqualTo("51 to 61 of 61, the newest first");

        jump("Dead letters");
        tab.tabTo("it.textContent === 'invalid-json 60'");
        tab.press(Key.ENTER);
        tab.until("document.querySelector('#reason-advice').textContent.startsWith('The text is not JSON. ')");
        tab.tabTo("it.textContent.startsWith('Discard all 60 invalid-json')");
        tab.press(Key.ENTER);
        tab.until("document.activeElement.id === 'number'");
        tab.type("61");
        tab.press(Key.ENTER);
        tab.until("document.querySelector('#messages').textContent.includes('not the number: 60')");
        assertThat(bundle.dead()).hasSize(61);
        // what comes after the number was said is left alone
        bundle.send("{no json either");
        tab.look("document.activeElement.select()");
        tab.type("60");
        tab.press(Key.ENTER);
        tab.until("document.querySelector('#messages').textContent.includes('Discarded 60')");
        assertThat(bundle.dead()).hasSize(2);
        tab.until("document.querySelector('#reasons').innerText.includes('All 2')");
    }

    @Test
    void asksTwiceBeforeItDiscards() throws Exception {
        String id = deadLetter("Opened", "1");
        jump("Dead letters");
        tab.tabTo("it.textContent === 'Discard ...'");
        tab.press(Key.ENTER);
        tab.until("document.activeElement.textContent === 'Keep it'");
        tab.press(Key.ESCAPE);
        tab.until("document.activeElement.textContent === 'Discard ...'");
        assertThat(bundle.dead()).hasSize(1);

        tab.press(Key.ENTER);
        tab.tabTo("it.textContent === 'Yes, discard'");
        tab.press(Key.ENTER);
        tab.until("!document.querySelector('[data-id=\"" + id + "\"]')");
        assertThat(bundle.dead()).isEmpty();
        assertThat(intercom.events()).isEmpty();
    }

    @Test
    void showsHostileTextAsText() throws Exception {
        deadLetter(HOSTILE, HOSTILE);
        jump("Dead letters");
        tab.tabTo("it.textContent === 'Show and edit'");
        tab.press(Key.ENTER);
        tab.until("document.querySelector('#dead-letters textarea')?.value.includes('onerror')");
        tab.look("document.querySelector('#batch').focus()");
        tab.type(Batches.event("c1", HOSTILE).toString());
        tab.tabTo("it.textContent === 'Preview'");
        tab.press(Key.ENTER);
        tab.until("document.querySelector('#previewed pre')?.textContent.includes('onerror')");

        assertThat(tab.look("document.querySelector('#dead-letters').innerText").asText()).contains(HOSTILE);
        assertThat(tab.look("document.querySelectorAll('main img, main script').length").asInt()).isZero();
        assertThat(tab.look("document.title").asText()).doesNotContain("owned");
    }

    @Test
    void mayNeitherMakeMarkupOfTextNorCallAnybodyElse() {
        assertThat(tab.look("(() => { try { document.body.innerHTML = '<b>x</b>'; return 'done'; } catch (refused) {"
                + " return refused.name; } })()").asText()).isEqualTo("TypeError");
        assertThat(tab.look("fetch('" + intercom.baseUrl() + "/me').then(() => 'done', refused => refused.name)").asText())
                .isEqualTo("TypeError");
        assertThat(tab.complaints()).anyMatch(text -> text.contains("TrustedHTML"))
                .anyMatch(text -> text.contains("connect-src"));
        tab.forgetComplaints();
    }

    /** With {@code -Ddocs.write=true} it also takes the pictures of the documents. */
    @ParameterizedTest
    @CsvSource({"desktop, 1280", "phone, 320"})
    void isForEverybody(String device, int width) throws Exception {
        tab.width(width);
        int delivered = intercom.events().size();
        bundle.send(Batches.of("c" + System.nanoTime(), 3));
        // or one of them meets what is meant for another
        await().until(() -> intercom.events().size() == delivered + 3);
        bundle.send("{\"events\": [{\"event_type\": \"session_start\", \"data\": {}}]}");
        String id = deadLetter("Opened", "1");
        writeAudit();
        if (Boolean.getBoolean("docs.write")) {
            tab.look(QUARTER);
            tab.until("document.querySelector('#trail').innerText.includes('dead-lettered')");
            tab.until("document.querySelectorAll('#graphs path')[1].getAttribute('d').length > 500");
            for (String scheme : SCHEMES.keySet()) {
                tab.prefer(scheme);
                tab.picture(PICTURES.resolve("console-" + device + "-" + scheme + ".png"), width, 700);
            }
        }
        deadLetter("a".repeat(150), "e".repeat(150));
        tab.look("document.querySelector('details').open = true");
        tab.look("[...document.querySelectorAll('[data-id=\"" + id + "\"] button')].find(it => it.textContent === 'Show and edit').click()");
        tab.look("document.querySelector('#batch').focus()");
        tab.type(BATCH.replace("Opened", "b".repeat(200)));
        tab.tabTo("it.textContent === 'Preview'");
        tab.press(Key.ENTER);
        tab.until("document.querySelector('#previewed mark') && document.querySelector('#dead-letters textarea')"
                + " && document.querySelector('#trail time')");

        assertThat(tab.look("document.documentElement.scrollWidth").asInt()).isEqualTo(width);
        assertThat(tab.look("[...document.querySelectorAll('main *')].filter(it => it.checkVisibility()"
                + " && !it.closest('.trail') && it.getBoundingClientRect().right > " + width + ").map(it => it.tagName + it.textContent.slice(0, 30))")).isEmpty();
        try (InputStream axe = getClass().getResourceAsStream("/axe.min.js")) {
            tab.look(new String(axe.readAllBytes(), StandardCharsets.UTF_8) + "; undefined");
        }
        for (Map.Entry<String, String> scheme : SCHEMES.entrySet()) {
            tab.prefer(scheme.getKey());
            assertThat(tab.look("getComputedStyle(document.body).backgroundColor").asText()).isEqualTo(scheme.getValue());
            assertThat(tab.look(FINDINGS)).as(scheme.getKey()).isEmpty();
        }
        tab.forgetComplaints();
    }

    @Test
    void asksForTheAuthorizationAndKeepsItToItself() throws Exception {
        try (Bundle guarded = Bundle.builder().watched().set("console.enabled", "true").set("http.authorization", "Bearer x y").start()) {
            tab.open(guarded.managementUrl() + "/");
            tab.until("document.activeElement.id === 'authorization'");
            tab.type("Bearer wrong");
            tab.press(Key.ENTER);
            tab.until("document.querySelector('#state').textContent.includes('not the expected one')");
            assertThat(tab.look("document.querySelector('#received').textContent").asText()).isEqualTo("-");
            tab.type("Bearer x y");
            tab.press(Key.ENTER);
            tab.until("document.querySelector('#received').textContent === '0'");
            assertThat(tab.look("document.querySelector('#sign-in').hidden").asBoolean()).isTrue();
            assertThat(tab.look("localStorage.length + document.cookie.length").asInt()).isZero();
            tab.look("[...document.querySelectorAll('nav a')].find(it => it.textContent === 'Health').click()");
            tab.until("document.querySelector('#viewer').open && document.querySelector('#viewer-text').textContent.includes('mparticle-intercom-broker')");
            tab.open(guarded.managementUrl() + "/");
            tab.until("document.querySelector('#received').textContent === '0'");
            assertThat(tab.look("document.querySelector('#sign-in').hidden").asBoolean()).as("kept for the session").isTrue();
        }
    }

    /** Dead-letters an event that Intercom refuses and returns its letter's id once the page shows it. */
    private String deadLetter(String name, String eventId) throws JMSException {
        intercom.seed().user("c1", null);
        intercom.fault(Fault.status(422).on(CallKind.EVENT));
        ObjectNode batch = Batches.event("c1", name);
        ((ObjectNode) batch.at("/events/0/data")).put("event_id", eventId + System.nanoTime());
        int before = bundle.dead().size();
        bundle.send(batch);
        await().untilAsserted(() -> assertThat(bundle.dead()).hasSize(before + 1));
        String id = bundle.dead().get(before).getStringProperty("deadLetterId");
        tab.until("document.querySelector('[data-id=\"" + id + "\"]')");
        return id;
    }

    /** The keys of a person without a mouse: from link to link, and into the section. */
    private void jump(String section) {
        tab.look("document.querySelector('nav a').focus()");
        tab.look("[...document.querySelectorAll('nav a')].find(it => it.textContent === '" + section + "').focus()");
        tab.press(Key.ENTER);
    }

    /** Writes what the log of the distribution would have written. */
    private static void writeAudit() throws IOException {
        Files.write(folder.resolve("audit.jsonl"), audit.texts());
    }

    private String text(String selector) {
        return tab.look("document.querySelector('" + selector + "').innerText.replace(/\\s+/g, ' ')").asText();
    }

    private int number(String id) {
        return Integer.parseInt(tab.look("document.querySelector('#" + id + "').textContent").asText());
    }
}
