package io.github.mparticleintercom.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a setting of the environment is found whatever the machine's language is. */
class SettingsVariablesTest {

    @Test
    void namesTheVariableOfAKey() {
        assertThat(Settings.variable("mparticle-intercom.intercom.app-id")).isEqualTo("MPARTICLE_INTERCOM_INTERCOM_APP_ID");
    }

    @ParameterizedTest
    @CsvSource({"tr,TR", "az,AZ", "lt,LT", "de,DE", "ar,EG"})
    void areFoundInEveryLanguage(String language, String country) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-Duser.language=" + language, "-Duser.country=" + country,
                "-cp", System.getProperty("java.class.path"), Program.class.getName()).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("MPARTICLE_INTERCOM_INTERCOM_APP_ID", "found");
        Process process = builder.start();

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).endsWith("found");
        assertThat(process.waitFor()).isZero();
    }

    /** A program that starts as the bundle does. */
    static final class Program {

        private Program() {
        }

        public static void main(String... arguments) {
            Settings.findInEveryLanguage();
            try (DefaultCamelContext context = new DefaultCamelContext()) {
                System.out.print(context.resolvePropertyPlaceholders("{{mparticle-intercom.intercom.app-id:lost}}"));
            } catch (Exception e) {
                System.out.print(e);
            }
        }
    }

    @Test
    void leavesALanguageAloneWhoseCapitalsServe() {
        Locale before = Locale.getDefault();
        Settings.findInEveryLanguage();

        assertThat(Locale.getDefault()).isEqualTo(before);
    }
}
