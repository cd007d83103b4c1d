package io.github.mparticleintercom.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** One tab, used by keys as a person does who has no mouse, and looked at by scripts. */
public final class Tab implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DevTools devTools;
    private final String session;
    private final String target;

    Tab(DevTools devTools, String session, String target) {
        this.devTools = devTools;
        this.session = session;
        this.target = target;
        List.of("Page", "Runtime", "Log").forEach(domain -> call(domain + ".enable", Json.object()));
    }

    /** A key that does something. */
    public enum Key {
        TAB("Tab", 9, ""), ENTER("Enter", 13, "\r"), ESCAPE("Escape", 27, "");

        private final String code;
        private final int number;
        private final String text;

        Key(String code, int number, String text) {
            this.code = code;
            this.number = number;
            this.text = text;
        }
    }

    /** Opens an address and waits until it is loaded. */
    public void open(String url) {
        call("Page.navigate", Json.object().put("url", url));
        until("location.href !== 'about:blank' && document.readyState === 'complete'");
    }

    /** What an expression is; a promise is waited for. */
    public JsonNode look(String expression) {
        JsonNode answer = call("Runtime.evaluate", Json.object().put("expression", expression).put("returnByValue", true)
                .put("awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new AssertionError(answer.at("/exceptionDetails/exception/description").asText());
        }
        return answer.at("/result/value");
    }

    /** Waits until an expression is true. */
    public void until(String expression) {
        Awaitility.await(expression).atMost(PATIENCE).pollInterval(Duration.ofMillis(50))
                .until(() -> look("Boolean(" + expression + ")").asBoolean());
    }

    /** Presses a key. */
    public void press(Key key) {
        ObjectNode event = Json.object().put("type", key.text.isEmpty() ? "rawKeyDown" : "keyDown").put("key", key.code)
                .put("code", key.code).put("windowsVirtualKeyCode", key.number);
        call("Input.dispatchKeyEvent", key.text.isEmpty() ? event : event.put("text", key.text));
        call("Input.dispatchKeyEvent", event.put("type", "keyUp"));
    }

    /** Goes on from focus to focus until this expression is true of {@code it}, the element that has it. */
    public void tabTo(String expression) {
        for (int i = 0; i < 60; i++) {
            press(Key.TAB);
            if (look("(it => Boolean(" + expression + "))(document.activeElement)").asBoolean()) {
                return;
            }
        }
        throw new AssertionError("Not to be reached by the tab key: " + expression);
    }

    /** Types into what has the focus. */
    public void type(String text) {
        call("Input.insertText", Json.object().put("text", text));
    }

    /** Makes the window so wide, in CSS pixels. */
    public void width(int pixels) {
        call("Emulation.setDeviceMetricsOverride", Json.object().put("width", pixels).put("height", 780)
                .put("deviceScaleFactor", 1).put("mobile", true));
    }

    /** What its upper left looks like now, as a PNG file. */
    public void picture(Path file, int width, int height) throws IOException {
        ObjectNode parameters = Json.object().put("format", "png");
        parameters.putObject("clip").put("x", 0).put("y", 0).put("width", width).put("height", height).put("scale", 1);
        Files.write(file, call("Page.captureScreenshot", parameters).get("data").binaryValue());
    }

    /** Prefers {@code light} or {@code dark}. */
    public void prefer(String scheme) {
        ObjectNode media = Json.object();
        media.putArray("features").addObject().put("name", "prefers-color-scheme").put("value", scheme);
        call("Emulation.setEmulatedMedia", media);
    }

    /** What the browser complained about: failures of scripts and what a policy forbade. */
    public List<String> complaints() {
        return Stream.concat(
                devTools.events(session, "Runtime.exceptionThrown").stream().map(event -> event.path("exceptionDetails").toString()),
                devTools.events(session, "Log.entryAdded").stream().filter(event -> event.at("/entry/source").asText().equals("security"))
                        .map(event -> event.at("/entry/text").asText())).toList();
    }

    /** What it complained about was meant to happen. */
    public void forgetComplaints() {
        devTools.forget(session);
    }

    private JsonNode call(String method, ObjectNode parameters) {
        return devTools.call(session, method, parameters);
    }

    @Override
    public void close() {
        devTools.call(null, "Target.closeTarget", Json.object().put("targetId", target));
    }
}
