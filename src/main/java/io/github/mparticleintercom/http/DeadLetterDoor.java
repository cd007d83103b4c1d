package io.github.mparticleintercom.http;

import io.github.mparticleintercom.queue.DeadRefusal;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Body;
import org.apache.camel.ExchangeException;
import org.apache.camel.Header;
import org.apache.camel.Message;

/** Reads what a call to the dead letters asks for. From address and query alone: a header may have been set by anybody. */
public final class DeadLetterDoor {

    private static final String COLLECTION = "/dead/";

    /** The id in {@code /dead/{id}} and what is below it; null if there is none. */
    public String id(@Header("CamelHttpPath") String path) {
        int start = path == null ? -1 : path.indexOf(COLLECTION);
        return start < 0 ? null : path.substring(start + COLLECTION.length()).split("/", 2)[0];
    }

    /** The query's {@code reason}; null if there is none. */
    public String reason(@Header("CamelHttpQuery") String query) {
        return parameter(query, "reason");
    }

    /** The query's {@code limit}; null if there is none. */
    public String limit(@Header("CamelHttpQuery") String query) {
        return parameter(query, "limit");
    }

    /** The body as text; null when it is empty. */
    public String edited(@Body byte[] body) {
        return body == null || body.length == 0 ? null : new String(body, StandardCharsets.UTF_8);
    }

    /** The answer to a call that cannot be done. */
    public void refuse(Message message, @ExchangeException DeadRefusal refusal) {
        int status = switch (refusal.reason()) {
            case NO_SUCH_LETTER -> 404;
            case LETTER_OUT_OF_REACH -> 409;
            default -> 400;
        };
        HttpDoor.answer(message, status, refusal.reason(), refusal.field());
    }

    private static String parameter(String query, String name) {
        for (String pair : query == null ? new String[0] : query.split("&")) {
            String[] parts = pair.split("=", 2);
            if (SentHeader.decode(parts[0]).equals(name)) {
                return parts.length == 1 ? "" : SentHeader.decode(parts[1]);
            }
        }
        return null;
    }
}
