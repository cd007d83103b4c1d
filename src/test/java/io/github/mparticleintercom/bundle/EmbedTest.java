package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The lines that the documents give a host to write are those that the hosts of the build are made of, and all that they need. */
class EmbedTest {

    private static final Path HOSTS = Path.of("src/it/hosts");
    private static final String CAMEL_MAIN = "camel-main/src/main/resources/application.properties";
    /** By the heading over the lines, and their language. */
    private static final Map<String, List<String>> USERS = Map.of(
            "Embedding xml", List.of("plain/pom.xml", "camel-main/pom.xml"),
            "camel-main properties", List.of(CAMEL_MAIN),
            "Spring Boot xml", List.of("spring-boot/pom.xml"),
            "Spring Boot properties", List.of("spring-boot/src/main/resources/application.properties"),
            "A plain context java", List.of("plain/src/main/java/com/example/house/PlainHost.java"),
            "camel run properties", List.of("camel-run/folder/application.properties"),
            "Send batches yaml", List.of("house/src/main/resources/routes/house.camel.yaml"),
            "Embed it xml", List.of("camel-main/pom.xml"),
            "Embed it properties", List.of(CAMEL_MAIN));
    private static final Pattern OURS = Pattern.compile("(?m)^.*(mparticle-intercom|artemis|spring\\.autoconfigure).*$");

    @Test
    void hostsContainTheLinesOfTheDocumentsAndNoOthersThatConcernUs() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        String pages = Files.readString(Path.of("src/main/dist/docs/embedding.md")) + "## Embed it\n"
                + readme.split("\n## Embed it\n")[1].split("\n## ")[0];
        String heading = "";
        Map<String, String> blocks = new HashMap<>();
        for (MatchResult part : Pattern.compile("(?ms)^##? (.+?)$|^```(\\w+)\n(.*?)^```").matcher(pages).results().toList()) {
            heading = part.group(1) == null ? heading : part.group(1);
            if (part.group(2) != null) {
                blocks.put(heading + " " + part.group(2), unindented(part.group(3)));
            }
        }

        assertThat(blocks.keySet()).containsExactlyInAnyOrderElementsOf(USERS.keySet());
        for (Map.Entry<String, String> block : blocks.entrySet()) {
            for (String file : USERS.get(block.getKey())) {
                assertThat(unindented(Files.readString(HOSTS.resolve(file)))).as(file).contains(block.getValue());
            }
        }
        for (String file : USERS.values().stream().flatMap(List::stream).filter(file -> file.endsWith("properties")).toList()) {
            Stream<String> ours = OURS.matcher(Files.readString(HOSTS.resolve(file))).results().map(MatchResult::group);
            String printed = blocks.entrySet().stream().filter(block -> USERS.get(block.getKey()).contains(file)).map(Map.Entry::getValue)
                    .collect(Collectors.joining());
            assertThat(ours).as(file).isNotEmpty().allMatch(printed::contains);
        }
    }

    private static String unindented(String text) {
        return text.replaceAll("(?m)^ +", "");
    }
}
