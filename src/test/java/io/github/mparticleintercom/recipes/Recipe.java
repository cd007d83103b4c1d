package io.github.mparticleintercom.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A section of {@code recipes.md}, and what a reader does with its block: the edit of one file. */
public final class Recipe {

    private static final Path PAGE = Path.of("src/main/dist/docs/recipes.md");
    private static final Pattern BLOCK = Pattern.compile("(?m)^```(\\w+)\n(.*?)^```$", Pattern.DOTALL);

    private final String kind;
    private final String file;
    private final List<String> lines;
    private final String commands;

    private Recipe(String title, String section) {
        List<String[]> edits = new ArrayList<>();
        StringBuilder shell = new StringBuilder();
        Matcher block = BLOCK.matcher(section);
        while (block.find()) {
            if (block.group(1).equals("sh")) {
                shell.append(block.group(2));
            } else {
                edits.add(new String[] {block.group(1), block.group(2)});
            }
        }
        assertThat(edits).as("the edit of '%s', which is one file", title).hasSize(1);
        List<String> text = edits.get(0)[1].lines().toList();
        assertThat(text.get(0)).as("the file of '%s'", title).matches("# (application\\.properties|event-mapping\\.yaml|routes/[a-z-]+\\.camel\\.yaml)");
        kind = edits.get(0)[0];
        file = text.get(0).substring(2);
        lines = text.subList(1, text.size());
        commands = shell.toString();
    }

    /** The section of this title. */
    public static Recipe of(String title) throws IOException {
        String page = Files.readString(PAGE);
        int start = page.indexOf("## " + title + "\n");
        assertThat(start).as("recipe '%s'", title).isNotNegative();
        int end = page.indexOf("\n## ", start);
        return new Recipe(title, page.substring(start, end < 0 ? page.length() : end));
    }

    /** All titles in their order. */
    public static List<String> titles() throws IOException {
        return Files.readAllLines(PAGE).stream().filter(line -> line.startsWith("## ")).map(line -> line.substring(3)).toList();
    }

    /** The one file that it edits or makes. */
    public String file() {
        return file;
    }

    /** A copy of the shipped routes and settings, edited. */
    public Path in(Path home) throws IOException {
        Files.createDirectories(home.resolve("routes"));
        Files.copy(Path.of("application.properties"), home.resolve("application.properties"));
        Files.copy(Path.of("event-mapping.yaml"), home.resolve("event-mapping.yaml"));
        try (Stream<Path> routes = Files.list(Path.of("routes"))) {
            for (Path route : routes.toList()) {
                Files.copy(route, home.resolve("routes").resolve(route.getFileName()));
            }
        }
        Path edited = home.resolve(file);
        switch (kind) {
            case "yaml" -> {
                assertThat(file.startsWith("routes/") && Files.exists(edited)).as("whether %s is there before", file).isFalse();
                Files.write(edited, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
            case "properties" -> Files.write(edited, set(Files.readAllLines(edited)));
            case "diff" -> Files.write(edited, patched(Files.readAllLines(edited)));
            default -> throw new AssertionError("A block of " + kind + " is no edit");
        }
        return home;
    }

    private List<String> set(List<String> settings) {
        List<String> changed = new ArrayList<>(settings);
        for (String line : lines) {
            String key = line.replaceFirst(" = .*", "");
            List<String> before = settings.stream().filter(other -> other.startsWith(key + " =")).toList();
            assertThat(before).as("lines with the key %s", key).hasSizeLessThan(2);
            if (before.isEmpty()) {
                changed.add(line);
            } else {
                changed.set(changed.indexOf(before.get(0)), line);
            }
        }
        return changed;
    }

    private List<String> patched(List<String> before) {
        List<String> old = lines.stream().filter(line -> !line.startsWith("+")).map(Recipe::unmarked).toList();
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i + old.size() <= before.size(); i++) {
            if (before.subList(i, i + old.size()).equals(old)) {
                places.add(i);
            }
        }
        assertThat(places).as("places in %s that read%n%s", file, String.join("\n", old)).hasSize(1);
        List<String> after = new ArrayList<>(before.subList(0, places.get(0)));
        lines.stream().filter(line -> !line.startsWith("-")).map(Recipe::unmarked).forEach(after::add);
        after.addAll(before.subList(places.get(0) + old.size(), before.size()));
        return after;
    }

    private static String unmarked(String line) {
        assertThat(line).as("a line of an edit").matches("[-+ ].*");
        return line.substring(1);
    }

    /** The jars that its commands fetch. */
    public List<String> jars() {
        List<String> jars = new ArrayList<>();
        Matcher jar = Pattern.compile("[\\w.]+:([\\w-]+):([\\d.]+)").matcher(commands);
        while (jar.find()) {
            jars.add(jar.group(1) + "-" + jar.group(2) + ".jar");
        }
        return jars;
    }
}
