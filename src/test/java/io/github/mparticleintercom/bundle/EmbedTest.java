package io.github.mparticleintercom.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The lines that the documents give a host to write are those that the hosts of the build are made of. */
class EmbedTest {

    private static final Path HOSTS = Path.of("src/it/hosts");
    private static final Map<String, List<String>> USERS = Map.of(
            "xml", List.of("plain/pom.xml", "camel-main/pom.xml", "spring-boot/pom.xml"),
            "properties", List.of("camel-main/src/main/resources/application.properties",
                    "spring-boot/src/main/resources/application.properties"),
            "java", List.of("plain/src/main/java/com/example/house/PlainHost.java"),
            "yaml", List.of("house/src/main/resources/routes/house.camel.yaml"));

    @Test
    void hostsContainTheLinesOfTheDocuments() throws IOException {
        String section = Files.readString(Path.of("README.md")).split("\n## Embed it\n")[1].split("\n## ")[0];
        String page = Files.readString(Path.of("src/main/dist/docs/embedding.md"));
        List<MatchResult> blocks = Pattern.compile("(?s)```(\\w+)\n(.*?)```").matcher(page + section).results().toList();

        assertThat(blocks).extracting(block -> block.group(1)).hasSize(USERS.size() + 2).containsOnlyElementsOf(USERS.keySet());
        for (MatchResult block : blocks) {
            for (String file : USERS.get(block.group(1))) {
                assertThat(unindented(Files.readString(HOSTS.resolve(file)))).as(file).contains(unindented(block.group(2)));
            }
        }
    }

    private static String unindented(String text) {
        return text.replaceAll("(?m)^ +", "");
    }
}
