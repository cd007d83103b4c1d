package io.github.mparticleintercom.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.sandbox.IntercomSandbox;
import io.github.mparticleintercom.sandbox.SandboxConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether the credentials are those of the workspace that is meant. */
class OnlineCheckTest {

    private final Map<String, String> settings = new HashMap<>();
    private IntercomSandbox intercom;
    private IntercomSandbox elsewhere;

    @BeforeEach
    void start() {
        intercom = IntercomSandbox.start(SandboxConfig.builder().appId("abc123").region("US").build());
        elsewhere = IntercomSandbox.start(SandboxConfig.builder().token("token-of-eu", "eu").appId("xyz789").region("EU").build());
        settings.putAll(Map.of("intercom.region", "us", "intercom.api-version", "2.16",
                "intercom.access-token", SandboxConfig.DEFAULT_TOKEN, "intercom.app-id", "abc123"));
    }

    @AfterEach
    void stop() {
        intercom.close();
        elsewhere.close();
    }

    @Test
    void findsNothingWrongWithTheRightToken() {
        assertThat(problems()).isEmpty();
    }

    @Test
    void reportsAnotherWorkspace() {
        settings.put("intercom.app-id", "other");

        assertThat(problems()).containsExactly("mparticle-intercom.intercom.access-token belongs to the workspace abc123, but"
                + " mparticle-intercom.intercom.app-id is 'other'.");
    }

    @Test
    void reportsAnotherRegion() {
        settings.put("intercom.region", "au");
        settings.put("intercom.base-url", intercom.baseUrl() + "/");

        assertThat(problems()).containsExactly("mparticle-intercom.intercom.access-token belongs to a workspace in the region us,"
                + " but mparticle-intercom.intercom.region is 'au'.");
    }

    @Test
    void findsTheRegionOfATokenThatIsUnknownHere() {
        settings.put("intercom.access-token", "token-of-eu");

        assertThat(problems()).singleElement().asString().startsWith("mparticle-intercom.intercom.access-token: Intercom does not"
                + " know this token (401) at " + intercom.baseUrl() + ".").endsWith("It is one of the region eu: set"
                + " mparticle-intercom.intercom.region to that.").doesNotContain("token-of-eu");
    }

    @Test
    void reportsEachPlatformByItself() {
        settings.put("platform.ios.api-key", "wrong");
        settings.put("platform.web.api-key", SandboxConfig.DEFAULT_TOKEN);

        assertThat(problems()).singleElement().asString().startsWith("mparticle-intercom.platform.ios.api-key: ");
    }

    @Test
    void reportsAMissingPermissionAndAMissingServer() {
        intercom.settings().forbidToken(SandboxConfig.DEFAULT_TOKEN);
        assertThat(problems()).singleElement().asString().contains("403");

        settings.put("intercom.base-url", "http://127.0.0.1:1");
        assertThat(problems()).singleElement().asString().contains("cannot be asked");
    }

    @Test
    void neverRepeatsATokenThatCannotBeSent() {
        settings.put("intercom.access-token", "hush\nhush");

        assertThat(problems()).singleElement().asString().doesNotContain("hush");
    }

    @Test
    void reportsThatThereIsNoCredential() {
        settings.remove("intercom.access-token");

        assertThat(problems()).singleElement().asString().startsWith("There is no credential");
    }

    private List<String> problems() {
        return new OnlineCheck(key -> settings.getOrDefault(key, ""),
                Map.of("us", intercom.baseUrl(), "eu", elsewhere.baseUrl())).problems().stream().map(Problem::toString).toList();
    }
}
