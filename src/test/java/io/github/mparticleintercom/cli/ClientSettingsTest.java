package io.github.mparticleintercom.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mparticleintercom.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands read of the settings is what Camel reads. */
class ClientSettingsTest {

    private static final String KEY = "mparticle-intercom.http.authorization";

    @TempDir
    private Path folder;
    private final Map<String, String> environment = new HashMap<>();
    private final Locale locale = Locale.getDefault();

    @BeforeEach
    void setLocale() {
        // where a small i has no plain capital
        Locale.setDefault(new Locale("tr", "TR"));
    }

    @AfterEach
    void restore() {
        Locale.setDefault(locale);
        System.clearProperty(KEY);
    }

    @Test
    void takesTheEnvironmentThenPropertiesThenMountedSecretsThenTheFile() throws IOException {
        assertThat(read("a = b", KEY)).isEqualTo("none");
        assertThat(read(KEY + " =  from the file ", KEY)).isEqualTo("from the file");
        Files.writeString(folder.resolve(KEY), "mounted\n");
        String text = KEY + " = from the file\nmparticle-intercom.secrets.folder = " + folder;
        assertThat(read(text, KEY)).isEqualTo("mounted");
        System.setProperty(KEY, "property");
        assertThat(read(text, KEY)).isEqualTo("property");
        environment.put("MPARTICLE_INTERCOM_HTTP_AUTHORIZATION", "environment");
        assertThat(read(text, KEY)).isEqualTo("environment");
    }

    @Test
    void fillsInPlaceholders() throws IOException {
        environment.put("PORT", "1234");
        assertThat(read("camel.management.port = {{env:PORT:9876}}", "camel.management.port")).isEqualTo("1234");
        assertThat(read("camel.management.port = {{env:NONE:9876}}", "camel.management.port")).isEqualTo("9876");
        assertThat(read("a.b = {{c.d}}{{e.f:-g}}\nc.d = {{env:PORT}}", "a.b")).isEqualTo("1234-g");
    }

    @Test
    void saysWhatHasNoEnd() {
        assertThatThrownBy(() -> read("a.b = {{c.d}}\nc.d = {{a.b}}", "a.b")).isInstanceOf(SettingsException.class)
                .hasMessageContaining("a.b");
    }

    private String read(String text, String key) throws IOException {
        Path file = Files.writeString(folder.resolve("application.properties"), text);
        return ClientSettings.read(file, environment::get).get(key, "none");
    }
}
