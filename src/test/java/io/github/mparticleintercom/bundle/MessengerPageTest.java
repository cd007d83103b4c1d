package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.browser.Chromium;
import io.github.mparticleintercom.browser.Tab;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Messenger's script in a real browser. */
class MessengerPageTest {

    /** Stands in for Intercom's Messenger and remembers what it is told. */
    private static final String STAND_IN = "window.told = []; window.Intercom = (...call) => { told.push(call); };";
    private static final String HOSTILE = "#x,');</script><script>window.broken=1</script>\u2028//\\";
    private static Chromium chromium;

    @BeforeAll
    static void start() throws Exception {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() throws Exception {
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void bootsAndOpensOnAClickOnTheWidget() throws Exception {
        JsonNode told = look("#IntercomDefaultWidget", "workspace-1", STAND_IN,
                "<a id='IntercomDefaultWidget' href='/away'><b>Help</b></a>",
                "(document.querySelector('b').click(), document.body.click(), told)");

        assertThat(told).hasToString("[[\"boot\",{\"app_id\":\"workspace-1\",\"widget\":"
                + "{\"activator\":\"#IntercomDefaultWidget\"}}],[\"show\"]]");
    }

    @Test
    void loadsTheMessengerWhereThePageHasNone() throws Exception {
        JsonNode page = look("#IntercomDefaultWidget", "work/space", "window.intercomSettings = {user_id: 'c1'};", "",
                "({source: document.querySelector('script[async]').src, call: Array.from(Intercom.q[0])})");

        assertThat(page.path("source").asText()).isEqualTo("https://widget.intercom.io/widget/work%2Fspace");
        assertThat(page.at("/call/1/user_id").asText()).isEqualTo("c1");
        assertThat(page.at("/call/1/app_id").asText()).isEqualTo("work/space");
    }

    @Test
    void noSettingBreaksOutOfTheScript() throws Exception {
        JsonNode page = look(HOSTILE, HOSTILE, STAND_IN, "<p>Help</p>", "(document.querySelector('p').click(),"
                + " [told[0][1].app_id, told[0][1].widget.activator, told.length, Boolean(window.broken)])");

        assertThat(page).isEqualTo(Json.MAPPER.createArrayNode().add(HOSTILE).add(HOSTILE).add(1).add(false));
    }

    private static JsonNode look(String widgetId, String appId, String before, String body, String expression) throws Exception {
        try (Bundle bundle = MessengerTest.door().set("intercom.app-id", appId).set("platform.web.widget-id", widgetId).start();
                Tab tab = chromium.tab()) {
            String page = "<!doctype html><html><head><script>" + before + "</script><script src='" + bundle.url()
                    + "/messenger/web.js'></script></head><body>" + body + "</body></html>";
            tab.open("data:text/html;charset=utf-8;base64,"
                    + Base64.getEncoder().encodeToString(page.getBytes(StandardCharsets.UTF_8)));
            tab.until("typeof Intercom === 'function' && document.readyState === 'complete'");
            return tab.look(expression);
        }
    }
}
