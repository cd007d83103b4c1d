package io.github.mparticleintercom.http;

import io.github.mparticleintercom.Reason;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Header;
import org.apache.camel.Headers;
import org.apache.camel.Message;

/**
 * Who may use the resources that are no intake. A caller has the authorization, where one is set; and no foreign web page uses
 * them through the browser of somebody who may, neither under a name of its own that it lets point here, nor by a call that the
 * browser makes for it. Programs, which send no {@code Origin}, need nothing but the authorization.
 */
public final class ManagementAccess {

    private static final String URL = "CamelHttpUrl";
    private static final String METHOD = "CamelHttpMethod";
    private static final String QUERY = "CamelHttpQuery";
    /** A program sends nothing, a page of ours "same-origin", a person who types the address "none". */
    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

    private Authorization authorization = new Authorization("");
    private String host = "";

    /** What the Authorization header must be, whole; blank to ask for none. */
    public void setAuthorization(String authorization) {
        this.authorization = new Authorization(authorization);
    }

    /** The host that the port listens on, by whose name it may be called; one that stands for all addresses is no name. */
    public void setHost(String host) {
        this.host = bare(host);
    }

    /**
     * Lets only those pass who may use it.
     *
     * @param headers those of the call, with Camel's of its method, address and query
     * @throws HttpRefusal with the first thing that is wrong
     */
    public void check(@Headers Map<String, Object> headers) throws HttpRefusal {
        String url = (String) headers.get(URL);
        String query = (String) headers.get(QUERY);
        checkHost(url);
        checkSite(url, Sent.header(headers.get("Origin"), "Origin", query),
                Sent.header(headers.get("Sec-Fetch-Site"), "Sec-Fetch-Site", query));
        authorization.check(headers.get("Authorization"), query);
        if (!"GET".equals(String.valueOf(headers.get(METHOD)))) {
            String type = Sent.header(headers.get("Content-Type"), "Content-Type", query);
            if (type != null) {
                // a form of a foreign page cannot say that it is JSON
                Sent.checkJson(type);
            }
        }
    }

    /**
     * Whether the name that was called is that of this machine to itself, or the one that it listens on. Where it listens on every
     * address it may have any name, as long as there is an authorization, which no foreign page knows.
     *
     * @param url the address that was called; null where the caller named no host
     * @throws HttpRefusal for any other name
     */
    public void checkHost(@Header(URL) String url) throws HttpRefusal {
        if (url == null) {
            throw new HttpRefusal(400, Reason.BAD_REQUEST, "Host");
        }
        String called = bare(uri(url).getHost());
        boolean anyName = authorization.isSet() && (host.isEmpty() || isAny(host));
        if (called.isEmpty() || !anyName && !called.equals(host) && !isLoopback(called)) {
            throw new HttpRefusal(403, Reason.WRONG_HOST, "Host");
        }
    }

    /** Leaves only the answer in the message: JSON that no browser keeps or takes for something else. */
    public void answer(Message message) {
        message.removeHeaders("*");
        message.setHeader("Content-Type", "application/json");
        message.setHeader("Cache-Control", "no-store");
        message.setHeader("X-Content-Type-Options", "nosniff");
    }

    private static void checkSite(String url, String origin, String site) throws HttpRefusal {
        if (origin != null && !origin.replaceFirst("^https?://", "").equalsIgnoreCase(uri(url).getAuthority())) {
            throw new HttpRefusal(403, Reason.OTHER_SITE, "Origin");
        }
        if (site != null && !OWN_SITES.contains(site)) {
            throw new HttpRefusal(403, Reason.OTHER_SITE, "Sec-Fetch-Site");
        }
    }

    /** As far as the path, which may hold what no address may. */
    private static URI uri(String url) throws HttpRefusal {
        int path = url.indexOf('/', url.indexOf("://") + 3);
        try {
            return URI.create(path < 0 ? url : url.substring(0, path));
        } catch (IllegalArgumentException e) {
            throw new HttpRefusal(403, Reason.WRONG_HOST, "Host");
        }
    }

    private static String bare(String host) {
        return host == null ? "" : host.strip().replaceAll("^\\[|\\]$", "").toLowerCase(Locale.ROOT);
    }

    /** Only literal addresses: a name could be made to point anywhere. */
    private static boolean isLoopback(String called) {
        return called.equals("localhost") || isLiteral(called) && address(called).isLoopbackAddress();
    }

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
