package io.github.mparticleintercom.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The pages that are made from something else are not older than that. With {@code mvn test -Dtest=MadePagesTest -Ddocs.write=true}
 * they are written anew.
 */
class MadePagesTest {

    private static final Path DOCS = Path.of("src/main/dist/docs");
    private static final Pattern SECTION = Pattern.compile("# --- (.+?) -+");
    private static final Pattern SETTING = Pattern.compile("([\\w.-]+) =(?: (.*))?");

    @Test
    void settings() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Settings

                What may stand in `application.properties`, with its default. An environment variable wins over the file, and a file of the
                secrets folder stands between the two. Its name is the key in capitals, with `_` for every dot and dash. Relative paths
                start at the folder of the program. `bin/mparticle-intercom check` prints what takes effect and where it comes from.

                A key under `mparticle-intercom.` that a route of yours names is a setting, too ([recipes](recipes.md)).
                """);
        List<String> comment = new ArrayList<>();
        List<String> above = List.of();
        for (String line : Files.readAllLines(Path.of("application.properties"))) {
            Matcher section = SECTION.matcher(line);
            Matcher setting = SETTING.matcher(line);
            if (section.matches()) {
                page.append("\n## ").append(section.group(1)).append("\n\n| key and environment variable | default | |\n|---|---|---|\n");
                comment.clear();
                above = List.of();
            } else if (line.startsWith("#")) {
                comment.add(line.substring(1).strip());
            } else if (setting.matches()) {
                // several keys may stand below one comment
                above = comment.isEmpty() && page.toString().endsWith("|\n") ? above : List.copyOf(comment);
                comment.clear();
                String value = setting.group(2) == null ? "" : setting.group(2);
                page.append("| `").append(setting.group(1)).append("`<br>`").append(variable(setting.group(1))).append("` | ")
                        .append(value.isEmpty() ? "" : "`" + value + "`").append(" | ").append(String.join(" ", above)).append(" |\n");
            } else {
                assertThat(line).isEmpty();
                comment.clear();
            }
        }
        page.append("""

                ## In the environment only

                They are for the start script and the log, and not in the file.

                | environment variable | default | |
                |---|---|---|
                | `MPARTICLE_INTERCOM_LOG_FORMAT` | `text` | `json`: each line of the log is JSON, as `log-line.json` says. |
                | `MPARTICLE_INTERCOM_AUDIT_FILE` | `logs/audit.jsonl` | Where the audit log is written. |
                | `MPARTICLE_INTERCOM_TRACES` | `off` | `otlp`: traces of the routes go to the collector at `OTEL_EXPORTER_OTLP_ENDPOINT`. |
                | `MPARTICLE_INTERCOM_CACHE` | `cache` | Folder for Java's archive of classes, which `check` leaves and later starts use. |
                | `JAVA_OPTS` | | Options of Java, such as `-Xmx1g`. |
                """);
        compare(DOCS.resolve("settings.md"), page.toString());
    }

    @Test
    void theVariablesThatAreNoSettingsAreThoseOfTheScriptAndTheLog() throws IOException {
        String users = Files.readString(Path.of("src/main/dist/bin/mparticle-intercom"))
                + Files.readString(Path.of("src/main/dist/log4j2.properties"));
        assertThat(Pattern.compile("MPARTICLE_INTERCOM_[A-Z]+(_[A-Z]+)*").matcher(users).results().map(found -> found.group()).distinct())
                .containsExactlyInAnyOrder("MPARTICLE_INTERCOM_LOG_FORMAT", "MPARTICLE_INTERCOM_AUDIT_FILE", "MPARTICLE_INTERCOM_TRACES",
                        "MPARTICLE_INTERCOM_CACHE");
    }

    @Test
    void reasons() throws IOException {
        StringBuilder page = new StringBuilder("""
                # Reasons

                Receipts, dead letters, the audit log, metrics, health and error answers use these codes. A route may give others of your
                own ([recipes](recipes.md)): they are counted, recorded and shown in the same way.

                | code | meaning | what to do |
                |---|---|---|
                """);
        for (Reason reason : Reason.known()) {
            page.append("| `").append(reason.code()).append("` | ").append(reason.sentence()).append(" | ").append(reason.advice())
                    .append(" |\n");
        }
        compare(DOCS.resolve("reasons.md"), page.toString());
    }

    private static String variable(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    private static void compare(Path page, String made) throws IOException {
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(page, made);
        }
        assertThat(page).as("stale: write it with -Ddocs.write=true").content().isEqualTo(made);
    }
}
