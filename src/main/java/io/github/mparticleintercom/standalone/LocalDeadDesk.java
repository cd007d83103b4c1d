package io.github.mparticleintercom.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.queue.DeadQueue;
import io.github.mparticleintercom.queue.DeadRefusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** The dead letters of a bundle that does not run: the same routes on the same data, with no door open and no delivery. */
final class LocalDeadDesk implements DeadDesk {

    private final IdleRoutes routes;

    LocalDeadDesk() throws Exception {
        routes = IdleRoutes.onStoredData();
    }

    @Override
    public JsonNode list(String reason, int limit) throws Exception {
        return ask(queue -> queue.list(reason, String.valueOf(limit)));
    }

    @Override
    public JsonNode show(String id) throws Exception {
        return ask(queue -> queue.show(id));
    }

    @Override
    public JsonNode replay(String id, String body) throws Exception {
        return send("dead-replay", queue -> queue.one(id), body);
    }

    @Override
    public JsonNode replayAll(String reason) throws Exception {
        return send("dead-replay", queue -> queue.ofReason(reason), null);
    }

    @Override
    public JsonNode discard(String id) throws Exception {
        return send("dead-discard", queue -> queue.one(id), null);
    }

    @Override
    public JsonNode discardAll(String reason) throws Exception {
        return send("dead-discard", queue -> queue.ofReason(reason), null);
    }

    @Override
    public void close() throws Exception {
        routes.close();
    }

    private interface Question<T> {
        T ask(DeadQueue queue) throws Exception;
    }

    private JsonNode ask(Question<String> question) throws Exception {
        return Json.MAPPER.readTree(answer(question));
    }

    private JsonNode send(String route, Question<List<String>> letters, String body) throws Exception {
        Map<String, Object> variables = new HashMap<>();
        variables.put("letterIds", answer(letters));
        if (body != null) {
            variables.put("letterBody", body);
        }
        Exchange answer = routes.context().createProducerTemplate().request("direct:mparticle-intercom-" + route,
                exchange -> variables.forEach(exchange::setVariable));
        if (answer.getException(DeadRefusal.class) != null) {
            throw failure(answer.getException(DeadRefusal.class));
        } else if (answer.getException() != null) {
            throw answer.getException();
        }
        return Json.MAPPER.readTree(answer.getMessage().getBody(String.class));
    }

    private <T> T answer(Question<T> question) throws Exception {
        try {
            return question.ask(routes.context().getRegistry().lookupByNameAndType("mparticleIntercomDeadQueue", DeadQueue.class));
        } catch (DeadRefusal e) {
            throw failure(e);
        }
    }

    private static CommandFailure failure(DeadRefusal refusal) {
        int code = switch (refusal.reason()) {
            case NO_SUCH_LETTER -> CommandFailure.NOTHING_FOUND;
            case LETTER_OUT_OF_REACH -> CommandFailure.FAILED;
            default -> CommandFailure.WRONG_USAGE;
        };
        return new CommandFailure(code, refusal.getMessage());
    }
}
