package io.github.mparticleintercom.http;

import io.github.mparticleintercom.Reason;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import org.apache.camel.Header;

/**
 * Keeps other web sites from using the page's resources through the browser of somebody who may use them: neither under a name
 * of their own that they let point here, nor by a call that a browser makes for them.
 */
public final class PageDoor {

    /** Only a script can set a header, and a browser lets no script of another site set this one. */
    static final String SIGN = "X-Mparticle-Intercom-Page";
    private static final String URL = "CamelHttpUrl";

    private final String host;

    /**
     * Sets up the door.
     *
     * @param host the host that the management port listens on
     */
    public PageDoor(String host) {
        this.host = bare(host);
    }

    /** Whether the name that was called is that of this machine to itself, or the one that it listens on. */
    public void checkHost(@Header(URL) String url) throws HttpRefusal {
        String called = bare(URI.create(url).getHost());
        if (!called.equals(host) && !isLoopback(called) && !isAny(host)) {
            throw new HttpRefusal(403, Reason.WRONG_HOST, "Host");
        }
    }

    /** Whether a call that does something comes from the page itself. */
    public void checkPage(@Header(SIGN) Object sign, @Header("Origin") Object sent, @Header("CamelHttpQuery") String query,
            @Header(URL) String url) throws HttpRefusal {
        if (SentHeader.read(sign, SIGN, query) == null) {
            throw new HttpRefusal(403, Reason.OTHER_SITE, SIGN);
        }
        String origin = SentHeader.read(sent, "Origin", query);
        if (origin != null && !origin.replaceFirst("^https?://", "").equalsIgnoreCase(URI.create(url).getAuthority())) {
            throw new HttpRefusal(403, Reason.OTHER_SITE, "Origin");
        }
    }

    private static String bare(String host) {
        return host == null ? "" : host.strip().replaceAll("^\\[|\\]$", "").toLowerCase(Locale.ROOT);
    }

    /** Only literal addresses: a name could be made to point anywhere. */
    private static boolean isLoopback(String called) {
        return called.equals("localhost") || isLiteral(called) && address(called).isLoopbackAddress();
    }

    /** On every address it may be called by any name; it does not start like this without an authorization. */
    private static boolean isAny(String host) {
        return isLiteral(host) && address(host).isAnyLocalAddress();
    }

    private static boolean isLiteral(String host) {
        return host.contains(":") || host.matches("[0-9.]+");
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }
}
