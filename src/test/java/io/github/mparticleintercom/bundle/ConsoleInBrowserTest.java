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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    /** Every text whose colour is too near to what is behind it (WCAG 2.2, 1.4.3: 4.5 to 1). */
    private static final String FAINT = """
            (() => {
              const light = colour => colour.map(part => part / 255)
                .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
                .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
              const parts = text => text.match(/[\\d.]+/g).map(Number);
              const behind = it => { for (; it; it = it.parentElement) {
                const colour = parts(getComputedStyle(it).backgroundColor);
                if (colour.length === 3 || colour[3] > 0) return colour.slice(0, 3); } return [255, 255, 255]; };
              return [...document.querySelectorAll('body *')].filter(it => it.checkVisibility() && !it.matches('script, :disabled')
                  && [...it.childNodes].some(node => node.nodeType === 3 && node.data.trim()))
                .map(it => { const [one, other] = [light(parts(getComputedStyle(it).color).slice(0, 3)), light(behind(it))];
                  return [(Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05), it.tagName + ' ' + it.textContent.slice(0, 30)]; })
                .filter(([ratio]) => ratio < 4.5).map(String);
            })()""";

    private static Chromium chromium;
    private static IntercomSandbox intercom;
    private static Bundle bundle;
    private Tab tab;

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.start();
        intercom = IntercomSandbox.start();
        bundle = Bundle.builder().to(intercom).watched().set("console.enabled", "true").start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (chromium != null) {
            chromium.close();
            bundle.close();
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
        String way = "[...document.querySelectorAll('#way .box')].map(it => it.innerText).join(' ')";
        assertThat(tab.look(way).asText()).contains("HTTP", "off", "Batch", "Skipped", "Queue", "Deliver", "Dead letters", "Intercom");

        bundle.send(Batches.of("c" + System.nanoTime(), 3));
        bundle.send("{\"events\": [{\"event_type\": \"session_start\", \"data\": {}}]}");
        tab.until("document.querySelector('#received').textContent === '" + (before + 4) + "'");
        tab.until("document.querySelector('#skipped-note').textContent.includes('no-identity')");
        tab.until("document.querySelector('#delivered').textContent !== '0'");
        tab.until(way + ".match(/skip-batch [1-9]/)");
        assertThat(tab.look("document.querySelector('#state').textContent").asText()).doesNotContain("Asking");
    }

    @Test
    void previewsByKeyboardAndMarksEveryChange() {
        int calls = intercom.calls();
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
        tab.tabTo("it.textContent === 'Replay' && it.closest('li').dataset.id === '" + id + "'");
        tab.press(Key.ENTER);

        await().untilAsserted(() -> assertThat(intercom.events()).hasSize(1));
        tab.until("document.querySelector('#news').textContent === 'Replayed'");
        tab.until("!document.querySelector('[data-id=\"" + id + "\"]')");
        assertThat(tab.look("document.activeElement.tagName").asText()).isNotEqualTo("BODY");
    }

    @Test
    void asksTwiceBeforeItDiscards() throws Exception {
        String id = deadLetter("Opened", "1");
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
        tab.tabTo("it.textContent === 'Show'");
        tab.press(Key.ENTER);
        tab.until("document.querySelector('#dead-letters pre')?.textContent.includes('onerror')");
        tab.look("document.querySelector('#batch').focus()");
        tab.type(Batches.event("c1", HOSTILE).toString());
        tab.tabTo("it.textContent === 'Preview'");
        tab.press(Key.ENTER);
        tab.until("document.querySelector('#previewed pre')?.textContent.includes('onerror')");

        assertThat(tab.look("document.querySelector('#dead-letters').innerText").asText()).contains("event " + HOSTILE);
        assertThat(tab.look("document.querySelectorAll('main img, main script').length").asInt()).isZero();
        assertThat(tab.look("document.title").asText()).isEqualTo("mparticle-intercom");
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

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void isReadableOnAPhone(String scheme) throws Exception {
        tab.width(360);
        tab.prefer(scheme);
        deadLetter("a".repeat(150), "e".repeat(150));
        tab.look("document.querySelector('details').open = true");
        tab.tabTo("it.textContent === 'Show'");
        tab.press(Key.ENTER);
        tab.look("document.querySelector('#batch').focus()");
        tab.type(BATCH.replace("Opened", "b".repeat(200)));
        tab.tabTo("it.textContent === 'Preview'");
        tab.press(Key.ENTER);
        tab.until("document.querySelector('#previewed mark') && document.querySelector('#dead-letters pre').textContent");

        assertThat(tab.look("document.documentElement.scrollWidth").asInt()).isEqualTo(360);
        assertThat(tab.look("[...document.querySelectorAll('main *')].filter(it => it.checkVisibility()"
                + " && it.getBoundingClientRect().right > 360).map(it => it.tagName + it.textContent.slice(0, 30))")).isEmpty();
        assertThat(tab.look("getComputedStyle(document.body).backgroundColor").asText())
                .isEqualTo(scheme.equals("dark") ? "rgb(20, 23, 28)" : "rgb(246, 247, 249)");
        assertThat(tab.look(FAINT)).isEmpty();
    }

    @Test
    void everyControlHasANameAndEveryHeadingItsPlace() {
        assertThat(tab.look("[...document.querySelectorAll('button, input, textarea')].filter(it =>"
                + " !(it.textContent.trim() || it.labels?.length)).map(it => it.outerHTML)")).isEmpty();
        assertThat(tab.look("document.documentElement.lang").asText()).isEqualTo("en");
        assertThat(tab.look("[...document.querySelectorAll('[role=status]')].map(it => it.id)")).extracting(id -> id.asText())
                .containsExactly("state", "news");
        assertThat(tab.look("[...document.querySelectorAll('main > section')].every(it =>"
                + " document.getElementById(it.getAttribute('aria-labelledby'))?.tagName === 'H2')").asBoolean()).isTrue();
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
            assertThat(tab.look("localStorage.length + sessionStorage.length + document.cookie.length").asInt()).isZero();
        }
    }

    /** Dead-letters an event that Intercom refuses and returns its letter's id once the page shows it. */
    private String deadLetter(String name, String eventId) throws JMSException {
        intercom.seed().user("c1", null);
        intercom.fault(Fault.status(422).on(CallKind.EVENT));
        ObjectNode batch = Batches.event("c1", name);
        ((ObjectNode) batch.at("/events/0/data")).put("event_id", eventId + System.nanoTime());
        bundle.send(batch);
        await().untilAsserted(() -> assertThat(bundle.dead()).hasSize(1));
        String id = bundle.dead().get(0).getStringProperty("deadLetterId");
        tab.until("document.querySelector('[data-id=\"" + id + "\"]')");
        return id;
    }

    private int number(String id) {
        return Integer.parseInt(tab.look("document.querySelector('#" + id + "').textContent").asText());
    }
}
