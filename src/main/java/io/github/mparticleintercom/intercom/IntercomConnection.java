package io.github.mparticleintercom.intercom;

import io.github.mparticleintercom.settings.SettingsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Variable;
import org.apache.camel.Variables;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which Intercom workspace, where it is, and with which credential. The hosts are those of Intercom's OpenAPI description
 * 2.16.
 */
public final class IntercomConnection implements CamelContextAware {

    private static final Map<String, String> HOSTS = Map.of(
            "us", "https://api.intercom.io",
            "eu", "https://api.eu.intercom.io",
            "au", "https://api.au.intercom.io");

    private static final Logger LOG = LoggerFactory.getLogger("mparticle-intercom.delivery");
    private static final String TOKEN_KEY = "mparticle-intercom.intercom.access-token";
    private static final String API_KEY = "mparticle-intercom.platform.%s.api-key";

    private final Map<String, String> apiKeys = new ConcurrentSkipListMap<>();
    /** What the settings of the credentials said when they were last read, by platform, "" for the general one. */
    private final Map<String, String> stored = new TreeMap<>();
    private CamelContext context;
    private String appId = "";
    private String region = "us";
    private String baseUrl = "";
    private String apiVersion = "2.16";
    private volatile String accessToken = "";
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

    /** The workspace's id; "" for that of the credential. */
    public String appId() {
        return appId;
    }

    /** {@code us}, {@code eu} or {@code au}. */
    public String region() {
        return region;
    }

    /** Where the workspace is: {@code us}, {@code eu} or {@code au}, or the address that is set in its place. */
    public String where() {
        return baseUrl.isEmpty() ? region : baseUrl;
    }

    /** Which workspace, for a person. */
    public String describe() {
        return (appId.isEmpty() ? "workspace of the access token" : "workspace " + appId) + ", region " + region + ", "
                + address() + (apiKeys.isEmpty() ? "" : ", own API keys for " + String.join(", ", apiKeys.keySet()));
    }

    /** The platform with the credential that requests of this one are sent with: itself, or "" for the general one. */
    public String credentialOf(String platform) {
        return platform != null && apiKeys.containsKey(platform) ? platform : "";
    }

    /** Reads the settings of the credentials anew, from wherever the context has them, and takes what has changed. None is given up. */
    synchronized void refresh() {
        if (context == null) {
            return;
        }
        try {
            context.getPropertiesComponent().reloadProperties(null);
        } catch (RuntimeException e) {
            LOG.debug("The settings cannot be read anew", e);
        }
        Map<String, String> now = read();
        now.forEach((platform, value) -> {
            if (!value.equals(stored.get(platform))) {
                stored.put(platform, value);
                if (platform.isEmpty()) {
                    accessToken = value;
                } else {
                    apiKeys.put(platform, value);
                }
                LOG.info("Took a new credential for {} from the settings", platform.isEmpty() ? "batches without an API key of their"
                        + " platform" : "platform " + platform);
            }
        });
    }

    private Map<String, String> read() {
        Map<String, String> found = new TreeMap<>();
        for (String platform : List.of("", "web", "ios", "android", "tvos")) {
            try {
                context.getPropertiesComponent().resolveProperty(platform.isEmpty() ? TOKEN_KEY : API_KEY.formatted(platform))
                        .map(String::strip).filter(value -> !value.isEmpty()).ifPresent(value -> found.put(platform, value));
            } catch (RuntimeException e) {
                // a vault that does not answer now
                LOG.debug("A credential cannot be read anew", e);
            }
        }
        return found;
    }

    @Override
    public synchronized void setCamelContext(CamelContext camelContext) {
        context = camelContext;
        stored.putAll(read());
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }

    private String address() {
        return baseUrl.isEmpty() ? HOSTS.get(region) : baseUrl;
    }

    private String credential(String platform) {
        return apiKeys.getOrDefault(platform == null ? "" : platform, accessToken);
    }
}
