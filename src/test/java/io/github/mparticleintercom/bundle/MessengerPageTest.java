package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.browser.Chromium;
import io.github.mparticleintercom.browser.Tab;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Messenger's script in a real browser. */
class MessengerPageTest {

    /** Stands in for Intercom's Messenger and remembers what it is calls. */
    private static final String STAND_IN = "<script>window.calls = [];"
            + "window.Intercom = function () { calls.push(Array.from(arguments)); };</script>";
    private static final String HOSTILE = "#x,');</script><script>window.broken=1</script>\u2028\\";
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
        try (Bundle bundle = MessengerTest.messenger().set("intercom.app-id", "workspace-1").start()) {
            JsonNode calls = look(bundle, STAND_IN, "<a id='IntercomDefaultWidget' href='/away'><b>Help</b></a>",
                    "(document.querySelector('b').click(), document.body.click(), calls)");

            assertThat(calls).hasToString("[[\"boot\",{\"app_id\":\"workspace-1\",\"widget\":"
                    + "{\"activator\":\"#IntercomDefaultWidget\"}}],[\"show\"]]");
        }
    }

    @Test
    void loadsTheMessengerWhereThePageHasNone() throws Exception {
        try (Bundle bundle = MessengerTest.messenger().set("intercom.app-id", "work/space").start()) {
            JsonNode seen = look(bundle, "<script>window.intercomSettings = {user_id: 'c1'}</script>", "",
                    "({page: document.documentElement.outerHTML, calls: Intercom.q.map(one => Array.from(one))})");

            assertThat(seen.path("page").asText()).contains("src=\"https://widget.intercom.io/widget/work%2Fspace\"");
            assertThat(seen.at("/calls/0/1/user_id").asText()).isEqualTo("c1");
            assertThat(seen.at("/calls/0/1/app_id").asText()).isEqualTo("work/space");
        }
    }

    @Test
    void noSettingBreaksOutOfTheScript() throws Exception {
        try (Bundle bundle = MessengerTest.messenger().set("intercom.app-id", HOSTILE)
                .set("platform.web.widget-id", HOSTILE).start()) {
            JsonNode seen = look(bundle, STAND_IN, "<p>Help</p>", "(document.querySelector('p').click(),"
                    + " [calls[0][1].app_id, calls[0][1].widget.activator, calls.length, !!window.broken])");

            assertThat(seen).isEqualTo(Json.MAPPER.createArrayNode().add(HOSTILE).add(HOSTILE).add(1).add(false));
        }
    }

    /** What an expression gives in a page that takes the script from the bundle. */
    private static JsonNode look(Bundle bundle, String before, String body, String expression) throws Exception {
        HttpServer site = site("<!doctype html><html><head>" + before + "<script src='" + bundle.url()
                + "/messenger/web.js'></script></head><body>" + body + "</body></html>");
        try (Tab tab = chromium.tab()) {
            tab.open("http://127.0.0.1:" + site.getAddress().getPort() + "/");
            tab.until("document.readyState === 'complete' && typeof Intercom === 'function'");
            return tab.look(expression);
        } finally {
            site.stop(0);
        }
    }

    private static HttpServer site(String html) throws IOException {
        HttpServer site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/", exchange -> {
            byte[] page = html.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        site.start();
        return site;
    }
}
