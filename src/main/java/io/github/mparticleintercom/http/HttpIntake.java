package io.github.mparticleintercom.http;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.outcome.Intake;
import io.github.mparticleintercom.outcome.Intakes;
import io.github.mparticleintercom.outcome.Receipt;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.apache.camel.Body;
import org.apache.camel.Headers;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.apache.camel.Variables;

/** What the HTTP intake checks of a post, and how it answers one that was taken. */
public final class HttpIntake {

    /** The variable with the id of the call, which the caller gets back as {@code X-Request-Id}. */
    static final String REQUEST_ID = "mparticleIntercomHttpId";

    private static final String QUERY = "CamelHttpQuery";
    /** Named as the field at fault where the whole body is. */
    private static final String BODY = "body";

    private Authorization authorization = new Authorization("");
    private int maxBodyBytes;

    /** What the Authorization header must be; blank to ask for none. */
    public void setAuthorization(String authorization) {
        this.authorization = new Authorization(authorization);
    }

    /** The largest body, in bytes, also after unpacking. */
    public void setMaxBodyBytes(int maxBodyBytes) {
        this.maxBodyBytes = maxBodyBytes;
    }

    /**
     * Checks authorization and content type, and unpacks the body, which is returned. The headers of the call are forgotten, so
     * that none can steer what comes behind. Sets {@code mparticleIntercomSource} and {@code mparticleIntercomExpected}.
     *
     * @throws HttpRefusal when the post is not to be taken
     * @throws IOException when the body cannot be read
     */
    public byte[] receive(Message message, @Headers Map<String, Object> headers, @Variables Map<String, Object> variables)
            throws HttpRefusal, IOException {
        String id = UUID.randomUUID().toString();
        variables.put(REQUEST_ID, id);
        variables.put(Intakes.SOURCE, "HTTP " + id);
        Object path = headers.get("CamelHttpPath");
        variables.put(Intakes.EXPECTED, path != null && path.toString().endsWith("/bulkevents") ? "array" : "batch");
        authorization.check(headers.get("Authorization"), query(headers));
        Sent.checkJson(Sent.header(headers.get("Content-Type"), "Content-Type", query(headers)));
        // not before: of a form, for one, Camel has made something that is no bytes
        InputStream body = message.getBody(InputStream.class);
        byte[] bytes = unpack(body == null ? null : body.readAllBytes(), headers);
        headers.clear();
        return bytes;
    }

    /**
     * The body's bytes, unpacked where they came packed with gzip.
     *
     * @throws HttpRefusal when they are too many, or packed in another way
     */
    public byte[] unpack(@Body byte[] body, @Headers Map<String, Object> headers) throws HttpRefusal {
        byte[] bytes = body == null ? new byte[0] : body;
        String encoding = Sent.header(headers.get("Content-Encoding"), "Content-Encoding", query(headers));
        String bare = encoding == null ? "identity" : encoding.strip().toLowerCase(Locale.ROOT);
        if (bare.equals("gzip") || bare.equals("x-gzip")) {
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
            throw new HttpRefusal(400, Reason.INVALID_GZIP, "Content-Encoding");
        }
    }

    /**
     * Sets the headers of the answer to a post that was taken.
     *
     * @throws HttpRefusal when nothing of it could be read: it was dead-lettered, and the caller hears of it as well. In an array
     *                     that can be read, a batch that cannot is reported in the receipt only
     */
    public void answer(@Variable(Intakes.INTAKE) Intake intake, @Variable(Intakes.EXPECTED) String expected,
            @Variable(REQUEST_ID) String id, @Headers Map<String, Object> headers) throws HttpRefusal {
        if (intake.isAnyDeadLettered()) {
            Receipt receipt = intake.receipt();
            boolean wholeBody = intake.batches().size() == 1 && intake.batches().get(0).reason() != null;
            if (receipt.isUnreadable() && (expected.equals("batch") || wholeBody)) {
                throw new HttpRefusal(400, receipt.firstReason(), receipt.firstField() == null ? BODY : receipt.firstField());
            }
        }
        headers.clear();
        headers.put("CamelHttpResponseCode", 202);
        headers.put("Content-Type", "application/json");
        headers.put("X-Request-Id", id);
    }

    private static String query(Map<String, Object> headers) {
        Object query = headers.get(QUERY);
        return query == null ? null : query.toString();
    }
}
