package io.github.mparticleintercom.http;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Body;
import org.apache.camel.Headers;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.apache.camel.Variables;

/** What the OpenDSR resources check of a call, and how they answer. Nobody may call before an authorization is set. */
public final class OpenDsr {

    /** How the addresses of the resources begin. */
    public static final String PATH = "/opendsr/";

    /** The variable that says in whose shape errors are answered. */
    static final String SHAPE = "mparticleIntercomHttpShape";

    private Authorization authorization = new Authorization("");
    private HttpIntake intake = new HttpIntake();
    private ProcessorSignature signature = new ProcessorSignature();

    /** What the Authorization header must be, whole; blank to let nobody call. */
    public void setAuthorization(String authorization) {
        this.authorization = new Authorization(authorization);
    }

    /** Unpacks bodies. */
    public void setIntake(HttpIntake intake) {
        this.intake = intake;
    }

    /** Signs answers. */
    public void setSignature(ProcessorSignature signature) {
        this.signature = signature;
    }

    /**
     * Lets only callers pass that know the authorization. Sets the variables of the answer.
     *
     * @throws HttpRefusal for all others
     */
    public void check(@Headers Map<String, Object> headers, @Variables Map<String, Object> variables) throws HttpRefusal {
        variables.put(HttpIntake.REQUEST_ID, UUID.randomUUID().toString());
        variables.put(SHAPE, "opendsr");
        authorization.require(headers.get("Authorization"), query(headers));
    }

    private static String query(Map<String, Object> headers) {
        Object query = headers.get("CamelHttpQuery");
        return query == null ? null : query.toString();
    }

    /**
     * Checks the call as well, and its content type, and unpacks the body, which is returned. The headers of the call are forgotten.
     *
     * @throws HttpRefusal when it is not to be taken
     * @throws IOException when the body cannot be read
     */
    public byte[] receive(Message message, @Headers Map<String, Object> headers, @Variables Map<String, Object> variables)
            throws HttpRefusal, IOException {
        check(headers, variables);
        Sent.checkJson(Sent.header(headers.get("Content-Type"), "Content-Type", query(headers)));
        byte[] bytes = intake.unpack(message.getBody(byte[].class), headers);
        headers.clear();
        return bytes;
    }

    /** Sets the headers of the answer to a request that was taken. */
    public void created(@Body String body, @Headers Map<String, Object> headers, @Variable(HttpIntake.REQUEST_ID) String id) {
        answer(body, headers, id);
        headers.put("CamelHttpResponseCode", 201);
    }

    /** Sets the headers of the answer to a cancellation. */
    public void accepted(@Body String body, @Headers Map<String, Object> headers, @Variable(HttpIntake.REQUEST_ID) String id) {
        answer(body, headers, id);
        headers.put("CamelHttpResponseCode", 202);
    }

    /** Sets the headers of any other answer. */
    public void answer(@Body String body, @Headers Map<String, Object> headers, @Variable(HttpIntake.REQUEST_ID) String id) {
        headers.clear();
        headers.put("Content-Type", "application/json");
        headers.put("Cache-Control", "no-store");
        headers.put("X-Request-Id", id);
        headers.putAll(signature.headers(body));
    }
}
