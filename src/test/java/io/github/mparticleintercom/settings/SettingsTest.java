package io.github.mparticleintercom.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final String PREFIX = "mparticle-intercom.";
    private final Properties values = new Properties();

    @BeforeEach
    void startFromWhatShips() throws Exception {
        try (Reader reader = Files.newBufferedReader(Path.of("application.properties"))) {
            values.load(reader);
        }
    }

    @Test
    void acceptsWhatShips() {
        assertThat(problems()).isEmpty();
    }

    @Test
    void namesTheOneWayToSecretsInFiles() {
        values.setProperty("camel.main.cloud-properties-location", "/run/secrets");
        assertRefused("camel.main.cloud-properties-location is set, which the commands cannot use; set mparticle-intercom.secrets.folder"
                + " in its place.");
    }

    @Test
    void wantsOneBrokerOnly() {
        values.setProperty(PREFIX + "broker.connection-factory", "hostsFactory");
        assertThat(problems()).isEmpty();
        values.setProperty(PREFIX + "broker.url", "tcp://broker:61616");
        assertRefused("Only one of mparticle-intercom.broker.connection-factory and mparticle-intercom.broker.url may be set.");
    }

    @Test
    void saysWhichSettingIsMissing() {
        for (String key : Settings.keys()) {
            String value = values.getProperty(key).strip();
            if (!value.isEmpty() && !KnownSettings.MAY_BE_EMPTY.contains(key)) {
                values.remove(key);
                assertRefused(key + " is missing.");
                values.setProperty(key, "  ");
                assertRefused(key + " is missing.");
                values.setProperty(key, value);
            }
        }
    }

    @Test
    void takesNoQuotationMarkAndDoesNotRepeatIt() {
        values.setProperty(PREFIX + "http.authorization", "a\"b");

        assertRefused("mparticle-intercom.http.authorization holds a quotation mark, which no setting may hold.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "secrets.folder           | /nowhere         | a folder",
        "http.enabled             | yes              | one of true, false",
        "dry-run                  | TRUE             | one of true, false",
        "http.port                | eighty           | a whole number from 0 to 65535",
        "http.port                | 65536            | a whole number from 0 to 65535",
        "http.max-body-bytes      | 0                | a whole number from 1 to 2147483647",
        "throttle.window-millis   | 10s              | a whole number from 1 to 2147483647",
        "limits.user-attributes   | -1               | a whole number from 0 to 250, the limit of Intercom itself",
        "limits.user-attributes   | 251              | a whole number from 0 to 250, the limit of Intercom itself",
        "limits.event-attributes  | 2.5              | a whole number from 0 to 10, the limit of Intercom itself",
        "limits.event-attributes  | 11               | a whole number from 0 to 10, the limit of Intercom itself",
        "limits.value-chars       | 256              | a whole number from 1 to 255, the limit of Intercom itself",
        "limits.name-chars        | 0                | a whole number from 1 to 255, the limit of Intercom itself",
        "events.types             | custom_event;screen_view | a list with commas between its entries",
        "events.names             | a;b              | a list with commas between its entries",
        "events.priority-attributes | a;b            | a list with commas between its entries",
        "user.standard-fields     | name;phone       | a list with commas between its entries",
        "consent.purpose          | , ,              | a list with commas between its entries",
        "events.names             | ,                | a list with commas between its entries",
        "events.types             | ,,               | a list with commas between its entries",
        "user.tags                | , ,              | a list with commas between its entries",
        "erasure.callback-hosts   | ftp://x          | of the form host,host:port,http://host:port",
        "erasure.callback-hosts   | a.example,me@b.example | of the form host,host:port,http://host:port",
        "erasure.callback-hosts   | ,                | of the form host,host:port,http://host:port",
        "user.rename              | ,                | of the form old=new,old=new",
        "events.rename-attributes | a=b;c=d          | of the form old=new,old=new",
        "intercom.region          | us-east          | one of us, eu, au",
        "intercom.base-url        | api.intercom.io  | an http or https address",
        "intercom.base-url        | https://a b      | an http or https address",
        "intercom.api-version     | latest           | a version such as 2.16",
        "broker.listen            | 61616            | of the form tcp://host:port",
        "broker.listen            | tcp://127.0.0.1:1?host=0.0.0.0 | of the form tcp://host:port",
        "broker.url               | localhost:61616  | of the form tcp://host:port",
        "broker.url               | ssl://host:61616 | of the form tcp://host:port",
        "broker.url               | tcp://host       | of the form tcp://host:port",
        "broker.url               | tcp://host?sslEnabled=true | of the form tcp://host:port",
        "broker.url               | (tcp://one:61616,tcp://two)?ha=true | of the form tcp://host:port",
        "broker.listen            | tcp://127.0.0.1  | of the form tcp://host:port",
        "events.rename-attributes | old              | of the form old=new,old=new",
        "user.rename              | old=new,=x       | of the form old=new,old=new"})
    void saysWhichSettingIsOfTheWrongKind(String key, String value, String expected) {
        values.setProperty(PREFIX + key, value);
        assertRefused(PREFIX + key + " is '" + value + "', which is not " + expected + ".");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "::"})
    void listensToNobodyElseWithoutAuthorization(String host) {
        values.setProperty(PREFIX + "http.host", host);
        assertRefused(PREFIX + "http.authorization must be set before " + PREFIX + "http.host may be '" + host
                + "', which others can reach.");

        values.setProperty(PREFIX + "http.enabled", "false");
        assertThat(problems()).isEmpty();
        values.setProperty(PREFIX + "http.enabled", "true");
        values.setProperty(PREFIX + "http.authorization", "Bearer x");
        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "::", ""})
    void letsNobodyWatchWithoutAuthorization(String host) {
        values.setProperty("camel.management.host", host);
        assertRefused(PREFIX + "http.authorization must be set before camel.management.host may be '"
                + (host.isEmpty() ? "0.0.0.0" : host) + "', which others can reach.");

        values.setProperty("camel.management.enabled", "false");
        assertThat(problems()).isEmpty();
        values.setProperty("camel.management.enabled", "true");
        values.setProperty(PREFIX + "http.authorization", "Bearer x");
        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "::1"})
    void listensOnLoopbackWithoutAuthorization(String host) {
        values.setProperty(PREFIX + "http.host", host);
        assertThat(problems()).isEmpty();
    }

    @Test
    void saysWhichHostIsUnknown() {
        values.setProperty(PREFIX + "http.host", "no host at all");
        assertRefused(PREFIX + "http.host: 'no host at all' is not an address of this machine.");
    }

    @Test
    void opensNoBrokerToOthersWithoutAUser() {
        values.setProperty(PREFIX + "broker.listen", "tcp://0.0.0.0:61616");
        assertRefused(PREFIX + "broker.user and " + PREFIX + "broker.password must be set before " + PREFIX
                + "broker.listen may be 'tcp://0.0.0.0:61616', which others can reach.");

        values.setProperty(PREFIX + "broker.user", "me");
        assertRefused(PREFIX + "broker.password is missing, and there is a " + PREFIX + "broker.user.");
        values.setProperty(PREFIX + "broker.password", "secret");
        assertThat(problems()).isEmpty();
        values.setProperty(PREFIX + "broker.user", "");
        assertRefused(PREFIX + "broker.user is missing, and there is a " + PREFIX + "broker.password.");
    }

    @Test
    void opensABrokerOnLoopbackWithoutAUser() {
        values.setProperty(PREFIX + "broker.listen", "tcp://localhost:61616");
        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "ios", "android", "tvos"})
    void notesThePlatformsWithoutACredential(String platform) {
        assertThat(notes()).isEmpty();
        for (String other : new String[] {"web", "ios", "android", "tvos"}) {
            values.setProperty(PREFIX + "platform." + other + ".api-key", "key");
        }
        assertThat(notes()).isEmpty();
        values.setProperty(PREFIX + "platform." + platform + ".api-key", "");
        assertThat(notes()).containsExactly(PREFIX + "platform." + platform + ".api-key is not set, and there is no " + PREFIX
                + "intercom.access-token to use in its place: batches of this platform are dead-lettered.");
        assertThat(problems()).isEmpty();

        values.setProperty(PREFIX + "intercom.access-token", "token");
        assertThat(notes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "events.types  | custom_events            | : mParticle has no event type 'custom_events'; did you mean 'custom_event'?",
        "consent.purpose | marketing,data_sale_opt_out | ` names 'data_sale_opt_out'; did you mean 'ccpa_data_sale_opt_out'?`",
        "events.types  | custom_event, screenview | : mParticle has no event type 'screenview'; did you mean 'screen_view'?",
        "events.rename-attributes | a=x,b=x | ` renames both 'a' and 'b' to 'x': only the first of them would be kept.`",
        "user.rename   | a = x, b= x | ` renames both 'a' and 'b' to 'x': only the first of them would be kept.`",
        "user.rename   | a=x,a=y     | ` renames 'a' twice.`",
        "user.standard-fields | name,name | ` names 'name' twice.`",
        "user.standard-fields | name,role | ` names 'role', which says who the contact is and cannot be an attribute.`"})
    void saysWhatCannotBeMeant(String key, String value, String sentence) {
        values.setProperty(PREFIX + key, value);
        assertRefused(PREFIX + key + sentence);
    }

    @Test
    void neverRepeatsASecret() {
        for (String key : Settings.keys()) {
            if (key.matches(".*(token|api-key|authorization|password)")) {
                values.setProperty(key, "hush hush \u0000");
            }
        }
        values.setProperty(PREFIX + "broker.user", "");
        assertThat(problems()).isNotEmpty().noneMatch(sentence -> sentence.contains("hush"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "tcp://broker:61617?sslEnabled=true&trustStorePath=/etc/trusted.p12&trustStorePassword=*",
        "tcp://broker:61617?trustStorePassword=*;sslEnabled=true;keyStorePassword=*&user=me&password=*",
        "(tcp://one:61617,tcp://two:61617)?sslEnabled=true&trustStorePassword=*",
        "tcp://me:*@broker:61617?sslEnabled=true"})
    void takesABrokerBehindTlsAndShowsNoPasswordOfIt(String address) {
        values.setProperty(PREFIX + "broker.url", address.replace("*", "hush"));

        assertThat(problems()).isEmpty();
        assertThat(Settings.masked(address.replace("*", "hush"))).isEqualTo(address.replace("*", "***"));
        values.setProperty(PREFIX + "broker.url", "http" + address.replace("*", "hush"));
        assertRefused(PREFIX + "broker.url is 'http" + address.replace("*", "***") + "', which is not of the form tcp://host:port.");
    }

    private void assertRefused(String sentence) {
        assertThat(problems()).containsExactly(sentence);
        assertThat(sentence).doesNotContain("\n");
    }

    private List<String> notes() {
        return new Settings(values::getProperty).notes().stream().map(Settings.Problem::sentence).toList();
    }

    private List<String> problems() {
        return new Settings(values::getProperty).problems().stream().map(Settings.Problem::sentence).toList();
    }
}
