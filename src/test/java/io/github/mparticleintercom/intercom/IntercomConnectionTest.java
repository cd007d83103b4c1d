package io.github.mparticleintercom.intercom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mparticleintercom.settings.SettingsException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntercomConnectionTest {

    private final IntercomConnection connection = new IntercomConnection();
    private final Map<String, Object> variables = new HashMap<>();

    @Test
    void isADryRunWithoutAnyCredential() {
        assertThat(connection.isDryRun()).isTrue();
        assertThat(connection.credentials()).isEmpty();
        connection.look("web", variables);
        assertThat(variables).containsEntry("credential", "set");

        connection.setTvosApiKey("t");
        assertThat(connection.isDryRun()).isFalse();
        connection.setDryRun(true);
        assertThat(connection.isDryRun()).isTrue();
        assertThat(connection.credentials()).isEmpty();
    }

    @Test
    void takesThePlatformsOwnCredentialOrTheGeneralOne() {
        connection.setWebApiKey(" w ");
        connection.setIosApiKey("i");
        connection.setAndroidApiKey("a");
        connection.setTvosApiKey("  ");
        assertThat(connection.credentials()).containsExactly("android", "ios", "web");
        connection.look("tvos", variables);
        assertThat(variables).containsEntry("credential", "none");
        connection.look("web", variables);
        assertThat(variables).containsEntry("credential", "set");

        connection.setAccessToken(" g ");
        assertThat(connection.credentials()).containsExactly("android", "ios", "web", "");
        assertThat(connection.authorization("web")).isEqualTo("Bearer w");
        assertThat(connection.authorization("tvos")).isEqualTo("Bearer g");
        assertThat(connection.authorization(null)).isEqualTo("Bearer g");
        assertThat(connection.credentialOf("web")).isEqualTo("web");
        assertThat(connection.credentialOf("tvos")).isEmpty();
        assertThat(connection.credentialOf(null)).isEmpty();
        assertThat(connection.withoutCredentials("a g and w, x")).isEqualTo("*** *** ***nd ***, x");
    }

    @ParameterizedTest
    @CsvSource({"us, https://api.intercom.io/me", "' eu ', https://api.eu.intercom.io/me", "au, https://api.au.intercom.io/me"})
    void isInItsRegionUnlessAnAddressIsSet(String region, String address) {
        connection.setRegion(region);
        assertThat(connection.uri("/me")).isEqualTo(address);
        connection.setBaseUrl(" http://elsewhere.test// ");
        assertThat(connection.uri("/me")).isEqualTo("http://elsewhere.test/me");
        connection.setApiVersion(" 2.15 ");
        assertThat(connection.apiVersion()).isEqualTo("2.15");
    }

    @Test
    void saysWhichWorkspaceItIs() {
        assertThat(connection.describe()).isEqualTo("workspace of the access token, region us, https://api.intercom.io");
        connection.setAppId(" w1 ");
        connection.setIosApiKey("i");
        connection.setWebApiKey("w");
        assertThat(connection.describe()).isEqualTo("workspace w1, region us, https://api.intercom.io, own API keys for ios, web");
        connection.expect("w1 ");
        connection.expect(" ");
        connection.expect(null);
        assertThatThrownBy(() -> connection.expect("w2")).isInstanceOf(SettingsException.class).hasMessageContaining("'w2'").hasMessageContaining("'w1'");
    }

    @Test
    void takesACredentialThatChangedInTheSettingsAndGivesNoneUp() {
        Properties settings = new Properties();
        settings.setProperty("mparticle-intercom.intercom.access-token", "old");
        settings.setProperty("mparticle-intercom.platform.ios.api-key", "old-ios");
        CamelContext context = new DefaultCamelContext();
        context.getPropertiesComponent().setInitialProperties(settings);
        connection.setAccessToken("set-elsewhere");
        connection.setIosApiKey("old-ios");
        connection.refresh();
        connection.setCamelContext(context);
        connection.refresh();
        assertThat(connection.getCamelContext()).isSameAs(context);
        assertThat(connection.authorization("")).as("nothing changed").isEqualTo("Bearer set-elsewhere");

        settings.setProperty("mparticle-intercom.intercom.access-token", " new ");
        settings.setProperty("mparticle-intercom.platform.ios.api-key", "new-ios");
        connection.refresh();
        assertThat(connection.authorization("")).isEqualTo("Bearer new");
        assertThat(connection.authorization("ios")).isEqualTo("Bearer new-ios");
        settings.clear();
        connection.refresh();
        assertThat(connection.authorization("")).isEqualTo("Bearer new");
    }
}
