package io.github.mparticleintercom.intercom;

import io.github.mparticleintercom.settings.SettingsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Variable;
import org.apache.camel.Variables;

/**
 * Which Intercom workspace, where it is, and with which credential. The hosts are those of Intercom's OpenAPI description
 * 2.16.
 */
public final class IntercomConnection {

    private static final Map<String, String> HOSTS = Map.of(
            "us", "https://api.intercom.io",
            "eu", "https://api.eu.intercom.io",
            "au", "https://api.au.intercom.io");

    private final Map<String, String> apiKeys = new TreeMap<>();
    private String appId = "";
    private String region = "us";
    private String baseUrl = "";
    private String apiVersion = "2.16";
    private String accessToken = "";
    private boolean dryRun;

    /** The workspace's id; blank for that of the credential. */
    public void setAppId(String appId) {
        this.appId = appId.strip();
    }

    /** {@code us}, {@code eu} or {@code au}. */
    public void setRegion(String region) {
        this.region = region.strip();
    }

    /** An address in place of the region's; blank for the region's. */
    public void setBaseUrl(String baseUrl) {
        this.baseUrl = baseUrl.strip().replaceAll("/+$", "");
    }

    /** The version of Intercom's API that is asked for. */
    public void setApiVersion(String apiVersion) {
        this.apiVersion = apiVersion.strip();
    }

    /** The credential of every platform without one of its own; blank for none. */
    public void setAccessToken(String accessToken) {
        this.accessToken = accessToken.strip();
    }

    /** Whether to send nothing even with a credential. */
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    /** The credential of platform {@code web}; blank for none. */
    public void setWebApiKey(String apiKey) {
        setApiKey("web", apiKey);
    }

    /** The credential of platform {@code ios}; blank for none. */
    public void setIosApiKey(String apiKey) {
        setApiKey("ios", apiKey);
    }

    /** The credential of platform {@code android}; blank for none. */
    public void setAndroidApiKey(String apiKey) {
        setApiKey("android", apiKey);
    }

    /** The credential of platform {@code tvos}; blank for none. */
    public void setTvosApiKey(String apiKey) {
        setApiKey("tvos", apiKey);
    }

    private void setApiKey(String platform, String apiKey) {
        if (!apiKey.isBlank()) {
            apiKeys.put(platform, apiKey.strip());
        }
    }

    /** Intercom's addresses by region. */
    public static Map<String, String> hosts() {
        return HOSTS;
    }

    /** Whether nothing is sent: because that is set, or because there is no credential at all. */
    public boolean isDryRun() {
        return dryRun || accessToken.isEmpty() && apiKeys.isEmpty();
    }

    /** Sets {@code credential} to {@code set} or {@code none}, by the platform of the batch; in a dry run none is needed. */
    public void look(@Variable("platform") String platform, @Variables Map<String, Object> variables) {
        variables.put("credential", isDryRun() || !credential(platform).isEmpty() ? "set" : "none");
    }

    /** The version of Intercom's API that is asked for. */
    String apiVersion() {
        return apiVersion;
    }

    /** The {@code Authorization} header for requests of this platform. */
    String authorization(String platform) {
        return "Bearer " + credential(platform);
    }

    /** A text of Intercom's with every credential of ours in it blotted out. */
    String withoutCredentials(String text) {
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
    String uri(String path) {
        return address() + path;
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
                + address() + (apiKeys.isEmpty() ? "" : ", own API keys for " + String.join(", ", apiKeys.keySet()));
    }

    private String address() {
        return baseUrl.isEmpty() ? HOSTS.get(region) : baseUrl;
    }

    private String credential(String platform) {
        return apiKeys.getOrDefault(platform == null ? "" : platform, accessToken);
    }
}
