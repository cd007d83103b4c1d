package io.github.mparticleintercom.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.mparticleintercom.Json;
import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.WebText;
import java.util.Map;
import org.apache.camel.Header;

/**
 * What the Messenger in web pages and apps needs to know, the connection settings of mParticle's Intercom integration. The
 * addresses by region are those of Intercom's Messenger installation guide.
 */
public final class MessengerSettings {

    private static final Map<String, String> API_BASES = Map.of(
            "eu", "https://api-iam.eu.intercom.io",
            "au", "https://api-iam.au.intercom.io");
    private static final String FOLDER = "/messenger/";
    private static final String FILE_TYPE = ".json";
    private static final String SCRIPT = "messenger.js";

    private final String appId;
    private final String widgetId;
    private final String apiBase;
    private final Map<String, String> apiKeys;
    private final String script = WebText.file(SCRIPT).strip();

    /**
     * Takes the settings. Blank texts count as missing.
     *
     * @param appId    the workspace's id
     * @param widgetId a CSS selector of the element that opens the Messenger
     * @param region   {@code us}, {@code eu} or {@code au}
     * @param ios      the API key of platform {@code ios}
     * @param android  the API key of platform {@code android}
     * @param tvos     the API key of platform {@code tvos}
     */
    public MessengerSettings(String appId, String widgetId, String region, String ios, String android, String tvos) {
        this.appId = appId.strip();
        this.widgetId = widgetId.strip();
        this.apiBase = API_BASES.get(region);
        this.apiKeys = Map.of("ios", ios.strip(), "android", android.strip(), "tvos", tvos.strip());
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
     * @return JSON: {@code platform}, {@code app_id}, {@code api_key}
     * @throws HttpRefusal when there is no such platform, or no App ID or API key for it
     */
    public String app(@Header("CamelHttpPath") String path) throws HttpRefusal {
        String file = path.substring(path.indexOf(FOLDER) + FOLDER.length());
        String platform = file.endsWith(FILE_TYPE) ? file.substring(0, file.length() - FILE_TYPE.length()) : "";
        String apiKey = apiKeys.get(platform);
        if (apiKey == null) {
            throw new HttpRefusal(404, Reason.NOT_FOUND, null);
        }
        ObjectNode settings = settings();
        if (apiKey.isEmpty()) {
            throw new HttpRefusal(404, Reason.SETTING_MISSING, "mparticle-intercom.platform." + platform + ".api-key");
        }
        return Json.write(settings.put("platform", platform).put("api_key", apiKey));
    }

    private ObjectNode settings() throws HttpRefusal {
        if (appId.isEmpty()) {
            throw new HttpRefusal(404, Reason.SETTING_MISSING, "mparticle-intercom.intercom.app-id");
        }
        return Json.object().put("app_id", appId);
    }
}
