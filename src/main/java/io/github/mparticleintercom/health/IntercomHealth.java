package io.github.mparticleintercom.health;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/**
 * Whether Intercom accepts every credential, and whether they belong to the App ID and the region that are set, by its answers
 * to {@code GET /me} (API version 2.16).
 */
public final class IntercomHealth extends Check {

    private final String appId;
    private final String region;
    private final Map<String, Finding> byPlatform = new ConcurrentSkipListMap<>();

    /**
     * Nothing asked yet.
     *
     * @param appId  the id of the workspace; blank for any
     * @param region {@code us}, {@code eu} or {@code au}
     */
    public IntercomHealth(String appId, String region) {
        super("mparticle-intercom-intercom");
        this.appId = appId == null ? "" : appId.strip();
        this.region = region;
    }

    /** Intercom's answer to the credential of a platform; "" for the general one. */
    public void answered(@Variable("platform") String platform, @Header("CamelHttpResponseCode") int status, @Body byte[] body) {
        String credential = credential(platform);
        if (status == 401 || status == 403) {
            note(platform, Finding.down(Reason.CREDENTIAL_REFUSED, "Intercom answered " + status + " to " + credential));
        } else if (status >= 300) {
            note(platform, Finding.down(Reason.INTERCOM_UNAVAILABLE, "Intercom answered " + status + " to " + credential));
        } else {
            note(platform, judge(credential, app(body)));
        }
    }

    /** Intercom did not answer. */
    public void silent(@Variable("platform") String platform) {
        note(platform, Finding.down(Reason.INTERCOM_UNAVAILABLE, "Intercom does not answer to " + credential(platform)));
    }

    @Override
    Finding find() {
        return Finding.of(byPlatform.values());
    }

    private void note(String platform, Finding finding) {
        byPlatform.put(platform, finding);
    }

    private Finding judge(String credential, JsonNode app) {
        String id = app.path("id_code").asText("");
        String where = app.path("region").asText("");
        if (!appId.isEmpty() && !id.isEmpty() && !id.equals(appId)) {
            return Finding.down(Reason.WRONG_WORKSPACE, credential + " is of workspace " + id + ", the App ID is " + appId);
        }
        return where.isEmpty() || where.equalsIgnoreCase(region) ? Finding.UP
                : Finding.down(Reason.WRONG_REGION, "the workspace of " + credential + " is in region " + where + ", not " + region);
    }

    private static JsonNode app(byte[] body) {
        try {
            return Json.MAPPER.readTree(body == null ? new byte[0] : body).path("app");
        } catch (IOException e) {
            // a proxy's page, say: the credential was accepted, and that is all there is to know
            return Json.object();
        }
    }

    private static String credential(String platform) {
        return platform.isEmpty() ? "the access token" : "the API key of " + platform;
    }
}
