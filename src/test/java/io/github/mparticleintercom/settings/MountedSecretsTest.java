package io.github.mparticleintercom.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PropertiesComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MountedSecretsTest {

    private static final String KEY = "mparticle-intercom.broker.password";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n", "\n\n"})
    void theEndOfTheLineDoesNotCount(String end) throws IOException {
        Files.writeString(folder.resolve(KEY), " two words " + end);

        assertThat(settings(folder.toString()).resolveProperty(KEY)).contains(" two words ");
        assertThat(settings(folder.toString()).loadProperties(KEY::equals).getProperty(KEY)).isEqualTo(" two words ");
    }

    @Test
    void noNameLeadsOutOfTheFolder() throws IOException {
        Files.writeString(folder.resolve("outside"), "secret");
        Path inner = Files.createDirectory(folder.resolve("inner"));

        assertThat(settings(inner.toString()).resolveProperty("../outside")).isEmpty();
        assertThat(settings(inner.toString()).resolveProperty(folder.resolve("outside").toString())).isEmpty();
    }

    @Test
    void noFolderIsNotTheWorkingFolder() {
        assertThat(Path.of("pom.xml")).exists();
        assertThat(settings("").resolveProperty("pom.xml")).isEmpty();
        assertThat(settings(" ").resolveProperty("pom.xml")).isEmpty();
    }

    private static PropertiesComponent settings(String folder) {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getPropertiesComponent().addInitialProperty("mparticle-intercom.secrets.folder", folder);
        MountedSecrets.addTo(context);
        return context.getPropertiesComponent();
    }
}
