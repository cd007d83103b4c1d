package io.github.mparticleintercom.intercom;

import io.github.mparticleintercom.mparticle.MparticleBatch;
import io.github.mparticleintercom.settings.SettingsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Variable;

/**
 * Which Intercom workspace, where it is, and with which credential. The hosts are those of Intercom's OpenAPI description
 * 2.16.
 */
public final class IntercomConnection {

    private static final Map<String, String> HOSTS = Map.of(
            "us", "https://api.intercom.io",
            "eu", "https://api.eu.intercom.io",
            "au", "https://api.au.intercom.io");

    private final String appId;
    private final String region;
    private final String baseUrl;
    private final String accessToken;
    private final Map<String, String> apiKeys;
    private final boolean dryRun;

    /**
     * Sets up the connection. Blank texts count as missing.
     *
     * @param appId       the workspace's id
     * @param region      {@code us}, {@code eu} or {@code au}
     * @param baseUrl     an address in place of the region's
     * @param accessToken the credential of every platform without one of its own
     * @param dryRun      whether to send nothing even with a credential
     * @param web         the credential of platform {@code web}
     * @param ios         the credential of platform {@code ios}
     * @param android     the credential of platform {@code android}
     * @param tvos        the credential of platform {@code tvos}
     */
    public IntercomConnection(String appId, String region, String baseUrl, String accessToken, boolean dryRun,
            String web, String ios, String android, String tvos) {
        this.appId = appId == null ? "" : appId.strip();
        this.region = region;
        this.baseUrl = baseUrl == null || baseUrl.isBlank() ? HOSTS.get(region) : baseUrl.strip().replaceAll("/+$", "");
        this.accessToken = accessToken == null ? "" : accessToken.strip();
        this.apiKeys = new TreeMap<>(Map.of("web", web, "ios", ios, "android", android, "tvos", tvos));
        this.apiKeys.values().removeIf(String::isBlank);
        this.dryRun = dryRun;
    }

    /** Intercom's addresses by region. */
    public static Map<String, String> hosts() {
        return HOSTS;
    }

    /** Whether nothing is sent: because that is set, or because there is no credential at all. */
    public boolean isDryRun() {
        return dryRun || accessToken.isEmpty() && apiKeys.isEmpty();
    }

    /** Whether a batch comes from a platform that has no credential, while others have. */
    public boolean lacksCredential(@Variable("batch") MparticleBatch batch) {
        return !isDryRun() && credential(batch.platform()).isEmpty();
    }

    /** The {@code Authorization} header for requests of this platform. */
    public String authorization(@Variable("platform") String platform) {
        return "Bearer " + credential(platform);
    }

    /** A text of Intercom's with every credential of ours in it blotted out. */
    public String withoutCredentials(String text) {
        String clean = accessToken.isEmpty() ? text : text.replace(accessToken, "***");
        for (String apiKey : apiKeys.values()) {
            clean = clean.replace(apiKey, "***");
        }
        return clean;
    }

    /** The platforms with a credential of their own, and "" for the general one; nothing in a dry run. */
    public List<String> credentials() {
        List<String> platforms = new ArrayList<>(isDryRun() ? List.of() : apiKeys.keySet());
        if (!isDryRun() && !accessToken.isEmpty()) {
            platforms.add("");
        }
        return platforms;
    }

    /** The whole address of this path of Intercom's API. */
    public String uri(@Variable("path") String path) {
        return baseUrl + path;
    }

    /**
     * Makes sure that this is the workspace that a sender means.
     *
     * @param meant its id; blank for whichever this is
     * @throws SettingsException when it is another
     */
    public void expect(String meant) {
        if (meant != null && !meant.isBlank() && !meant.strip().equals(appId)) {
            throw new SettingsException("The batch is meant for workspace '" + meant.strip() + "', but mparticle-intercom.intercom.app-id is '"
                    + appId + "'.");
        }
    }

    /** Which workspace, for a person. */
    public String describe() {
        return (appId.isEmpty() ? "workspace of the access token" : "workspace " + appId) + ", region " + region + ", "
                + baseUrl + (apiKeys.isEmpty() ? "" : ", own API keys for " + String.join(", ", apiKeys.keySet()));
    }

    private String credential(String platform) {
        return apiKeys.getOrDefault(platform == null ? "" : platform, accessToken);
    }
}
