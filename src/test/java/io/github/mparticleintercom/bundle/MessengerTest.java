package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings that web pages and apps get for Intercom's Messenger. */
class MessengerTest {

    private static final String SECRET = "Bearer let-me-in";
    private static Bundle bundle;

    @BeforeAll
    static void start() throws Exception {
        bundle = messenger().set("messenger.authorization", SECRET).set("http.authorization", "Bearer for-batches").set("intercom.app-id", "workspace-1")
                .set("intercom.access-token", "server-token").set("platform.ios.sdk-key", "ios-key")
                .set("platform.tvos.sdk-key", "tvos-key").set("platform.ios.api-key", "ios-secret")
                .set("platform.android.api-key", "android-secret").start();
    }

    @AfterAll
    static void stop() throws Exception {
        bundle.close();
    }

    @Test
    void everybodyMayHaveTheScriptAndNoSecretIsInIt() {
        Post.Reply reply = get(bundle, "/messenger/web.js");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.raw().body()).contains("\"app_id\":\"workspace-1\"", "\"activator\":\"#IntercomDefaultWidget\"")
                .doesNotContain("server-token", "-key", "-secret", "api_base");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ios", "tvos"})
    void anAuthorisedAppGetsItsKey(String platform) {
        Post.Reply reply = Post.to(bundle, "/messenger/" + platform + ".json").as("GET").with("Authorization", SECRET)
                .with("file", "android.json").send("");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/json");
        assertThat(reply.json()).hasToString("{\"app_id\":\"workspace-1\",\"platform\":\"" + platform + "\",\"sdk_key\":\""
                + platform + "-key\"}");
    }

    @Test
    void nobodyElseDoes() {
        assertThat(get(bundle, "/messenger/ios.json").reason()).isEqualTo("missing-authorization");
        Post.Reply wrong = Post.to(bundle, "/messenger/ios.json").as("GET").with("Authorization", "Bearer guess").send("");
        assertThat(wrong.status()).isEqualTo(403);
        assertThat(wrong.reason()).isEqualTo("wrong-authorization");
    }

    @Test
    void norDoesWhoMaySendBatches() {
        Post.Reply reply = Post.to(bundle, "/messenger/ios.json").as("GET").with("Authorization", "Bearer for-batches").send("");
        assertThat(reply.reason()).isEqualTo("wrong-authorization");
    }

    @Test
    void noCredentialOfOursIsAKeyOfAnApp() {
        Post.Reply reply = Post.to(bundle, "/messenger/android.json").as("GET").with("Authorization", SECRET).send("");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.reason()).isEqualTo("setting-missing");
        assertThat(reply.field()).isEqualTo("mparticle-intercom.platform.android.sdk-key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"web.json", "ios", "ios.json.json", "IOS.json", "..%2fios.json"})
    void thereAreNoOtherPlatforms(String file) {
        Post.Reply reply = Post.to(bundle, "/messenger/" + file).as("GET").with("Authorization", SECRET).send("");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.reason()).isEqualTo("not-found");
    }

    @Test
    void withoutAuthorizationSetNobodyIsAuthorised() throws Exception {
        try (Bundle open = messenger().set("http.authorization", "Bearer for-batches").set("intercom.app-id", "workspace-1").set("intercom.access-token", "token")
                .set("platform.ios.sdk-key", "ios-key").start()) {
            Post.Reply reply = get(open, "/messenger/ios.json");

            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.reason()).isEqualTo("authorization-not-set");
            assertThat(reply.raw().body()).doesNotContain("ios-key");
        }
    }

    @Test
    void anotherRegionAndWidgetGoAlong() throws Exception {
        try (Bundle europe = messenger().set("intercom.app-id", "workspace-1").set("intercom.region", "eu")
                .set("platform.web.widget-id", ".help").start()) {
            assertThat(get(europe, "/messenger/web.js").raw().body())
                    .contains("\"api_base\":\"https://api-iam.eu.intercom.io\"", "\"activator\":\".help\"");
        }
    }

    @Test
    void withoutAnAppIdThereIsNoScript() throws Exception {
        try (Bundle nameless = messenger().start()) {
            Post.Reply reply = get(nameless, "/messenger/web.js");

            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.field()).isEqualTo("mparticle-intercom.intercom.app-id");
        }
    }

    static Bundle.Builder messenger() {
        return Bundle.builder().set("http.enabled", "true").set("dry-run", "true");
    }

    private static Post.Reply get(Bundle bundle, String path) {
        return Post.to(bundle, path).as("GET").send("");
    }
}
