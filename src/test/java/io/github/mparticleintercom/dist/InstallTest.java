package io.github.mparticleintercom.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mparticleintercom.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What {@code install/} says about the bundle is true of it. */
class InstallTest {

    private static final Path INSTALL = Path.of("src/main/dist/install");
    private static final Pattern VARIABLE = Pattern.compile("\\b(MPARTICLE_INTERCOM_[A-Z_]+)\\b");
    /** Read by the start script's log configuration, not by the bundle. */
    private static final Set<String> OF_THE_LOG = Set.of("MPARTICLE_INTERCOM_AUDIT_FILE");

    @ParameterizedTest
    @ValueSource(strings = {"mparticle-intercom.service", "Containerfile", "kubernetes.yaml"})
    void setsOnlyWhatIsASetting(String file) throws IOException {
        Set<String> known = Settings.keys().stream().map(key -> key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"))
                .collect(Collectors.toSet());
        Matcher variable = VARIABLE.matcher(Files.readString(INSTALL.resolve(file)));
        List<String> unknown = new ArrayList<>();
        while (variable.find()) {
            if (!known.contains(variable.group(1)) && !OF_THE_LOG.contains(variable.group(1))) {
                unknown.add(variable.group(1));
            }
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void secretsAreMountedWhereTheBundleLooksForThem() throws IOException {
        String manifests = Files.readString(INSTALL.resolve("kubernetes.yaml"));
        Matcher key = Pattern.compile("(?m)^  (mparticle-intercom\\..+): ").matcher(manifests);
        assertThat(key.results().map(found -> found.group(1)).toList()).isNotEmpty().isSubsetOf(Settings.keys());
        Matcher folder = Pattern.compile("MPARTICLE_INTERCOM_SECRETS_FOLDER: (\\S+)").matcher(manifests);
        assertThat(folder.find()).isTrue();
        assertThat(manifests).contains("- name: secrets\n              mountPath: " + folder.group(1) + "\n");
    }

    @Test
    void probesAndStopFitTheBundle() throws IOException {
        String manifests = Files.readString(INSTALL.resolve("kubernetes.yaml"));
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(manifests)) {
            assertThat(document).isInstanceOf(Map.class);
        }
        assertThat(manifests).contains("path: /observe/health/live", "path: /observe/health/ready",
                "containerPort: " + shipped("mparticle-intercom.http.port"), "containerPort: 9876");
        int shutdown = Integer.parseInt(shipped("camel.main.shutdown-timeout"));
        assertThat(number(manifests, "terminationGracePeriodSeconds: (\\d+)")).isGreaterThan(shutdown);
        assertThat(number(Files.readString(INSTALL.resolve("mparticle-intercom.service")), "TimeoutStopSec=(\\d+)"))
                .isGreaterThan(shutdown);
    }

    @Test
    void systemdAcceptsTheUnit(@TempDir Path folder) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-analyze")), "Skipped: no systemd-analyze here");
        Path unit = folder.resolve("mparticle-intercom.service");
        Files.writeString(unit, Files.readString(INSTALL.resolve("mparticle-intercom.service"))
                .replace("ExecStart=/opt/mparticle-intercom/bin/mparticle-intercom", "ExecStart=/bin/sh"));

        Process verify = new ProcessBuilder("/usr/bin/systemd-analyze", "verify", unit.toString()).redirectErrorStream(true).start();
        assertThat(new String(verify.getInputStream().readAllBytes())).doesNotContain("mparticle-intercom.service");
        assertThat(verify.waitFor()).isZero();
    }

    private static String shipped(String key) throws IOException {
        Matcher line = Pattern.compile("(?m)^" + Pattern.quote(key) + " = (.*)$")
                .matcher(Files.readString(Path.of("application.properties")));
        assertThat(line.find()).as(key).isTrue();
        return line.group(1);
    }

    private static int number(String text, String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(text);
        assertThat(found.find()).as(pattern).isTrue();
        return Integer.parseInt(found.group(1));
    }
}
