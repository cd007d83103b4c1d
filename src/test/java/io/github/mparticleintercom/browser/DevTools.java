package io.github.mparticleintercom.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** One connection to a browser: calls with their answers, and the events it reports meanwhile. */
final class DevTools implements WebSocket.Listener {

    private static final long PATIENCE_SECONDS = 30;

    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger lastId = new AtomicInteger();
    private final StringBuilder part = new StringBuilder();
    private volatile WebSocket socket;

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        opened.request(Long.MAX_VALUE);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        part.append(text);
        if (last) {
            JsonNode message = parse(part.toString());
            part.setLength(0);
            CompletableFuture<JsonNode> answered = waiting.remove(message.path("id").asInt());
            if (answered != null) {
                answered.complete(message);
            } else {
                events.add(message);
            }
        }
        return null;
    }

    /** Calls a method and waits for its result. */
    JsonNode call(String session, String method, ObjectNode parameters) {
        int id = lastId.incrementAndGet();
        ObjectNode message = Json.object().put("id", id).put("method", method);
        message.set("params", parameters);
        if (session != null) {
            message.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        synchronized (this) {
            socket.sendText(Json.write(message), true).join();
        }
        JsonNode answered = answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        if (answered.has("error")) {
            throw new AssertionError(method + ": " + answered.get("error"));
        }
        return answered.path("result");
    }

    /** Events of this name in this session so far. */
    List<JsonNode> events(String session, String name) {
        return events.stream().filter(event -> event.path("sessionId").asText().equals(session)
                && event.path("method").asText().equals(name)).map(event -> event.get("params")).toList();
    }

    /** Drops the events of this session. */
    void forget(String session) {
        events.removeIf(event -> event.path("sessionId").asText().equals(session));
    }

    private static JsonNode parse(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
