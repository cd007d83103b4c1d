package io.github.mparticleintercom.http;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.mparticle.Intake;
import io.github.mparticleintercom.queue.QueueDepth;
import io.github.mparticleintercom.queue.Receipt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.camel.Body;
import org.apache.camel.ExchangeException;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.apache.camel.Variable;

/** The checks of the HTTP door, and its answers to posts that do not pass them. */
public final class HttpDoor {

    private static final String RETRY_SECONDS = "30";
    private static final String QUERY = "CamelHttpQuery";
    /** Named as the field at fault where the whole body is. */
    private static final String BODY = "body";

    private final Authorization authorization;
    private final int maxBodyBytes;
    private final QueueDepth queue;

    /**
     * Sets up the door.
     *
     * @param authorization what the Authorization header must be; blank to ask for none
     * @param maxBodyBytes  the largest body, also after unpacking
     * @param queue         tells whether there is room
     */
    public HttpDoor(String authorization, int maxBodyBytes, QueueDepth queue) {
        this.authorization = new Authorization(authorization);
        this.maxBodyBytes = maxBodyBytes;
        this.queue = queue;
    }

    /** Whether the caller may come in. */
    public void checkAuthorization(@Header("Authorization") Object sent, @Header(QUERY) String query)
            throws HttpRefusal {
        authorization.check(sent, query);
    }

    /** As {@link #checkAuthorization}, but where none is set nobody passes: the answer holds a secret. */
    public void requireAuthorization(@Header("Authorization") Object sent, @Header(QUERY) String query)
            throws HttpRefusal {
        if (!authorization.isSet()) {
            throw new HttpRefusal(403, Reason.AUTHORIZATION_NOT_SET, null);
        }
        authorization.check(sent, query);
    }

    /** Only JSON: a form, for one, would arrive as something else than was sent. */
    public void checkContentType(@Header("Content-Type") Object sent, @Header(QUERY) String query)
            throws HttpRefusal {
        String type = SentHeader.read(sent, "Content-Type", query);
        String bare = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!bare.equals("application/json")) {
            throw new HttpRefusal(415, Reason.UNSUPPORTED_MEDIA_TYPE, "Content-Type");
        }
    }

    /** Whether the queue is short enough and the disk has room. */
    public void checkRoom() throws HttpRefusal {
        if (queue.isOverMark()) {
            throw new HttpRefusal(429, Reason.QUEUE_FULL, null);
        }
        if (queue.isDiskFull()) {
            throw new HttpRefusal(503, Reason.BROKER_UNAVAILABLE, null);
        }
    }

    /** The body's bytes, unpacked where they came packed. */
    public byte[] unpack(@Body byte[] body, @Header("Content-Encoding") Object sent, @Header(QUERY) String query)
            throws HttpRefusal {
        byte[] bytes = body == null ? new byte[0] : body;
        String encoding = SentHeader.read(sent, "Content-Encoding", query);
        String bare = encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
        if (bare.equals("gzip")) {
            bytes = gunzip(bytes);
        } else if (!bare.equals("identity") && !bare.isEmpty()) {
            throw new HttpRefusal(415, Reason.UNSUPPORTED_ENCODING, "Content-Encoding");
        }
        if (bytes.length > maxBodyBytes) {
            throw new HttpRefusal(413, Reason.BODY_TOO_LARGE, BODY);
        }
        return bytes;
    }

    /** One byte more than allowed is read, so that a small body cannot unpack into all memory. */
    private byte[] gunzip(byte[] packed) throws HttpRefusal {
        try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return stream.readNBytes(maxBodyBytes + 1);
        } catch (IOException e) {
            throw new HttpRefusal(400, Reason.INVALID_JSON, "Content-Encoding");
        }
    }

    /** A batch that cannot be read is a bad request; in an array that can be read, it is told in the receipt only. */
    public void checkReadable(@Variable("mparticleIntercomReceipt") Receipt receipt,
            @Variable("mparticleIntercomIntake") Intake intake, @Variable("mparticleIntercomExpected") String expected)
            throws HttpRefusal {
        boolean wholeBody = intake.batches().size() == 1 && intake.batches().get(0).reason() != null;
        if (receipt.isUnreadable() && (expected.equals("batch") || wholeBody)) {
            throw new HttpRefusal(400, receipt.getFirstReason(),
                    receipt.getFirstField() == null ? BODY : receipt.getFirstField());
        }
    }

    /** The answer to a post that is not accepted. */
    public void refuse(Message message, @ExchangeException HttpRefusal refusal) {
        answer(message, refusal.status(), refusal.reason(), refusal.field());
    }

    /** The answer when the queue fails. */
    public void unavailable(Message message) {
        answer(message, 503, Reason.BROKER_UNAVAILABLE, null);
    }

    static void answer(Message message, int status, Reason reason, String field) {
        Map<String, Object> headers = message.getHeaders();
        headers.clear();
        headers.put("CamelHttpResponseCode", status);
        headers.put("Content-Type", "application/json");
        if (status == 429 || status == 503) {
            headers.put("Retry-After", RETRY_SECONDS);
        }
        if (status == 401) {
            headers.put("WWW-Authenticate", "Basic realm=\"mparticle-intercom\"");
        }
        message.setBody(HttpErrors.body(status, reason, field));
    }
}
