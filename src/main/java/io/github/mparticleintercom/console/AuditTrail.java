package io.github.mparticleintercom.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.http.HttpRefusal;
import io.github.mparticleintercom.http.Sent;
import io.github.mparticleintercom.outcome.AuditLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.camel.Body;
import org.apache.camel.Header;

/** What the audit log tells the console. It is read where it lies, so that nothing more is done for an event. */
public final class AuditTrail {

    private static final int LAST = 50;
    private static final int MOST_FOUND = 500;

    private final AuditLog log = new AuditLog();
    private boolean enabled = true;

    /** Whether the audit log is written. */
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }

    /**
     * The last records as JSON text: {@code enabled}, {@code records}, the oldest of them first.
     *
     * @param query {@code outcome}, only those with this one
     * @throws IOException when the log cannot be read
     */
    public String last(@Header("CamelHttpQuery") String query) throws IOException {
        ObjectNode json = Json.object().put("enabled", enabled);
        if (enabled) {
            json.putArray("records").addAll(log.last(LAST, Sent.parameter(query, "outcome")));
        }
        return Json.write(json);
    }

    /**
     * The newest records of what is asked for, as JSON text: {@code total} (how many there are), {@code records}, the oldest of them
     * first. One search at a time: the log may be a gigabyte.
     *
     * @param body {@code {"key": "..."}}, as the command {@code audit} takes it; an email has no place in an address, which others log
     * @throws HttpRefusal when it names no key
     * @throws IOException when the log cannot be read
     */
    public synchronized String find(@Body byte[] body) throws HttpRefusal, IOException {
        Deque<JsonNode> found = new ArrayDeque<>();
        int[] total = {0};
        log.find(key(body), (audited, line) -> {
            total[0]++;
            found.add(audited);
            if (found.size() > MOST_FOUND) {
                found.remove();
            }
        });
        ObjectNode json = Json.object().put("total", total[0]);
        json.putArray("records").addAll(found);
        return Json.write(json);
    }

    private static String key(byte[] body) throws HttpRefusal {
        try {
            String key = body == null ? null : Json.id(Json.MAPPER.readTree(new String(body, StandardCharsets.UTF_8)).path("key"));
            if (key != null) {
                return key;
            }
        } catch (JsonProcessingException e) {
            // the same as none at all
        }
        throw new HttpRefusal(400, Reason.INVALID_PARAMETER, "key");
    }
}
