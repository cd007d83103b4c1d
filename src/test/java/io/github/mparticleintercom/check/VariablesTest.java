package io.github.mparticleintercom.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of variables that beans set is that of the beans. */
class VariablesTest {

    /** Whatever sets a variable, and its name. A method that does it for others has the name as a parameter. */
    private static final Pattern SET = Pattern.compile("(?:\\bvariables(?:\\.|::)(?:put|merge|compute|replace)\\w*\\b\\(?|\\b[sS]etVariable\\("
            + "|\\bput\\(variables, )(?:\"(\\w+)\"|(?:(\\w+)\\.)?([A-Z_]+)|name)?,?");

    @Test
    void knowsWhatTheBeansSet() throws IOException {
        Set<String> put = new TreeSet<>();
        List<Path> sources;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            sources = files.filter(file -> file.toString().endsWith(".java")).toList();
        }
        for (Path source : sources) {
            Matcher matcher = SET.matcher(Files.readString(source));
            while (matcher.find()) {
                if (matcher.group().endsWith("name,")) {
                    continue;
                }
                assertThat(matcher.group()).as("in %s the variable is named", source).endsWith(",");
                Path owner = matcher.group(2) == null ? source : sources.stream()
                        .filter(file -> file.endsWith(matcher.group(2) + ".java")).findFirst().orElseThrow();
                put.add(matcher.group(1) != null ? matcher.group(1) : constant(owner, matcher.group(3)));
            }
        }
        assertThat(Variables.ours()).containsAll(put);
    }

    private static String constant(Path source, String name) throws IOException {
        Matcher constant = Pattern.compile("String " + name + " = (?:\"(\\w+)\"|(\\w+)\\.(\\w+));").matcher(Files.readString(source));
        assertThat(constant.find()).as("%s in %s", name, source).isTrue();
        return constant.group(1) != null ? constant.group(1) : constant(source.resolveSibling(constant.group(2) + ".java"), constant.group(3));
    }
}
