package io.github.mparticleintercom.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mparticleintercom.docs.Page;
import io.github.mparticleintercom.sandbox.Fault;
import io.github.mparticleintercom.sandbox.IntercomSandbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the pages, run by a shell in the folder of the distribution while the program runs. */
class PagesIT {

    private static final String REFUSED = """
            {"batch_id": "refused-%s", "user_identities": {"customer_id": "refused-%s"}, "user_attributes": {"plan": "pro"}}""";
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s#]+)");

    @TempDir
    private Path parent;
    private int refused;

    @Test
    void everyCommandThatIsNotMarkedWorks() throws Exception {
        EditableHome home = EditableHome.unpack(parent);
        try (IntercomSandbox intercom = IntercomSandbox.start()) {
            Map<String, String> settings = new HashMap<>(BundleProcess.to(intercom, "CAMEL_MANAGEMENT_ENABLED", "true",
                    "CAMEL_MANAGEMENT_PORT", "0", "MPARTICLE_INTERCOM_BROKER_DATA", "data",
                    "MPARTICLE_INTERCOM_FILES_INBOX", "inbox", "MPARTICLE_INTERCOM_AUDIT_FILE", "logs/audit.jsonl",
                    "MPARTICLE_INTERCOM_ERASURE_ENABLED", "true",
                    "MPARTICLE_INTERCOM_ERASURE_AUTHORIZATION", "Bearer erase-something-long"));
            try (BundleProcess bundle = BundleProcess.start(home.script(), home.path(), settings)) {
                settings.put("CAMEL_MANAGEMENT_PORT", bundle.managementPort());
                // so that the commands about it find something
                assertThat(bundle.post(Files.readString(home.path().resolve("samples/7-purchase.json"))).statusCode()).isEqualTo(202);
                List<String> failed = new ArrayList<>();
                int run = 0;
                for (Path source : Page.all()) {
                    Path page = source.endsWith("README.md") ? Path.of("target/dist/README.md") : source;
                    for (Page.Commands commands : Page.commands(page)) {
                        for (String line : commands.reason() != null ? List.<String>of() : whole(commands.text())) {
                            run++;
                            String id = line.contains("dead") || line.contains("replay?")
                                    ? deadLetter(bundle, home, settings, intercom) : "";
                            run(home, settings, line.replace(" ID", " " + id).replace(" FILE", " dead-letters.jsonl")
                                    .replace("http://127.0.0.1:8080", bundle.url())
                                    .replace("127.0.0.1:9876", "127.0.0.1:" + bundle.managementPort()))
                                    .ifPresent(problem -> failed.add(page + ": " + line + "\n" + problem));
                        }
                    }
                }
                assertThat(failed).isEmpty();
                assertThat(run).isGreaterThan(15);
            }
        }
    }

    @Test
    void theDemoPrintsWhatTheReadmeShows() throws Exception {
        Matcher shown = Pattern.compile("(?ms)^```\n(== samples.*?)^```$").matcher(Files.readString(Path.of("README.md")));
        assertThat(shown.find()).isTrue();
        // as a newcomer has it, whose environment names no folder
        Path script = Files.writeString(parent.resolve("demo.sh"),
                "#!/bin/sh\nunset MPARTICLE_INTERCOM_BROKER_DATA\nexec " + BundleProcess.SCRIPT + " \"$@\"\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        try (BundleProcess demo = BundleProcess.start(script, parent, Map.of(), "demo")) {
            await().atMost(Duration.ofSeconds(60)).until(() -> demo.log().contains("That was the demo"));
            shown.group(1).lines().forEach(line -> assertThat(log(demo)).contains(line.replaceFirst(",\\.\\.\\..*", "")));
        }
    }

    private static String log(BundleProcess demo) {
        try {
            return demo.log();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theZipHasOneFolder() throws IOException {
        Set<String> top = new TreeSet<>();
        Set<String> files = new TreeSet<>();
        try (ZipFile zip = new ZipFile("target/dist.zip")) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements();) {
                String name = entries.nextElement().getName();
                top.add(name.split("/")[0]);
                files.add(name.substring(name.indexOf('/') + 1));
            }
        }
        assertThat(top).singleElement().asString().startsWith("mparticle-intercom-");
        assertThat(files).contains("bin/mparticle-intercom", "README.md", "docs/recipes.md", "routes/batch.camel.yaml",
                "lib/classes.lst");
    }

    @Test
    void linksOfTheReadmeLeadSomewhereInTheDistribution() throws IOException {
        Matcher link = LINK.matcher(Files.readString(Path.of("target/dist/README.md")));
        int found = 0;
        for (; link.find(); found++) {
            if (!link.group(1).startsWith("https:")) {
                assertThat(Path.of("target/dist", link.group(1))).exists();
            }
        }
        assertThat(found).isGreaterThan(20);
    }

    /** Lines, one that ends in a backslash or opens a loop with those that follow. */
    private static List<String> whole(String text) {
        List<String> lines = new ArrayList<>();
        for (String line : text.replace("\\\n", " ").lines().toList()) {
            String bare = line.replaceFirst("\\s+# .*", "");
            if (!lines.isEmpty() && lines.get(lines.size() - 1).startsWith("for ") && !lines.get(lines.size() - 1).endsWith("done")) {
                lines.set(lines.size() - 1, lines.get(lines.size() - 1) + "\n" + bare);
            } else {
                lines.add(bare);
            }
        }
        return lines;
    }

    /** Another dead letter, by its id. */
    private String deadLetter(BundleProcess bundle, EditableHome home, Map<String, String> settings, IntercomSandbox intercom)
            throws Exception {
        String name = String.valueOf(++refused);
        intercom.fault(Fault.status(422).times(1));
        bundle.post(REFUSED.formatted(name, name));
        String[] id = new String[1];
        await().until(() -> {
            Matcher found = Pattern.compile("(?m)^(\\S{36}) .*refused-" + name + "\\b")
                    .matcher(Command.run(home.script(), home.path(), settings, "dead", "list", "--limit", "1").output());
            return found.find() && (id[0] = found.group(1)) != null;
        });
        return id[0];
    }

    private static Optional<String> run(EditableHome home, Map<String, String> settings, String line)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(home.path(), "line", ".out");
        ProcessBuilder builder = new ProcessBuilder("bash", "-e", "-o", "pipefail", "-c", line).directory(home.path().toFile())
                .redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(BundleProcess.environment(home.path()));
        builder.environment().putAll(settings);
        Process process = builder.start();
        if (!process.waitFor(90, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return Optional.of("did not end");
        }
        String text = Files.readString(output);
        return process.exitValue() == 0 && !text.contains("\"errors\":") ? Optional.empty()
                : Optional.of(process.exitValue() + " " + text);
    }
}
