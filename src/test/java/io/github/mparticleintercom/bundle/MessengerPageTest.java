package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The Messenger's script in a real browser. */
class MessengerPageTest {

    /** Stands in for Intercom's Messenger and remembers what it is told. */
    private static final String STAND_IN = "<script>window.told = [];"
            + "window.Intercom = function () { told.push(Array.from(arguments)); };</script>";
    private static final Pattern TOLD = Pattern.compile("<title>(.*?)</title>", Pattern.DOTALL);
    private static final String HOSTILE = "#x,');</script><script>window.broken=1</script>\u2028//\\";

    @Test
    void bootsAndOpensOnAClickOnTheWidget() throws Exception {
        try (Bundle bundle = MessengerTest.door().set("intercom.app-id", "workspace-1").start()) {
            String page = Chromium.open(page(STAND_IN, bundle, "<a id='IntercomDefaultWidget' href='/away'><b>Help</b></a>",
                    "document.querySelector('b').click(); document.body.click(); document.title = JSON.stringify(told);"));

            assertThat(told(page)).hasToString("[[\"boot\",{\"app_id\":\"workspace-1\",\"widget\":"
                    + "{\"activator\":\"#IntercomDefaultWidget\"}}],[\"show\"]]");
        }
    }

    @Test
    void loadsTheMessengerWhereThePageHasNone() throws Exception {
        try (Bundle bundle = MessengerTest.door().set("intercom.app-id", "work/space").start()) {
            String page = Chromium.open(page("<script>window.intercomSettings = {user_id: 'c1'}</script>", bundle, "",
                    "document.title = JSON.stringify(Intercom.q.map(call => Array.from(call)));"));

            assertThat(page).contains("src=\"https://widget.intercom.io/widget/work%2Fspace\"");
            assertThat(told(page).at("/0/1/user_id").asText()).isEqualTo("c1");
            assertThat(told(page).at("/0/1/app_id").asText()).isEqualTo("work/space");
        }
    }

    @Test
    void noSettingBreaksOutOfTheScript() throws Exception {
        try (Bundle bundle = MessengerTest.door().set("intercom.app-id", HOSTILE)
                .set("platform.web.widget-id", HOSTILE).start()) {
            String page = Chromium.open(page(STAND_IN, bundle, "<p>Help</p>", "document.querySelector('p').click();"
                    + "document.title = JSON.stringify([told[0][1].app_id, told[0][1].widget.activator, told.length, !!window.broken]);"));

            assertThat(told(page)).isEqualTo(Json.MAPPER.createArrayNode().add(HOSTILE).add(HOSTILE).add(1).add(false));
        }
    }

    private static String page(String before, Bundle bundle, String body, String after) {
        return "<!doctype html><html><head><title></title>" + before + "<script src='" + bundle.url()
                + "/messenger/web.js'></script></head><body>" + body + "<script>" + after + "</script></body></html>";
    }

    private static JsonNode told(String page) throws Exception {
        Matcher title = TOLD.matcher(page);
        assertThat(title.find()).isTrue();
        return Json.MAPPER.readTree(title.group(1).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"));
    }
}
