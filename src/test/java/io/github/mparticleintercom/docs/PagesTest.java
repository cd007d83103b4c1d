package io.github.mparticleintercom.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mparticleintercom.Reason;
import io.github.mparticleintercom.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links of the pages lead somewhere, in the sources and in the distribution, and what they name exists. */
class PagesTest {

    private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^\\]]+]\\(([^)\\s]+)\\)");
    private static final Pattern WORD = Pattern.compile("`((?:mparticle-intercom\\.)?[a-z]+(?:\\.[a-z0-9-]+)+)`");
    private static final Pattern ROUTE_FILE = Pattern.compile("`routes/([a-z-]+)(?:\\.camel\\.yaml)?`");
    /** Words with dots between them that are no settings: files, libraries, folders. */
    private static final Pattern NO_SETTING = Pattern.compile(".*\\.(md|json|jsonl|properties|yaml|yml|txt|xml|mjs|zip|js|part|tmp|crdownload|filepart|partial|p12)|org\\..*|mparticle\\.batches|event\\.sku|user\\.plan|jakarta\\..*|camel\\..*|dist\\..*|install\\..*");

    private static List<Path> pages() throws IOException {
        return Page.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(Path page) throws IOException {
        Matcher link = LINK.matcher(Page.withoutBlocks(Files.readString(page)));
        while (link.find()) {
            if (!link.group(1).matches("https?://.*")) {
                follow(page, link.group(1));
            }
        }
    }

    private static void follow(Path page, String link) throws IOException {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        assertThat(target).as("%s links to %s", page, link).exists();
        if (parts.length == 2) {
            List<String> anchors = Files.readAllLines(target).stream().filter(line -> line.startsWith("#"))
                    .map(line -> line.replaceFirst("^#+ ", "").toLowerCase().replaceAll("[^a-z0-9 -]", "").replace(' ', '-')).toList();
            assertThat(anchors).as("%s links to %s", page, link).contains(parts[1]);
        }
    }

    /** README is shipped beside docs/, and its links point into the sources: the assembly rewrites them. */
    @Test
    void linksOfTheShippedReadmeLeadSomewhereToo() throws IOException {
        String shipped = Page.shipped(Files.readString(Path.of("README.md")));
        Matcher link = LINK.matcher(Page.withoutBlocks(shipped));
        while (link.find()) {
            String target = link.group(1).replaceFirst("#.*", "");
            if (!target.matches("https?://.*")) {
                assertThat(Files.exists(Path.of("src/main/dist").resolve(target)) || Set.of("LICENSE", "routes").contains(target))
                        .as(target).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void settingsExist(Path page) throws IOException {
        Set<String> unknown = new TreeSet<>();
        Matcher word = WORD.matcher(Page.withoutBlocks(Files.readString(page)));
        while (word.find()) {
            String key = word.group(1);
            String whole = key.startsWith("mparticle-intercom.") ? key : "mparticle-intercom." + key;
            if (!Settings.keys().contains(whole) && !NO_SETTING.matcher(key).matches()) {
                unknown.add(key);
            }
        }
        assertThat(unknown).as("settings in %s that there are not", page).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void routeFilesExist(Path page) throws IOException {
        List<String> missing = new ArrayList<>();
        Matcher file = ROUTE_FILE.matcher(Files.readString(page));
        while (file.find()) {
            if (!Files.exists(Path.of("routes", file.group(1) + ".camel.yaml")) && !Set.of("kafka", "activemq").contains(file.group(1))) {
                missing.add(file.group());
            }
        }
        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void testsAndBenchmarksExist(Path page) throws IOException {
        Set<String> classes = new TreeSet<>();
        try (Stream<Path> tests = Files.walk(Path.of("src/test/java"))) {
            tests.forEach(test -> classes.add(test.getFileName().toString().replace(".java", "")));
        }
        Matcher name = Pattern.compile("\\b[A-Z][a-zA-Z]+(?:Test|IT|Benchmark)\\b").matcher(Files.readString(page));
        while (name.find()) {
            assertThat(classes).contains(name.group());
        }
    }

    @Test
    void theCaseThatIsShownIsOne() throws IOException {
        String page = Files.readString(Path.of("CONTRIBUTING.md"));
        for (String file : List.of("batch.json", "requests.json")) {
            assertThat(page).contains("```json\n" + Files.readString(Path.of("src/test/resources/cases/signup", file)) + "```\n");
        }
    }

    /** Each reason that a table of a page gives as an outcome is one. */
    @Test
    void reasonsExist() throws IOException {
        Set<String> known = new TreeSet<>();
        Reason.known().forEach(reason -> known.add(reason.code()));
        for (Path page : List.of(Path.of("src/main/dist/docs/mapping.md"), Path.of("src/main/dist/docs/delivery.md"))) {
            Matcher outcome = Pattern.compile("(?:skipped: |dead letter:? |, or dead letter |\\()`([a-z]+-[a-z-]+)`").matcher(Files.readString(page));
            int found = 0;
            for (; outcome.find(); found++) {
                assertThat(known).as(page.toString()).contains(outcome.group(1));
            }
            assertThat(found).isGreaterThan(4);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyCommandIsRunOrSaysWhyNot(Path page) throws IOException {
        for (Page.Commands commands : Page.commands(page)) {
            assertThat(commands.reason() == null || commands.reason().length() > 10).as("%s: %s", page, commands.text()).isTrue();
        }
    }
}
