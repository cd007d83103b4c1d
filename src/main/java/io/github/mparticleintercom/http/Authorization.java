package io.github.mparticleintercom.http;

import io.github.mparticleintercom.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** What the Authorization header of a call must be. */
public final class Authorization {

    private static final String HEADER = "Authorization";

    private final byte[] expected;

    /**
     * Expects this.
     *
     * @param expected the whole header; blank to ask for none
     */
    public Authorization(String expected) {
        this.expected = expected == null || expected.isBlank() ? null : bytes(expected);
    }

    /** Whether there is one to ask for. */
    public boolean isSet() {
        return expected != null;
    }

    /**
     * Compares in a time that does not show how much of it was right.
     *
     * @param sent  the header as Camel or the server has it; null if there is none
     * @param query the query as it was sent, where its parameters may be among the headers; null if not
     * @throws HttpRefusal when one is asked for and this is not it
     */
    public void check(Object sent, String query) throws HttpRefusal {
        if (expected == null) {
            return;
        }
        String given = Sent.header(sent, HEADER, query);
        if (given == null || given.isBlank()) {
            throw new HttpRefusal(401, Reason.MISSING_AUTHORIZATION, HEADER);
        }
        if (!MessageDigest.isEqual(expected, bytes(given))) {
            throw new HttpRefusal(403, Reason.WRONG_AUTHORIZATION, HEADER);
        }
    }

    /**
     * The same for what nobody may use before there is an authorization.
     *
     * @throws HttpRefusal when there is none, or this is not it
     */
    public void require(Object sent, String query) throws HttpRefusal {
        if (expected == null) {
            throw new HttpRefusal(403, Reason.AUTHORIZATION_NOT_SET, null);
        }
        check(sent, query);
    }

    private static byte[] bytes(String header) {
        return header.strip().getBytes(StandardCharsets.UTF_8);
    }
}
