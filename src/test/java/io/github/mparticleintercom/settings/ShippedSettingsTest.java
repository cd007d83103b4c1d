package io.github.mparticleintercom.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.style.RouteFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The keys and defaults of {@code application.properties}, of the routes and of {@link Settings} are the same. */
class ShippedSettingsTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(mparticle-intercom\\.[^:}]+)(:([^}]*))?\\}\\}");
    /** A host that takes the routes in opens nothing to others by that. */
    private static final List<String> SWITCHES = List.of("mparticle-intercom.http.enabled", "mparticle-intercom.files.enabled",
            "mparticle-intercom.jms.enabled", "mparticle-intercom.console.enabled", "mparticle-intercom.api.enabled");

    /** Nor does it have the files that lie beside ours. */
    private static final String MAPPING = "mparticle-intercom.events.mapping";

    @Test
    void everyKeyStandsInTheFileAndNoOther() throws IOException {
        assertThat(shipped().keySet()).containsExactlyInAnyOrderElementsOf(Settings.keys());
    }

    @Test
    void whatMayBeEmptyIsWhatShipsSo() throws IOException {
        Map<String, String> shipped = shipped();
        shipped.values().removeIf(value -> !value.isEmpty());
        // a workspace may want none of these
        assertThat(KnownSettings.MAY_BE_EMPTY).containsAll(shipped.keySet()).filteredOn(key -> !shipped.containsKey(key))
                .containsExactlyInAnyOrder("mparticle-intercom.user.standard-fields", "mparticle-intercom.events.ignored-attributes", MAPPING);
    }

    @Test
    void whatShipsIsOfItsKind() throws IOException {
        shipped().forEach((key, value) -> assertThat(value.isEmpty() || KnownSettings.KINDS.get(key).accepts().test(value))
                .as("%s = %s", key, value).isTrue());
    }

    /** Or stands below one that shares it. */
    @Test
    void everyKeyHasACommentAboveIt() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("application.properties"));
        for (int line = 1; line < lines.size(); line++) {
            if (lines.get(line).startsWith("mparticle-intercom.")) {
                assertThat(lines.get(line - 1)).as(lines.get(line)).matches("(# |mparticle-intercom\\.).*").doesNotStartWith("# ---");
            }
        }
    }

    @Test
    void defaultsOfTheRoutesAreThoseOfTheFile() throws IOException {
        Map<String, String> shipped = shipped();
        List<String> used = new ArrayList<>();
        for (Path file : RouteFiles.all()) {
            // as it reads, not as it is folded
            Matcher placeholder = PLACEHOLDER.matcher(RouteFiles.entities(file).toString());
            while (placeholder.find()) {
                String key = placeholder.group(1);
                used.add(key);
                assertThat(placeholder.group(3)).as("%s in %s", key, file)
                        .isEqualTo(SWITCHES.contains(key) ? "false" : key.equals(MAPPING) ? "" : shipped.get(key));
            }
        }
        assertThat(used).hasSizeGreaterThan(30).containsAll(SWITCHES);
    }

    @Test
    void everyKeyIsUsed() throws IOException {
        StringBuilder users = new StringBuilder();
        for (Path file : RouteFiles.all()) {
            users.append(RouteFiles.entities(file));
        }
        users.append(Files.readString(Path.of("application.properties")));
        List<String> usedInJava = List.of("mparticle-intercom.http.client-timeout-millis", "mparticle-intercom.http.bodies-budget-bytes",
                "mparticle-intercom.http.max-connections", "mparticle-intercom.secrets.folder");
        assertThat(Settings.keys()).filteredOn(key -> !usedInJava.contains(key))
                .allSatisfy(key -> assertThat(users).containsPattern("\\{\\{" + Pattern.quote(key) + "[:}]"));
    }

    private static Map<String, String> shipped() throws IOException {
        Map<String, String> shipped = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("application.properties"))) {
            if (line.startsWith("mparticle-intercom.")) {
                String[] pair = line.split("=", 2);
                assertThat(shipped.put(pair[0].strip(), pair[1].strip())).as("%s stands once", pair[0]).isNull();
            }
        }
        return shipped;
    }
}
