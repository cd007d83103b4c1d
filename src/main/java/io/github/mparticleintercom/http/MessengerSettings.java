package io.github.mparticleintercom.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.WebText;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Header;

/**
 * What the Messenger in web pages and apps needs to know, the connection settings of mParticle's Intercom integration. The
 * credentials with which we call Intercom are not among them. The
 * addresses by region are those of Intercom's Messenger installation guide.
 */
public final class MessengerSettings {

    private static final Map<String, String> API_BASES = Map.of(
            "eu", "https://api-iam.eu.intercom.io",
            "au", "https://api-iam.au.intercom.io");
    private static final String FOLDER = "/messenger/";
    private static final String FILE_TYPE = ".json";
    private static final String SCRIPT = "messenger.js";

    private final Map<String, String> sdkKeys = new HashMap<>();
    private Authorization authorization = new Authorization("");
    private String appId = "";
    private String widgetId = "";
    private String apiBase;
    private final String script = WebText.file(SCRIPT).strip();

    /** What the Authorization header of an app must be, whole; blank to serve no app. */
    public void setAuthorization(String authorization) {
        this.authorization = new Authorization(authorization);
    }

    /** The workspace's id; blank if there is none. */
    public void setAppId(String appId) {
        this.appId = appId.strip();
    }

    /** A CSS selector of the element that opens the Messenger. */
    public void setWidgetId(String widgetId) {
        this.widgetId = widgetId.strip();
    }

    /** {@code us}, {@code eu} or {@code au}. */
    public void setRegion(String region) {
        this.apiBase = API_BASES.get(region);
    }

    /** The key that Intercom's SDK takes on iOS; blank if there is none. */
    public void setIosSdkKey(String key) {
        sdkKeys.put("ios", key.strip());
    }

    /** The key that Intercom's SDK takes on Android; blank if there is none. */
    public void setAndroidSdkKey(String key) {
        sdkKeys.put("android", key.strip());
    }

    /** The key that Intercom's SDK takes on tvOS; blank if there is none. */
    public void setTvosSdkKey(String key) {
        sdkKeys.put("tvos", key.strip());
    }

    /**
     * Lets only apps pass that know the authorization, and none where it is not set.
     *
     * @throws HttpRefusal for all others
     */
    public void check(@Header("Authorization") Object sent, @Header("CamelHttpQuery") String query) throws HttpRefusal {
        authorization.require(sent, query);
    }

    /**
     * The script that boots the Messenger in a web page. The settings in it are JSON in which no character is left that could
     * end a script.
     *
     * @throws HttpRefusal when there is no App ID
     */
    public String script() throws HttpRefusal {
        ObjectNode settings = settings();
        settings.putObject("widget").put("activator", widgetId);
        if (apiBase != null) {
            settings.put("api_base", apiBase);
        }
        return script + "(" + WebText.json(settings) + ");\n";
    }

    /**
     * What an app needs.
     *
     * @param path the address that was called, ending in {@code /messenger/{platform}.json}
     * @return JSON: {@code app_id}, {@code platform}, {@code sdk_key}
     * @throws HttpRefusal when there is no such platform, or no App ID or SDK key for it
     */
    public String app(@Header("CamelHttpPath") String path) throws HttpRefusal {
        String file = path.substring(path.indexOf(FOLDER) + FOLDER.length());
        String platform = file.endsWith(FILE_TYPE) ? file.substring(0, file.length() - FILE_TYPE.length()) : "";
        String sdkKey = sdkKeys.get(platform);
        if (sdkKey == null) {
            throw new HttpRefusal(404, Reason.NOT_FOUND, null);
        }
        ObjectNode settings = settings();
        if (sdkKey.isEmpty()) {
            throw new HttpRefusal(404, Reason.SETTING_MISSING, "mparticle-intercom.platform." + platform + ".sdk-key");
        }
        return Json.write(settings.put("platform", platform).put("sdk_key", sdkKey));
    }

    private ObjectNode settings() throws HttpRefusal {
        if (appId.isEmpty()) {
            throw new HttpRefusal(404, Reason.SETTING_MISSING, "mparticle-intercom.intercom.app-id");
        }
        return Json.object().put("app_id", appId);
    }
}
